/**
 * Walks the generated paths of a machine over HTTP: each path on a subject of its own, each step compared with what the
 * machine says. It arranges nothing itself; how an event is brought about is said by the executors of each machine.
 */
import { type AnyEventObject, type AnyMachineSnapshot, type AnyStateMachine } from 'xstate';
import { type TestModel } from 'xstate/graph';
import { type Decision } from '../../../machines/index.js';
import { edgeKey, edgePaths, edgesOf } from '../../machines/edge.paths.js';
import { TransitionCoverage } from '../../support/coverage.js';
import { isOnPostgres } from '../../support/postgres.js';
import { expectProblem, statusOfCode } from '../../support/problem.js';
import { type Answer } from '../../support/server.js';

/** Brings an event about. Gives the answer to the request that was the event, or null where it was none. */
export type HttpExecutor<Event> = (event: Event, before: AnyMachineSnapshot) => Promise<Answer<unknown> | null>;

export interface HttpSubject<Event extends AnyEventObject> {
  machine: AnyStateMachine;
  model: unknown;
  key: (snapshot: never) => string;
  decide: unknown;
  /** Makes a new subject in the state in which the machine begins. */
  begin: () => Promise<void>;
  executors: { [Type in Event['type']]: HttpExecutor<Extract<Event, { type: Type }>> };
  /** Reads the subject, expects of it what else belongs to that state, and gives its state. */
  observe: (expected: AnyMachineSnapshot) => Promise<string>;
}

/** Walks a path for every edge of the model, compares, and publishes the coverage. */
export function walkOverHttp<Event extends AnyEventObject>(subject: HttpSubject<Event>): void {
  const { machine, begin, observe } = subject;
  const key = subject.key as (snapshot: AnyMachineSnapshot) => string;
  const decide = subject.decide as (
    snapshot: AnyMachineSnapshot,
    event: AnyEventObject,
  ) => Decision<AnyMachineSnapshot>;
  const model = subject.model as TestModel<AnyMachineSnapshot, AnyEventObject, unknown>;
  const coverage = new TransitionCoverage(machine, isOnPostgres() ? 'httpOnPostgres' : 'httpOnSqlite');
  const paths = model.getPaths(edgePaths);
  const walked = new Set<string>();
  let before: AnyMachineSnapshot;

  const executors: Record<string, (step: { state: AnyMachineSnapshot; event: { type: string } }) => Promise<void>> = {
    'xstate.init': async ({ state }) => {
      await begin();
      before = state;
    },
  };
  for (const [type, execute] of Object.entries(subject.executors)) {
    executors[type] = async ({ event }) => {
      const answer = await (execute as HttpExecutor<AnyEventObject>)(event, before);
      const decision = decide(before, event);
      walked.add(edgeKey(key(before), event));
      if (decision.outcome !== 'refused') {
        if (answer !== null && answer.status > 299) throw new Error(`${answer.status} ${answer.text}`);
        coverage.take(before, event);
        return;
      }
      if (answer !== null) expectProblem(answer, statusOfCode[decision.reason] ?? 0, decision.reason);
      if (decision.guard !== null) coverage.refuse(String(before.value), event.type, decision.guard);
    };
  }
  const states: Record<string, (state: AnyMachineSnapshot) => Promise<void>> = {};
  for (const name of Object.keys(machine.states)) {
    states[name] = async (state) => {
      expect(await observe(state)).toBe(name);
      before = state;
    };
  }

  it('has an executor for every event and an assertion for every state, since a missing one is skipped silently', () => {
    const sent = new Set(paths.flatMap(({ steps }) => steps.map(({ event }) => event.type)));
    expect([...sent].sort()).toEqual(Object.keys(executors).sort());
    const reached = new Set(paths.flatMap(({ steps }) => steps.map(({ state }) => String(state.value))));
    expect([...reached].sort()).toEqual(Object.keys(states).sort());
    expect(machine.events.every((type) => type in executors)).toBe(true);
  });

  it('does along every generated path what its chart says', async () => {
    for (const path of paths) await path.test({ events: executors, states });
    expect([...walked].sort()).toEqual([...new Set(edgesOf(model.getAdjacencyMap()))].sort());
  }, 400_000);

  it('has taken every transition, and every guard that can be seen from outside has refused once', () => {
    coverage.publish();
    expect(coverage.missing).toEqual([]);
  });
}
