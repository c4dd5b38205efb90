/** How every machine of ours becomes a model for path generation. It adds nothing to the machine. */
import { type AnyStateMachine, type EventFromLogic, type InputFrom, type SnapshotFrom } from 'xstate';
import { createTestModel, type TestModelOptions } from 'xstate/graph';

type Options<Machine extends AnyStateMachine> = Pick<
  TestModelOptions<SnapshotFrom<Machine>, EventFromLogic<Machine>, InputFrom<Machine>>,
  'serializeState'
> & {
  events: EventFromLogic<Machine>[];
  filterEvents?: (snapshot: SnapshotFrom<Machine>, event: EventFromLogic<Machine>) => boolean;
  input?: InputFrom<Machine>;
};

/**
 * A model that sends every event in every state. Left alone, `createTestModel` sends only what a state declares, and of
 * that nothing that has neither target nor action: so no harmless repeat, and nothing that a state refuses, ever.
 */
export function machineModel<Machine extends AnyStateMachine>(
  machine: Machine,
  { events, ...options }: Options<Machine>,
) {
  const model = createTestModel(machine, options);
  model.options.events = events;
  return model;
}
