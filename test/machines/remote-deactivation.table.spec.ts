/** The table of the remote deactivation setting, cell by cell, from a copy written by hand (R5, R6, R9, R12). */
import { createActor } from 'xstate';
import {
  decideRemoteDeactivation,
  type RemoteDeactivationEvent,
  remoteDeactivationMachine,
  remoteDeactivationSnapshot,
  type RemoteDeactivationState,
  remoteDeactivationStates,
} from '../../machines/index.js';
import { type Saying, saying } from './cell.js';

interface Cell {
  when: string;
  event: RemoteDeactivationEvent;
  says: Saying;
  /** The epoch after, of 5 before. */
  epoch: number;
}

const at = 1_800_000_000_000;
const enable = (activeDevices: number) => ({ type: 'enable', at, activeDevices }) as const;
const left = (remaining: number) => ({ type: 'blockingDeviceLeft', at, remaining }) as const;
const disable = { type: 'disable', at } as const;
const forceEnable = { type: 'forceEnable', at, ticketId: 'a ticket' } as const;

const table: Record<RemoteDeactivationEvent['type'], Record<RemoteDeactivationState, Cell[]>> = {
  enable: {
    disabled: [
      { when: 'no device is active', event: enable(0), says: '→ enabled', epoch: 6 },
      { when: 'one device is active', event: enable(1), says: '→ enabling', epoch: 6 },
      { when: 'many devices are active', event: enable(40), says: '→ enabling', epoch: 6 },
    ],
    enabling: [
      { when: 'no device is active', event: enable(0), says: '=', epoch: 5 },
      { when: 'a device is active', event: enable(1), says: '=', epoch: 5 },
    ],
    enabled: [
      { when: 'no device is active', event: enable(0), says: '=', epoch: 5 },
      { when: 'a device is active', event: enable(1), says: '=', epoch: 5 },
    ],
  },
  blockingDeviceLeft: {
    disabled: [
      { when: 'none remains', event: left(0), says: '– eventNotAllowed', epoch: 5 },
      { when: 'one remains', event: left(1), says: '– eventNotAllowed', epoch: 5 },
    ],
    enabling: [
      { when: 'none remains', event: left(0), says: '→ enabled', epoch: 5 },
      { when: 'one remains', event: left(1), says: '=', epoch: 5 },
      { when: 'many remain', event: left(40), says: '=', epoch: 5 },
    ],
    enabled: [
      { when: 'none remains', event: left(0), says: '– eventNotAllowed', epoch: 5 },
      { when: 'one remains', event: left(1), says: '– eventNotAllowed', epoch: 5 },
    ],
  },
  disable: {
    disabled: [{ when: 'asked', event: disable, says: '=', epoch: 5 }],
    enabling: [{ when: 'asked', event: disable, says: '→ disabled', epoch: 5 }],
    enabled: [{ when: 'asked', event: disable, says: '→ disabled', epoch: 5 }],
  },
  forceEnable: {
    disabled: [{ when: 'on a ticket', event: forceEnable, says: '→ enabled', epoch: 6 }],
    enabling: [{ when: 'on a ticket', event: forceEnable, says: '→ enabled', epoch: 5 }],
    enabled: [{ when: 'on a ticket', event: forceEnable, says: '=', epoch: 5 }],
  },
};

describe.each(Object.keys(table) as RemoteDeactivationEvent['type'][])('%s', (event) => {
  describe.each([...remoteDeactivationStates])('on a setting that is %s', (state) => {
    it.each(table[event][state].map((cell) => [cell.says, cell.when, cell] as const))('says %s when %s', (...row) => {
      const { event: put, says, epoch } = row[2];
      const snapshot = remoteDeactivationSnapshot(state, { epoch: 5 });
      const decision = decideRemoteDeactivation(snapshot, put);
      expect(saying(decision)).toBe(says);
      const after = decision.outcome === 'refused' ? snapshot : decision.snapshot;
      expect(after.context).toEqual({ epoch });
      if (decision.outcome === 'unchanged') expect(decision.snapshot).toBe(snapshot);
    });
  });
});

describe('the setting', () => {
  it('is enabled under epoch 1 on a new license (R5)', () => {
    const born = createActor(remoteDeactivationMachine, { input: undefined }).getSnapshot();
    expect([born.value, born.context]).toEqual(['enabled', { epoch: 1 }]);
  });

  it('begins epoch 1 when an older license, of epoch 0, is enabled for the first time', () => {
    const decision = decideRemoteDeactivation(remoteDeactivationSnapshot('disabled', { epoch: 0 }), enable(2));
    expect(decision).toMatchObject({ outcome: 'changed', snapshot: { value: 'enabling', context: { epoch: 1 } } });
  });

  it('grows its epoch once from being called off to being enabled again', () => {
    let snapshot = remoteDeactivationSnapshot('enabling', { epoch: 5 });
    for (const event of [disable, disable, enable(1), enable(1), left(0), enable(0), forceEnable]) {
      const decision = decideRemoteDeactivation(snapshot, event);
      if (decision.outcome !== 'refused') snapshot = decision.snapshot;
    }
    expect([snapshot.value, snapshot.context.epoch]).toEqual(['enabled', 6]);
  });

  it('is refused an event that no state declares', () => {
    const unheardOf = { type: 'forget', at } as unknown as RemoteDeactivationEvent;
    for (const state of remoteDeactivationStates) {
      expect(saying(decideRemoteDeactivation(remoteDeactivationSnapshot(state, { epoch: 1 }), unheardOf))).toBe(
        '– eventNotAllowed',
      );
    }
  });

  it('cannot be read from a row with a state that does not exist', () => {
    expect(() => remoteDeactivationSnapshot('paused', { epoch: 1 })).toThrow(/paused/);
  });
});
