/** The table of the session of client software, cell by cell, written by hand from what it is to do (R8, R12). */
import {
  type ClientSessionEvent,
  clientSessionEvents,
  clientSessionSnapshot,
  type ClientSessionState,
  clientSessionStates,
  decideClientSession,
} from '../../machines/index.js';
import { type Saying, saying } from './cell.js';

interface Row {
  when: string;
  event: ClientSessionEvent;
  says: Record<ClientSessionState, Saying>;
}

const no = '– eventNotAllowed';

const table: Row[] = [
  {
    when: 'activate, asked by a person',
    event: { type: 'activate', byPerson: true },
    says: {
      signedOut: '→ activating',
      activating: '=',
      active: '=',
      offline: '=',
      clockBehind: '=',
      onHold: '=',
      loggingOut: '→ activating',
      ended: '→ activating',
      deactivated: '→ activating',
    },
  },
  {
    when: 'activate, by itself',
    event: { type: 'activate', byPerson: false },
    says: {
      signedOut: '→ activating',
      activating: '=',
      active: '=',
      offline: '=',
      clockBehind: '=',
      onHold: '=',
      loggingOut: '→ activating',
      ended: '→ activating',
      deactivated: '– eventNotAllowed [personAsks]',
    },
  },
  {
    when: 'logOut',
    event: { type: 'logOut' },
    says: {
      signedOut: '=',
      activating: no,
      active: '→ loggingOut',
      offline: '→ loggingOut',
      clockBehind: '→ loggingOut',
      onHold: '→ loggingOut',
      loggingOut: '=',
      ended: '=',
      deactivated: '=',
    },
  },
  {
    when: 'confirm',
    event: { type: 'confirm' },
    says: {
      signedOut: no,
      activating: '→ active',
      active: '•',
      offline: '→ active',
      clockBehind: '→ active',
      onHold: '→ active',
      loggingOut: no,
      ended: '→ active',
      deactivated: no,
    },
  },
  {
    when: 'refuse',
    event: { type: 'refuse' },
    says: {
      signedOut: no,
      activating: '→ signedOut',
      active: no,
      offline: no,
      clockBehind: no,
      onHold: no,
      loggingOut: no,
      ended: no,
      deactivated: no,
    },
  },
  {
    when: 'hold',
    event: { type: 'hold' },
    says: {
      signedOut: no,
      activating: no,
      active: '→ onHold',
      offline: '→ onHold',
      clockBehind: '→ onHold',
      onHold: '=',
      loggingOut: no,
      ended: '→ onHold',
      deactivated: no,
    },
  },
  {
    when: 'end',
    event: { type: 'end' },
    says: {
      signedOut: no,
      activating: no,
      active: '→ ended',
      offline: '→ ended',
      clockBehind: '→ ended',
      onHold: '→ ended',
      loggingOut: no,
      ended: '=',
      deactivated: no,
    },
  },
  {
    when: 'deactivate',
    event: { type: 'deactivate' },
    says: {
      signedOut: no,
      activating: no,
      active: '→ deactivated',
      offline: '→ deactivated',
      clockBehind: '→ deactivated',
      onHold: '→ deactivated',
      loggingOut: no,
      ended: '→ deactivated',
      deactivated: '=',
    },
  },
  {
    when: 'release',
    event: { type: 'release' },
    says: {
      signedOut: no,
      activating: no,
      active: no,
      offline: no,
      clockBehind: no,
      onHold: no,
      loggingOut: '→ signedOut',
      ended: no,
      deactivated: no,
    },
  },
  {
    when: 'missAnswer',
    event: { type: 'missAnswer' },
    says: {
      signedOut: no,
      activating: '→ signedOut',
      active: '→ offline',
      offline: '=',
      clockBehind: '=',
      onHold: '=',
      loggingOut: '=',
      ended: '=',
      deactivated: '=',
    },
  },
  {
    when: 'expire',
    event: { type: 'expire' },
    says: {
      signedOut: no,
      activating: no,
      active: '→ ended',
      offline: '→ ended',
      clockBehind: '→ ended',
      onHold: no,
      loggingOut: no,
      ended: no,
      deactivated: no,
    },
  },
  {
    when: 'distrustClock',
    event: { type: 'distrustClock' },
    says: {
      signedOut: no,
      activating: no,
      active: '→ clockBehind',
      offline: '→ clockBehind',
      clockBehind: '=',
      onHold: no,
      loggingOut: no,
      ended: no,
      deactivated: no,
    },
  },
  {
    when: 'trustClock',
    event: { type: 'trustClock' },
    says: {
      signedOut: no,
      activating: no,
      active: '=',
      offline: '=',
      clockBehind: '→ offline',
      onHold: no,
      loggingOut: no,
      ended: no,
      deactivated: no,
    },
  },
  {
    when: 'restore',
    event: { type: 'restore' },
    says: {
      signedOut: '=',
      activating: '→ signedOut',
      active: '→ offline',
      offline: '=',
      clockBehind: '=',
      onHold: '=',
      loggingOut: '=',
      ended: '=',
      deactivated: '=',
    },
  },
];

