/** Machines as data: what is said of each state and event is what the machine decides, for every combination of facts. */
import type { AnyMachineSnapshot } from 'xstate';
import {
  anyMachineIds,
  clientSessionSnapshot,
  decideClientSession,
  decideDevice,
  decideLicense,
  decideRemoteDeactivation,
  decideSupportTicket,
  describedMachines,
  deviceSnapshot,
  licenseSnapshot,
  keptMachines,
  machineIds,
  newDevice,
  remoteDeactivationSnapshot,
  supportTicketSnapshot,
} from '../../machines/index.js';
import { clientSessionModelEvents } from './models/client-session.model.js';
import { currentEpoch, deviceModelEvents } from './models/device.model.js';
import { licenseModelEvents, validUntil } from './models/license.model.js';
import { remoteDeactivationModelEvents } from './models/remote-deactivation.model.js';
import { supportTicketModelEvents } from './models/support-ticket.model.js';

interface Subject {
  /** Every context that the guards tell apart. */
  snapshots: (state: string) => AnyMachineSnapshot[];
  events: readonly { type: string }[];
  decide: (
    snapshot: never,
    event: never,
  ) => { outcome: string; snapshot?: AnyMachineSnapshot; reason?: string; guard?: string | null };
}

const subjects: Record<string, Subject> = {
  device: {
    snapshots: (state) =>
      [currentEpoch, 1, null].map((epoch) =>
        deviceSnapshot(state, { ...newDevice, epoch, deactivationDate: 1_800_000_000_000 + 3_600_000 }),
      ),
    events: deviceModelEvents,
    decide: decideDevice,
  },
  remoteDeactivation: {
    snapshots: (state) => [remoteDeactivationSnapshot(state, { epoch: 1 })],
    events: remoteDeactivationModelEvents,
    decide: decideRemoteDeactivation,
  },
  license: {
    snapshots: (state) => [null, validUntil].map((end) => licenseSnapshot(state, { validUntil: end })),
    events: licenseModelEvents,
    decide: decideLicense,
  },
  supportTicket: {
    snapshots: (state) => [supportTicketSnapshot(state, {})],
    events: supportTicketModelEvents,
    decide: decideSupportTicket,
  },
  clientSession: {
    snapshots: (state) => [clientSessionSnapshot(state, {})],
    events: clientSessionModelEvents,
    decide: decideClientSession,
  },
};

it('holds every machine, in their order', () => {
  expect(describedMachines.map(({ id }) => id)).toEqual(anyMachineIds);
  expect(Object.keys(subjects)).toEqual(anyMachineIds);
});

it('tells those whose lives the server keeps from the one that client software lives by', () => {
  expect(keptMachines.map(({ id }) => id)).toEqual(machineIds);
  expect(anyMachineIds.filter((id) => !keptMachines.some((machine) => machine.id === id))).toEqual(['clientSession']);
});

/** Copied by hand from the design: where the software may run. */
it('tells in which states the software may run, and of no other machine', () => {
  const tagged = describedMachines.flatMap(({ id, states }) =>
    states.filter(({ tags }) => tags.length > 0).map(({ name, tags }) => [id, name, tags]),
  );
  expect(tagged).toEqual([
    ['clientSession', 'active', ['mayRun']],
    ['clientSession', 'offline', ['mayRun']],
  ]);
});

describe.each(describedMachines)('$id', ({ id, initial, states, events, guards, transitions, refusals }) => {
  const { snapshots, events: said, decide } = subjects[id] as Subject;
  const cells = states.flatMap(({ name }) => events.map((event) => [name, event.name] as const));

  /** What the machine answers to an event in a state, whatever the facts: effect and next state, or the reason. */
  const answersTo = (state: string, event: string): string[] => {
    const answers = snapshots(state).flatMap((snapshot) =>
      said
        .filter(({ type }) => type === event)
        .map((each) => {
          const decision = decide(snapshot as never, each as never);
          if (decision.outcome === 'refused') return `refused: ${decision.reason} by ${decision.guard}`;
          const next = String(decision.snapshot?.value);
          return `${decision.outcome} ${next === state ? '' : next}`.trim();
        }),
    );
    return [...new Set(answers)].sort();
  };

  it.each(cells)('says of %s what the machine does on %s', (state, event) => {
    const known = transitions.filter((transition) => transition.from === state && transition.event === event);
    const taken = known.map(({ effect, to }) => `${effect} ${to ?? ''}`.trim());
    const refused = refusals.filter((refusal) => refusal.state === state && refusal.event === event);
    const expected = [...taken, ...refused.map(({ reason, guard }) => `refused: ${reason} by ${guard}`)];
    expect(answersTo(state, event)).toEqual([...new Set(expected)].sort());
  });

  it('says where it begins and where it ends', () => {
    expect(states.map(({ name }) => name)).toContain(initial);
    for (const { name, isFinal } of states) {
      const leads = transitions.some(({ from, to }) => from === name && to !== null && to !== name);
      expect([name, isFinal]).toEqual([name, !leads]);
    }
  });

  it('gives no two of its states, events and guards the same name, so that each has an address', () => {
    const names = [...states, ...events, ...guards].map(({ name }) => name);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
    // What stands after the # of an address is not escaped, and is no other place of the page.
    for (const name of names) expect(name).toMatch(/^(?!panel$|title$|desc$)[A-Za-z]+$/);
  });
});
