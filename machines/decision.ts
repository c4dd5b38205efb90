/**
 * How a machine decides: pure and total. A decision says what an event would do to a snapshot and, if nothing, why not.
 * It runs nothing, stores nothing and knows no clock.
 */
import {
  type AnyEventObject,
  type AnyMachineSnapshot,
  type AnyStateMachine,
  createActor,
  type EventFrom,
  type SnapshotFrom,
} from 'xstate';
import { type GuardName, guards, type Reason } from './reasons.js';

/** What one machine says to one event. */
export type Decision<Snapshot> =
  /** A new state, or new fields of the same one. */
  | { outcome: 'changed'; snapshot: Snapshot }
  /** A connection of an active device: dates and a counter move, nothing else. */
  | { outcome: 'connected'; snapshot: Snapshot }
  /** A repeat of what holds already (R12). */
  | { outcome: 'unchanged'; snapshot: Snapshot }
  | Refusal;

/** The rules do not allow it now; `guard` is the first false one, null where the state does not know the event. */
export interface Refusal {
  outcome: 'refused';
  reason: Reason;
  guard: GuardName | null;
}

/** What a transition that is taken does: see `Decision`. */
export type Effect = 'changed' | 'connected' | 'unchanged';

/** A decision without the next snapshot. */
export type Verdict = { outcome: Effect } | Refusal;

/** What a state's `meta` must hold: the reason it gives for events that it does not know. */
export interface StateMeta {
  refusal: Reason;
}

/** The action whose presence makes an internal transition a connection. */
export const connectAction = 'connect';

/** A transition as XState defines it, as far as a decision looks at it. */
interface Taken {
  target?: readonly unknown[] | undefined;
  actions: readonly unknown[];
}

/** Gives the `decide` of a machine: `(snapshot, event)` to a `Decision`. */
export function decideWith<Machine extends AnyStateMachine>(
  machine: Machine,
): (snapshot: SnapshotFrom<Machine>, event: EventFrom<Machine>) => Decision<SnapshotFrom<Machine>> {
  const scope = inertScope(machine);
  return (snapshot, event) => {
    const [taken] = machine.getTransitionData(snapshot, event) as Taken[];
    if (taken === undefined) return refusal(machine, snapshot, event);
    const outcome = effectOf(taken);
    if (outcome === 'unchanged') return { outcome, snapshot };
    return { outcome, snapshot: machine.transition(snapshot, event, scope) as SnapshotFrom<Machine> };
  };
}

/**
 * Gives the question whether an event would be accepted: what `decide` would say, without the next snapshot. For those who
 * show what can be done, on the way of every answer.
 */
export function askWith<Machine extends AnyStateMachine>(
  machine: Machine,
): (snapshot: SnapshotFrom<Machine>, event: EventFrom<Machine>) => Verdict {
  return (snapshot, event) => {
    const [taken] = machine.getTransitionData(snapshot, event) as Taken[];
    return taken === undefined ? refusal(machine, snapshot, event) : { outcome: effectOf(taken) };
  };
}

/**
 * Gives the way from a stored row back to a snapshot: `(state, context)`. Throws for a state that the machine does not
 * have. Resolved snapshots are kept per state, since resolving costs more than deciding.
 */
export function snapshotWith<Machine extends AnyStateMachine>(
  machine: Machine,
): (state: string, context: SnapshotFrom<Machine>['context']) => SnapshotFrom<Machine> {
  const resolved = new Map<string, AnyMachineSnapshot>();
  return (state, context) => {
    const base = resolved.get(state) ?? machine.resolveState({ value: state, context });
    resolved.set(state, base);
    return { ...base, context } as SnapshotFrom<Machine>;
  };
}

/** What a transition does where it is taken. */
export function effectOf(taken: Taken): Effect {
  if (taken.target !== undefined) return 'changed';
  if (taken.actions.length === 0) return 'unchanged';
  return taken.actions.includes(connectAction) ? 'connected' : 'changed';
}

/** Names the first false guard of the last candidate, or the state's own reason. */
function refusal(machine: AnyStateMachine, snapshot: AnyMachineSnapshot, event: AnyEventObject): Refusal {
  const node = machine.states[String(snapshot.value)];
  if (node === undefined) throw new Error(`${machine.id} has no state ${String(snapshot.value)}`);
  for (const candidate of node.transitions.get(event.type) ?? []) {
    for (const name of guardNames(candidate.guard)) {
      const guard = machine.implementations.guards[name];
      if (typeof guard !== 'function') throw new Error(`${machine.id} has no guard ${name}`);
      if (!guard({ context: snapshot.context, event }, undefined as never)) {
        return { outcome: 'refused', reason: guards[name].reason, guard: name };
      }
    }
  }
  return { outcome: 'refused', reason: (node.meta as StateMeta).refusal, guard: null };
}

/** The guards of a transition in their order: one name, or the names that `and` joins. */
export function guardNames(guard: unknown): GuardName[] {
  if (guard === undefined) return [];
  if (typeof guard === 'string') return [guard as GuardName];
  const { guards: joined } = guard as { guards?: GuardName[] };
  if (joined === undefined) throw new Error('a guard is a name, or names joined by and()');
  return joined;
}

/** A scope in which transitions are computed and nothing is ever run; made once, since making one costs more than a step. */
function inertScope(machine: AnyStateMachine): Parameters<AnyStateMachine['transition']>[2] {
  const self = createActor(machine, { input: undefined });
  const nothing = (): void => undefined;
  return {
    self,
    id: '',
    sessionId: '',
    logger: nothing,
    defer: nothing,
    system: self.system,
    stopChild: nothing,
    emit: nothing,
    actionExecutor: nothing,
  };
}