describe.each(table.map((row) => [row.when, row] as const))('%s', (_, { event, says }) => {
  it.each([...clientSessionStates])('says to a session that is %s what the table says', (state) => {
    const snapshot = clientSessionSnapshot(state, {});
    const decision = decideClientSession(snapshot, event);
    expect(saying(decision)).toBe(says[state]);
    if (decision.outcome === 'unchanged') expect(decision.snapshot).toBe(snapshot);
  });
});

it('has a row for each event', () => {
  expect([...new Set(table.map(({ event }) => event.type))]).toEqual(Object.keys(clientSessionEvents));
});

describe('the software', () => {
  /** What the client does, told by hand: events, and after each the state and whether it may run. */
  const life = (...events: ClientSessionEvent[]): [string, boolean][] => {
    let snapshot = clientSessionSnapshot('signedOut', {});
    return events.map((event) => {
      const decision = decideClientSession(snapshot, event);
      if (decision.outcome !== 'refused') ({ snapshot } = decision);
      return [snapshot.value, snapshot.hasTag('mayRun')];
    });
  };
  const byItself: ClientSessionEvent = { type: 'activate', byPerson: false };
  const begun = [byItself, { type: 'confirm' }] as const;

  it.each([...clientSessionStates])(
    'may run in a session that is %s only where the seat is held and judged',
    (state) => {
      expect(clientSessionSnapshot(state, {}).hasTag('mayRun')).toBe(state === 'active' || state === 'offline');
    },
  );

  it('runs on through silence, a restart included, until the lease ends', () => {
    expect(
      life(...begun, { type: 'missAnswer' }, { type: 'missAnswer' }, { type: 'restore' }, { type: 'expire' }),
    ).toEqual([
      ['activating', false],
      ['active', true],
      ['offline', true],
      ['offline', true],
      ['offline', true],
      ['ended', false],
    ]);
  });

  it('stops at once where the server says no, and asks for a seat again by itself unless somebody freed it', () => {
    expect(life(...begun, { type: 'end' }, byItself).slice(2)).toEqual([
      ['ended', false],
      ['activating', false],
    ]);
    expect(
      life(...begun, { type: 'deactivate' }, byItself, { type: 'restore' }, byItself, {
        type: 'activate',
        byPerson: true,
      }).slice(2),
    ).toEqual([
      ['deactivated', false],
      ['deactivated', false],
      ['deactivated', false],
      ['deactivated', false],
      ['activating', false],
    ]);
  });

  it('waits while the clock stands behind, whatever the lease says, and goes on once it is right', () => {
    expect(life(...begun, { type: 'distrustClock' }, { type: 'missAnswer' }, { type: 'trustClock' }).slice(2)).toEqual([
      ['clockBehind', false],
      ['clockBehind', false],
      ['offline', true],
    ]);
  });

  it('has given its seat back for good only once the server knows', () => {
    expect(
      life(...begun, { type: 'logOut' }, { type: 'missAnswer' }, { type: 'restore' }, { type: 'release' }).slice(2),
    ).toEqual([
      ['loggingOut', false],
      ['loggingOut', false],
      ['loggingOut', false],
      ['signedOut', false],
    ]);
  });
});

describe('a session', () => {
  it('is refused an event that no state declares', () => {
    const unheardOf = { type: 'sell' } as unknown as ClientSessionEvent;
    for (const state of clientSessionStates) {
      expect(saying(decideClientSession(clientSessionSnapshot(state, {}), unheardOf))).toBe(no);
    }
  });

  it('cannot be read from a store with a state that does not exist', () => {
    expect(() => clientSessionSnapshot('lost', {})).toThrow(/lost/);
  });
});
