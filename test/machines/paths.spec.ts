/**
 * Generated paths, on the machines alone: every edge of every model is walked through `decide`, with the snapshot stored
 * as a row and read back between any two events, and compared with what XState itself says.
 */
import { type AnyEventObject, type AnyMachineSnapshot, type AnyStateMachine } from 'xstate';
import { type TestModel } from 'xstate/graph';
import {
  clientSessionEvents,
  clientSessionMachine,
  clientSessionSnapshot,
  decideClientSession,
  decideDevice,
  decideLicense,
  decideRemoteDeactivation,
  decideSupportTicket,
  type Decision,
  deviceEvents,
  deviceMachine,
  deviceSnapshot,
  licenseEvents,
  licenseMachine,
  licenseSnapshot,
  remoteDeactivationEvents,
  remoteDeactivationMachine,
  remoteDeactivationSnapshot,
  supportTicketEvents,
  supportTicketMachine,
  supportTicketSnapshot,
} from '../../machines/index.js';
import { TransitionCoverage } from '../support/coverage.js';
import { edgeKey, edgePaths, edgesOf } from './edge.paths.js';
import { clientSessionKey, clientSessionModel } from './models/client-session.model.js';
import { deviceKey, deviceModel } from './models/device.model.js';
import { licenseKey, licenseModel } from './models/license.model.js';
import { remoteDeactivationKey, remoteDeactivationModel } from './models/remote-deactivation.model.js';
import { supportTicketKey, supportTicketModel } from './models/support-ticket.model.js';

/** A machine under test, its types widened so that one test serves all of them. */
interface Subject {
  machine: AnyStateMachine;
  model: TestModel<AnyMachineSnapshot, AnyEventObject, unknown>;
  key: (snapshot: AnyMachineSnapshot) => string;
  decide: (snapshot: AnyMachineSnapshot, event: AnyEventObject) => Decision<AnyMachineSnapshot>;
  read: (state: string, context: unknown) => AnyMachineSnapshot;
  events: object;
}

const subjects = {
  device: {
    machine: deviceMachine,
    model: deviceModel(),
    key: deviceKey,
    decide: decideDevice,
    read: deviceSnapshot,
    events: deviceEvents,
  },
  remoteDeactivation: {
    machine: remoteDeactivationMachine,
    model: remoteDeactivationModel(),
    key: remoteDeactivationKey,
    decide: decideRemoteDeactivation,
    read: remoteDeactivationSnapshot,
    events: remoteDeactivationEvents,
  },
  license: {
    machine: licenseMachine,
    model: licenseModel(),
    key: licenseKey,
    decide: decideLicense,
    read: licenseSnapshot,
    events: licenseEvents,
  },
  supportTicket: {
    machine: supportTicketMachine,
    model: supportTicketModel(),
    key: supportTicketKey,
    decide: decideSupportTicket,
    read: supportTicketSnapshot,
    events: supportTicketEvents,
  },
  clientSession: {
    machine: clientSessionMachine,
    model: clientSessionModel(),
    key: clientSessionKey,
    decide: decideClientSession,
    read: clientSessionSnapshot,
    events: clientSessionEvents,
  },
} as unknown as Record<string, Subject>;

describe.each(Object.entries(subjects))('%s', (_, { machine, model, key, decide, read, events }) => {
  const coverage = new TransitionCoverage(machine, 'machine');
  const paths = model.getPaths(edgePaths);
  const walked = new Set<string>();
  let row = '';

  const restored = (): AnyMachineSnapshot => {
    const { state, context } = JSON.parse(row) as { state: string; context: unknown };
    return read(state, context);
  };
  const store = ({ value, context }: AnyMachineSnapshot): void => {
    row = JSON.stringify({ state: value, context: context as unknown });
  };

  const executors: Record<string, (step: { state: AnyMachineSnapshot; event: { type: string } }) => void> = {
    'xstate.init': ({ state }) => store(state),
  };
  for (const type of Object.keys(events)) {
    executors[type] = ({ event }) => {
      const before = restored();
      walked.add(edgeKey(key(before), event));
      const decision = decide(before, event);
      coverage.take(before, event);
      if (decision.outcome !== 'refused') store(decision.snapshot);
      else if (decision.guard !== null) coverage.refuse(String(before.value), event.type, decision.guard);
    };
  }
  const states: Record<string, (state: AnyMachineSnapshot) => void> = {};
  for (const name of Object.keys(machine.states)) {
    states[name] = ({ value, context }) => {
      const { value: actual, context: actualContext } = restored();
      expect(actual).toBe(name);
      expect([actual, actualContext]).toEqual([value, context]);
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
  });

  it('has taken every transition, and every guard has refused once', () => {
    coverage.publish();
    expect(coverage.missing).toEqual([]);
  });
});
