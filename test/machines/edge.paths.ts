/**
 * Paths that take every edge of a model, not only those that reach every state: to each edge the shortest way from the
 * beginning, and the edge itself. It generates, and never runs a path.
 */
import { type ActorLogic, type AnyMachineSnapshot, type AnyStateMachine, type EventObject, transition } from 'xstate';
import { type AdjacencyMap, getAdjacencyMap, type StatePath, type TraversalOptions } from 'xstate/graph';

/** One edge of the adjacency map: the key of the state before, and the event written as JSON. */
export type EdgeKey = `${string} ${string}`;

export function edgeKey(stateKey: string, event: EventObject): EdgeKey {
  return `${stateKey} ${JSON.stringify(event)}`;
}

/** Every edge of the map. */
export function edgesOf<Snapshot, Event extends EventObject>(adjacency: AdjacencyMap<Snapshot, Event>): EdgeKey[] {
  return Object.keys(adjacency).flatMap((key) =>
    Object.values(valueOf(adjacency, key).transitions).map(({ event }) => edgeKey(key, event)),
  );
}

/** A generator of paths for `TestModel.getPaths`: one path per edge; the ones that are the beginning of another go. */
export function edgePaths<Snapshot extends AnyMachineSnapshot, Event extends EventObject, Input>(
  logic: ActorLogic<Snapshot, Event, Input>,
  options: TraversalOptions<Snapshot, Event, Input>,
): StatePath<Snapshot, Event>[] {
  const { serializeState } = options;
  if (serializeState === undefined) throw new Error('a model says what its guards read: serializeState');
  const adjacency = getAdjacencyMap(logic, options);
  const machine = logic as unknown as AnyStateMachine;
  const wayTo = new Map<string, Event[]>();
  const paths: StatePath<Snapshot, Event>[] = [];
  const [begin] = Object.keys(adjacency);
  if (begin === undefined) throw new Error('a model has at least one state');
  const queue = [begin];
  wayTo.set(begin, []);
  for (const key of queue) {
    const { state, transitions } = valueOf(adjacency, key);
    for (const { event, state: next } of Object.values(transitions)) {
      const events = [...(wayTo.get(key) ?? []), event];
      paths.push(walk(machine, valueOf(adjacency, begin).state, events));
      const nextKey = serializeState(next, event, state);
      if (wayTo.has(nextKey)) continue;
      wayTo.set(nextKey, events);
      queue.push(nextKey);
    }
  }
  return paths;
}

/** The path of these events, with the state after each, begun as `xstate/graph` begins its own. */
function walk<Snapshot extends AnyMachineSnapshot, Event extends EventObject>(
  machine: AnyStateMachine,
  begin: Snapshot,
  events: Event[],
): StatePath<Snapshot, Event> {
  let state = begin;
  const steps = [{ state, event: { type: 'xstate.init' } as Event }];
  for (const event of events) {
    [state] = transition(machine, state, event) as unknown as [Snapshot];
    steps.push({ state, event });
  }
  return { state, steps, weight: events.length };
}

function valueOf<Snapshot, Event>(adjacency: AdjacencyMap<Snapshot, Event>, key: string) {
  const value = (adjacency as Record<string, AdjacencyMap<Snapshot, Event>[keyof AdjacencyMap<Snapshot, Event>]>)[key];
  if (value === undefined) throw new Error(`${key} is not in the adjacency map`);
  return value;
}
