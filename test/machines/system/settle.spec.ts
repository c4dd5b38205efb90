/** What time has done by itself: expiries at their very instant, in their order, and what follows from them (R4, R6). */
import fc from 'fast-check';
import { settle } from '../../../machines/index.js';
import { activeRow, day, deepFreeze, deviceRow, now, period, rowsOf } from './rows.js';

/** Who did what nobody did; the names are words for people. */
const expiry = expect.objectContaining({ kind: 'expiry', id: null });
const system = expect.objectContaining({ kind: 'system', id: null });
const shortly = (steps: readonly { machine: string; event: string; subjectId: string | null; at: number }[]) =>
  steps.map(({ machine, event, subjectId, at }) => [machine, event, subjectId, at - now]);

describe('settling when nothing is due', () => {
  it('gives the very same rows and no steps', () => {
    const rows = deepFreeze(
      rowsOf({
        license: { validUntil: now + 1 },
        setting: { state: 'enabling', epoch: 2 },
        devices: [
          activeRow('a', 1, { deactivationDate: now + 1 }),
          deviceRow('b'),
          deviceRow('c', { state: 'expired' }),
        ],
      }),
    );
    const settled = settle(rows, now);
    expect(settled.rows).toBe(rows);
    expect(settled.steps).toEqual([]);
  });
});

describe('an overdue device', () => {
  const device = activeRow('a', 2, { deactivationDate: now, checkInCount: 9, checkInsSinceRow: 4, version: 6 });
  const rows = deepFreeze(rowsOf({ devices: [device, activeRow('b', 3)] }));

  it.each([
    ['a millisecond before its deactivation date', -1, 'active'],
    ['at its deactivation date', 0, 'expired'],
    ['a millisecond after', 1, 'expired'],
    ['a year after', 365 * day, 'expired'],
  ])('is, %s, %s ms from then, %s', (_, millis, state) => {
    expect(settle(rows, now + millis).rows.devices.get('a')?.state).toBe(state);
  });

  it('ended at its deactivation date, whenever that is noticed', () => {
    const { rows: after, steps } = settle(rows, now + 3 * day);
    expect(after.devices.get('a')).toEqual({
      ...device,
      state: 'expired',
      seat: null,
      epoch: null,
      deactivationDate: null,
      checkInsSinceRow: 0,
      endedBy: { kind: 'expiry', at: now, reason: null },
      version: 7,
    });
    expect(steps).toEqual([
      {
        machine: 'device',
        subjectId: 'a',
        event: 'expire',
        from: 'active',
        to: 'expired',
        outcome: 'accepted',
        reason: null,
        note: null,
        at: now,
        actor: expiry,
        ticketId: null,
        checkIns: 4,
        seat: null,
        epoch: null,
        deactivationDate: null,
        seats: null,
      },
    ]);
  });

  it('leaves its seat free, in the order of the seats', () => {
    expect(rows.freeSeats).toEqual([1]);
    expect(settle(rows, now).rows.freeSeats).toEqual([1, 2]);
  });

  it('expires under a license of any status', () => {
    for (const status of ['active', 'suspended', 'expired', 'revoked'] as const) {
      const { rows: after } = settle(rowsOf({ license: { status }, devices: [device] }), now);
      expect(after.devices.get('a')?.state).toBe('expired');
    }
  });
});

describe('several that are due', () => {
  it('are told in the order in which they happened, those of one instant by seat', () => {
    const { steps } = settle(
      rowsOf({
        license: { seats: 5, validUntil: now - 2 },
        devices: [
          activeRow('late', 1, { deactivationDate: now }),
          activeRow('third seat', 3, { deactivationDate: now - 1 }),
          activeRow('second seat', 2, { deactivationDate: now - 1 }),
          activeRow('first', 5, { deactivationDate: now - day }),
        ],
      }),
      now,
    );
    expect(shortly(steps)).toEqual([
      ['device', 'expire', 'first', -day],
      ['license', 'expire', 'license', -2],
      ['device', 'expire', 'second seat', -1],
      ['device', 'expire', 'third seat', -1],
      ['device', 'expire', 'late', 0],
    ]);
  });
});

