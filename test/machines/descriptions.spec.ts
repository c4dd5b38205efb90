/** Every machine, state, transition, event and guard says in words what it is, and uses nothing that needs a clock. */
import { type AnyStateMachine } from 'xstate';
import {
  clientSessionEvents,
  clientSessionMachine,
  clientSessionStates,
  deviceEvents,
  deviceMachine,
  deviceStates,
  guardNames,
  guards,
  licenseEvents,
  licenseMachine,
  licenseStatuses,
  remoteDeactivationEvents,
  remoteDeactivationMachine,
  remoteDeactivationStates,
  stateTags,
  supportTicketEvents,
  supportTicketMachine,
  ticketStatuses,
} from '../../machines/index.js';

interface Described {
  machine: AnyStateMachine;
  states: readonly string[];
  events: Record<string, string>;
}

const machines: [string, Described][] = [
  ['device', { machine: deviceMachine, states: deviceStates, events: deviceEvents }],
  [
    'remoteDeactivation',
    { machine: remoteDeactivationMachine, states: remoteDeactivationStates, events: remoteDeactivationEvents },
  ],
  ['license', { machine: licenseMachine, states: licenseStatuses, events: licenseEvents }],
  ['supportTicket', { machine: supportTicketMachine, states: ticketStatuses, events: supportTicketEvents }],
  ['clientSession', { machine: clientSessionMachine, states: clientSessionStates, events: clientSessionEvents }],
];

const sentence = /^[A-Z0-9].*\.$/;
const camelCase = /^[a-z][a-zA-Z]*$/;

function transitionsOf(machine: AnyStateMachine) {
  return Object.values(machine.states).flatMap((node) => [...node.transitions.values()].flat());
}

describe.each(machines)('%s', (id, { machine, states, events }) => {
  it('carries its name and says what it is', () => {
    expect(machine.id).toBe(id);
    expect(machine.root.description).toMatch(sentence);
  });

  it('has exactly the states it lists, each described and with a reason for what it does not know', () => {
    expect(Object.keys(machine.states).sort()).toEqual([...states].sort());
    for (const node of Object.values(machine.states)) {
      expect(node.key).toMatch(camelCase);
      expect([node.key, node.description]).toEqual([node.key, expect.stringMatching(sentence)]);
      expect(node.meta).toEqual({ refusal: expect.stringMatching(camelCase) });
    }
  });

  it('declares exactly the events it lists, each described', () => {
    expect([...machine.events].sort()).toEqual(Object.keys(events).sort());
    for (const [name, words] of Object.entries(events)) {
      expect(name).toMatch(camelCase);
      expect(words).toMatch(sentence);
    }
  });

  it('describes every transition', () => {
    const silent = transitionsOf(machine).filter(({ description }) => !sentence.test(description ?? ''));
    expect(silent.map(({ source, eventType }) => `${source.key}.${eventType}`)).toEqual([]);
  });

  it('uses guards that are named in the one table of reasons', () => {
    for (const transition of transitionsOf(machine)) {
      for (const name of guardNames(transition.guard)) {
        expect(guards[name].description).toMatch(sentence);
        expect(machine.implementations.guards[name]).toBeInstanceOf(Function);
      }
    }
  });

  it('has no timer, no actor of its own and no transition without an event', () => {
    for (const node of Object.values(machine.states)) {
      expect([node.after, node.invoke, node.always ?? []]).toEqual([[], [], []]);
    }
  });
});

it('the tags of states are described, and each is used', () => {
  const used = machines.flatMap(([, { machine }]) => Object.values(machine.states).flatMap(({ tags }) => tags));
  expect(Object.keys(stateTags).sort()).toEqual([...new Set(used)].sort());
  for (const words of Object.values(stateTags)) expect(words).toMatch(/^[a-z].*[^.]$/);
});

describe('the table of guards', () => {
  it('names no guard that no machine uses', () => {
    const used = machines.flatMap(([, { machine }]) =>
      transitionsOf(machine).flatMap(({ guard }) => guardNames(guard)),
    );
    expect(Object.keys(guards).sort()).toEqual([...new Set(used)].sort());
  });

  it('leaves no guard of a machine undeclared in it', () => {
    const implemented = machines.flatMap(([, { machine }]) => Object.keys(machine.implementations.guards));
    expect([...new Set(implemented)].sort()).toEqual(Object.keys(guards).sort());
  });
});