describe('an enabling setting', () => {
  const enabling = { state: 'enabling', epoch: 2 } as const;

  it('is enabled at the instant at which its last blocking device expired', () => {
    const { rows, steps } = settle(
      rowsOf({
        setting: enabling,
        devices: [
          activeRow('a', 1, { deactivationDate: now - 2 * day }),
          activeRow('b', 2, { deactivationDate: now - day, epoch: null }),
          activeRow('c', 3, { deactivationDate: now, epoch: 2 }),
        ],
      }),
      now,
    );
    expect(shortly(steps)).toEqual([
      ['device', 'expire', 'a', -2 * day],
      ['device', 'expire', 'b', -day],
      ['remoteDeactivation', 'blockingDeviceLeft', 'license', -day],
      ['device', 'expire', 'c', 0],
    ]);
    expect(steps[2]).toMatchObject({ from: 'enabling', to: 'enabled', actor: system, epoch: 2 });
    expect(rows.setting).toEqual({ state: 'enabled', epoch: 2 });
  });

  it('stays while a blocking device is active', () => {
    const { rows } = settle(
      rowsOf({ setting: enabling, devices: [activeRow('a', 1, { deactivationDate: now }), activeRow('b', 2)] }),
      now,
    );
    expect(rows.setting.state).toBe('enabling');
  });

  it('stays while a blocking device is active that was not loaded', () => {
    const rows = rowsOf({ setting: enabling, devices: [activeRow('a', 1, { deactivationDate: now })] });
    const settled = settle({ ...rows, elsewhere: { active: 1, blocking: 1 } }, now);
    expect(settled.rows.setting.state).toBe('enabling');
  });

  it('is not moved by the expiry of a device that does not block', () => {
    const { rows, steps } = settle(
      rowsOf({
        setting: enabling,
        devices: [activeRow('a', 1, { deactivationDate: now, epoch: 2 }), activeRow('b', 2)],
      }),
      now,
    );
    expect(steps).toHaveLength(1);
    expect(rows.setting.state).toBe('enabling');
  });

  it('is enabled now where no blocking device is left at all', () => {
    const { rows, steps } = settle(rowsOf({ setting: enabling, devices: [activeRow('a', 1, { epoch: 2 })] }), now);
    expect(rows.setting).toEqual({ state: 'enabled', epoch: 2 });
    expect(shortly(steps)).toEqual([['remoteDeactivation', 'blockingDeviceLeft', 'license', 0]]);
  });
});

describe('the validity of a license', () => {
  it.each([
    ['active', 1, 'active'],
    ['active', 0, 'expired'],
    ['active', -day, 'expired'],
    ['suspended', -day, 'suspended'],
    ['revoked', -day, 'revoked'],
  ] as const)('that was %s and ends %s ms from now leaves it %s', (status, millis, then) => {
    const { rows, steps } = settle(rowsOf({ license: { status, validUntil: now + millis } }), now);
    expect(rows.license.status).toBe(then);
    expect(rows.license.version).toBe(then === status ? 1 : 2);
    expect(shortly(steps)).toEqual(then === status ? [] : [['license', 'expire', 'license', millis]]);
    if (steps[0]) expect(steps[0]).toMatchObject({ from: 'active', to: 'expired', actor: expiry });
  });

  it('never ends where there is none', () => {
    expect(settle(rowsOf({ license: { validUntil: null } }), now + 99 * 365 * day).steps).toEqual([]);
  });

  it('has ended already on a license that is stored as expired, without a word', () => {
    const rows = rowsOf({ license: { status: 'expired', validUntil: now - day } });
    expect(settle(rows, now)).toEqual({ rows, steps: [] });
    expect(settle(rows, now).rows).toBe(rows);
  });
});

describe('settling again', () => {
  const dates = fc.array(fc.integer({ min: -5, max: 5 }), { minLength: 1, maxLength: 4 });
  const epochs = fc.array(fc.constantFrom(null, 1, 2), { minLength: 4, maxLength: 4 });

  it('changes nothing at the same instant, and tells at a later one what it would have told at once', () => {
    fc.assert(
      fc.property(dates, epochs, fc.integer({ min: -5, max: 5 }), fc.nat(8), (due, own, validity, wait) => {
        const devices = due.map((millis, index) =>
          activeRow(`d${index}`, index + 1, { deactivationDate: now + millis, epoch: own[index] ?? null }),
        );
        // Something blocks at first, as in every enabling that was decided.
        devices.push(activeRow('blocking', 5, { deactivationDate: now + 3, epoch: 1 }));
        const license = { seats: 5, validUntil: now + validity };
        const rows = deepFreeze(rowsOf({ license, devices, setting: { state: 'enabling', epoch: 2 } }));
        const first = settle(rows, now);
        expect(settle(first.rows, now)).toEqual({ rows: first.rows, steps: [] });
        const second = settle(first.rows, now + wait);
        const once = settle(rows, now + wait);
        expect(second.rows).toEqual(once.rows);
        expect([...first.steps, ...second.steps]).toEqual(once.steps);
      }),
    );
  });
});

describe('a device that keeps its period', () => {
  it('is never overdue between two connections', () => {
    const rows = rowsOf({ devices: [activeRow('a', 1, { deactivationDate: now + period })] });
    for (const millis of [0, 1, day, period - 1]) expect(settle(rows, now + millis).rows).toBe(rows);
  });
});
