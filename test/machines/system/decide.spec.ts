/** Every command, decided: outcome, steps and rows, and what follows between machines (R1, R2, R6, R8, R9, R11, R12). */
import { type Command, decide, type Outcome, type Rows, type Step } from '../../../machines/index.js';
import {
  activeRow,
  client,
  day,
  deepFreeze,
  deviceRow,
  fingerprintOf,
  itself,
  now,
  operator,
  owner,
  period,
  rowsOf,
  type Scene,
  support,
  ticketRow,
} from './rows.js';

const decided = (scene: Scene, command: Command) => decide(deepFreeze(rowsOf(scene)), deepFreeze(command), now);
const told = (steps: readonly Step[]) =>
  steps.map(({ machine, subjectId, event, from, to }) => `${machine} ${subjectId} ${event}: ${from} → ${to}`);
const kind = ({ kind: what }: Outcome) => what;

const activate = (id: string, said: Partial<Extract<Command, { type: 'activate' }>> = {}): Command => ({
  type: 'activate',
  actor: client,
  fingerprint: fingerprintOf(id),
  newDeviceId: id,
  name: null,
  platform: null,
  appVersion: null,
  ...said,
});
const checkIn = (deviceId: string, appVersion: string | null = null): Command => ({
  type: 'checkIn',
  actor: itself(deviceId),
  deviceId,
  appVersion,
});
const logOut = (deviceId: string): Command => ({ type: 'logOut', actor: itself(deviceId), deviceId });
const deactivate = (deviceId: string, note: string | null = null): Command => ({
  type: 'remotelyDeactivate',
  actor: owner,
  deviceId,
  note,
});
const forceDeactivate = (deviceId: string): Command => ({
  type: 'forceDeactivate',
  actor: support,
  deviceId,
  ticketId: 'ticket',
  note: 'Stolen.',
});
const forceEnable: Command = { type: 'forceEnable', actor: support, ticketId: 'ticket' };
const enable: Command = { type: 'enable', actor: owner };
const disable: Command = { type: 'disable', actor: owner };
const change = (fields: Partial<Extract<Command, { type: 'change' }>>): Command => ({
  type: 'change',
  actor: operator,
  ...fields,
});

/** The command put to what came of it before: the same outcome at most as a connection, and nothing new (R12). */
function again(rows: Rows, command: Command) {
  const repeat = decide(rows, command, now);
  return { kind: repeat.outcome.kind, steps: repeat.steps, sameRows: repeat.rows === rows };
}
const nothing = { kind: 'unchanged', steps: [], sameRows: true };

describe('activate', () => {
  it('registers an unknown device and puts it on the lowest free seat', () => {
    const { outcome, steps, rows } = decided({ devices: [activeRow('a', 1), activeRow('c', 3)] }, activate('b'));
    expect(outcome).toEqual({ kind: 'changed', subjectId: 'b' });
    expect(told(steps)).toEqual(['device b register: null → inactive', 'device b activate: inactive → active']);
    expect(steps.every(({ actor, at }) => actor === client && at === now)).toBe(true);
    expect(steps[1]).toMatchObject({ seat: 2, epoch: 1, deactivationDate: now + period });
    expect(rows.devices.get('b')).toMatchObject({ state: 'active', seat: 2, epoch: 1, endedBy: null, checkInCount: 0 });
    expect(rows.freeSeats).toEqual([]);
  });

  it('activates a known device under its own id', () => {
    const { outcome, steps } = decided(
      { devices: [deviceRow('a', { state: 'loggedOut', endedBy: { kind: 'device', at: 1, reason: null } })] },
      activate('a', { newDeviceId: 'not needed' }),
    );
    expect(outcome).toEqual({ kind: 'changed', subjectId: 'a' });
    expect(told(steps)).toEqual(['device a activate: loggedOut → active']);
  });

  it('forgets how the activation before ended', () => {
    const ended = deviceRow('a', { state: 'expired', endedBy: { kind: 'expiry', at: 1, reason: null } });
    expect(decided({ devices: [ended] }, activate('a')).rows.devices.get('a')?.endedBy).toBeNull();
  });

  it.each([
    ['enabled', 7, 7],
    ['enabling', 7, 7],
    ['disabled', 7, null],
  ] as const)('under a setting that is %s of epoch %s gives the device epoch %s', (state, epoch, own) => {
    const scene = { setting: { state, epoch }, devices: [activeRow('blocking', 1)] };
    expect(decided(scene, activate('b')).rows.devices.get('b')?.epoch).toBe(own);
  });

  it('is a connection of a device that is active, and no step', () => {
    const before = activeRow('a', 2, { epoch: null, checkInCount: 3, checkInsSinceRow: 1 });
    const { outcome, steps, rows } = decided(
      { license: { seats: 2 }, devices: [before, activeRow('b', 1)] },
      activate('a'),
    );
    expect(outcome).toEqual({ kind: 'connected', subjectId: 'a' });
    expect(steps).toEqual([]);
    expect(rows.devices.get('a')).toEqual({
      ...before,
      lastSeenAt: now,
      deactivationDate: now + period,
      leaseExpiresAt: now + period - 345,
      checkInCount: 4,
      checkInsSinceRow: 2,
    });
  });

  it('refused for want of a seat registers nobody and leaves one step (R11)', () => {
    const { outcome, steps, rows } = decided({ license: { seats: 1 }, devices: [activeRow('a', 1)] }, activate('b'));
    expect(outcome).toEqual({
      kind: 'refused',
      subjectId: null,
      reason: 'noSeatAvailable',
      guard: 'seatIsFree',
      event: 'activate',
      state: null,
    });
    expect(steps).toEqual([
      expect.objectContaining({ subjectId: null, from: null, to: null, outcome: 'refused', reason: 'noSeatAvailable' }),
    ]);
    expect([...rows.devices.keys()]).toEqual(['a']);
  });

  it.each([
    ['suspended', 'licenseSuspended'],
    ['expired', 'licenseExpired'],
    ['revoked', 'licenseRevoked'],
  ] as const)('on a license that is %s is refused with %s, for known devices too', (status, reason) => {
    const { outcome, steps } = decided({ license: { status, seats: 1 }, devices: [activeRow('a', 1)] }, activate('a'));
    expect(outcome).toMatchObject({ kind: 'refused', subjectId: 'a', reason, state: 'active' });
    expect(steps).toEqual([
      expect.objectContaining({ subjectId: 'a', from: 'active', to: 'active', outcome: 'refused' }),
    ]);
  });

  it('takes the seat of a device that is overdue, whether or not a sweep has run (R4)', () => {
    const { outcome, steps, rows } = decided(
      { license: { seats: 1 }, devices: [activeRow('a', 1, { deactivationDate: now })] },
      activate('b'),
    );
    expect(kind(outcome)).toBe('changed');
    expect(told(steps)).toEqual([
      'device a expire: active → expired',
      'device b register: null → inactive',
      'device b activate: inactive → active',
    ]);
    expect(rows.devices.get('b')?.seat).toBe(1);
  });

  it('of an overdue device is a new activation, not a connection', () => {
    const { outcome, steps } = decided({ devices: [activeRow('a', 2, { deactivationDate: now - 1 })] }, activate('a'));
    expect(kind(outcome)).toBe('changed');
    expect(told(steps)).toEqual(['device a expire: active → expired', 'device a activate: expired → active']);
  });

  it('is refused at the very instant at which the validity ends', () => {
    const { outcome, steps } = decided({ license: { validUntil: now } }, activate('a'));
    expect(outcome).toMatchObject({ kind: 'refused', reason: 'licenseExpired' });
    expect(told(steps)).toEqual(['license license expire: active → expired', 'device null activate: null → null']);
    expect(kind(decided({ license: { validUntil: now + 1 } }, activate('a')).outcome)).toBe('changed');
  });

  it('takes over what the client says of itself, but never a name that a person gave', () => {
    const said = { name: 'from client', platform: 'linux', appVersion: '2.0' };
    const nameless = decided({ devices: [deviceRow('a')] }, activate('a', said));
    expect(nameless.rows.devices.get('a')).toMatchObject(said);
    const named = deviceRow('a', { name: 'Anna', namedByPerson: true, platform: 'mac', appVersion: '1.0' });
    expect(decided({ devices: [named] }, activate('a', said)).rows.devices.get('a')).toMatchObject({
      ...said,
      name: 'Anna',
    });
    expect(decided({ devices: [named] }, activate('a')).rows.devices.get('a')).toMatchObject({
      platform: 'mac',
      appVersion: '1.0',
    });
  });

  it('sent twice has the effect of once', () => {
    const { rows } = decided({}, activate('a'));
    const repeat = decide(rows, activate('a', { newDeviceId: 'another id' }), now);
    expect([repeat.outcome.kind, repeat.steps]).toEqual(['connected', []]);
    expect([...repeat.rows.devices.keys()]).toEqual(['a']);
    expect(repeat.rows.devices.get('a')?.version).toBe(rows.devices.get('a')?.version);
  });
});

describe('checkIn', () => {
  it('moves dates and counters, takes the version of the software, and leaves no step', () => {
    const { outcome, steps, rows } = decided({ devices: [activeRow('a', 1)] }, checkIn('a', '3.1'));
    expect(outcome).toEqual({ kind: 'connected', subjectId: 'a' });
    expect(steps).toEqual([]);
    expect(rows.devices.get('a')).toMatchObject({
      lastSeenAt: now,
      deactivationDate: now + period,
      checkInCount: 1,
      checkInsSinceRow: 1,
      appVersion: '3.1',
      version: 2,
    });
  });

  it('is counted in the next step of the device, which begins the count anew (R11)', () => {
    const { rows } = decided({ devices: [activeRow('a', 1, { checkInsSinceRow: 6 })] }, checkIn('a'));
    const left = decide(rows, logOut('a'), now);
    expect(left.steps[0]?.checkIns).toBe(7);
    expect(left.rows.devices.get('a')?.checkInsSinceRow).toBe(0);
  });

  it('of an overdue device is refused, with its expiry told first', () => {
    const { outcome, steps, rows } = decided({ devices: [activeRow('a', 1, { deactivationDate: now })] }, checkIn('a'));
    expect(outcome).toMatchObject({ kind: 'refused', reason: 'deviceNotActive', state: 'expired', event: 'checkIn' });
    expect(told(steps)).toEqual(['device a expire: active → expired']);
    expect(rows.devices.get('a')?.endedBy).toEqual({ kind: 'expiry', at: now, reason: null });
  });

  it('a millisecond before the deactivation date is in time', () => {
    expect(kind(decided({ devices: [activeRow('a', 1, { deactivationDate: now + 1 })] }, checkIn('a')).outcome)).toBe(
      'connected',
    );
  });

  it('takes a new check-in period into account from now on', () => {
    const scene = { license: { checkInPeriodMillis: day }, devices: [activeRow('a', 1)] };
    expect(decided(scene, checkIn('a')).rows.devices.get('a')?.deactivationDate).toBe(now + day);
  });
});

describe('leaving a seat', () => {
  it.each([
    ['logOut', logOut('a'), 'loggedOut', { kind: 'device', at: now, reason: null }],
    [
      'remotelyDeactivate',
      deactivate('a', 'Sold.'),
      'remotelyDeactivated',
      { kind: 'member', at: now, reason: 'Sold.' },
    ],
    ['forceDeactivate', forceDeactivate('a'), 'remotelyDeactivated', { kind: 'support', at: now, reason: 'Stolen.' }],
  ] as const)('by %s frees it at once and says who ended the activation', (event, command, state, endedBy) => {
    const scene = { devices: [activeRow('a', 2), activeRow('b', 1)], tickets: [ticketRow()] };
    const { outcome, steps, rows } = decided(scene, command);
    expect(outcome).toEqual({ kind: 'changed', subjectId: 'a' });
    expect(told(steps)[0]).toBe(`device a ${event}: active → ${state}`);
    expect(rows.devices.get('a')).toMatchObject({ state, seat: null, epoch: null, deactivationDate: null, endedBy });
    expect(rows.freeSeats).toEqual([2, 3]);
    expect(again(rows, command)).toEqual(nothing);
  });

  it.each([
    ['logOut', logOut('a')],
    ['remotelyDeactivate', deactivate('a')],
    ['forceDeactivate', forceDeactivate('a')],
  ] as const)('by %s works whatever the status of the license', (_, command) => {
    for (const status of ['suspended', 'expired', 'revoked'] as const) {
      const scene = { license: { status }, devices: [activeRow('a', 1)], tickets: [ticketRow()] };
      expect(kind(decided(scene, command).outcome)).toBe('changed');
    }
  });

  it('is refused without a step to a device that has no seat', () => {
    const { outcome, steps, rows } = decided({ devices: [deviceRow('a', { state: 'expired' })] }, deactivate('a'));
    expect(outcome).toEqual({
      kind: 'refused',
      subjectId: 'a',
      reason: 'deviceNotActive',
      guard: null,
      event: 'remotelyDeactivate',
      state: 'expired',
    });
    expect(steps).toEqual([]);
    expect(rows).toEqual(rowsOf({ devices: [deviceRow('a', { state: 'expired' })] }));
  });
});

describe('register and rename', () => {
  const register = (name: string | null): Command => ({
    type: 'register',
    actor: owner,
    fingerprint: fingerprintOf('a'),
    newDeviceId: 'a',
    name,
  });
  const rename = (name: string): Command => ({ type: 'rename', actor: owner, deviceId: 'a', name });

  it('registers a device that is inactive, occupies nothing and has the name a person gave', () => {
    const { outcome, steps, rows } = decided({}, register('Lab 1'));
    expect(outcome).toEqual({ kind: 'changed', subjectId: 'a' });
    expect(told(steps)).toEqual(['device a register: null → inactive']);
    expect(rows.devices.get('a')).toEqual(deviceRow('a', { name: 'Lab 1', namedByPerson: true }));
    expect(rows.freeSeats).toEqual([1, 2, 3]);
    expect(again(rows, register('Lab 1'))).toEqual(nothing);
  });

  it('leaves the name to the client where nobody gave one', () => {
    expect(decided({}, register(null)).rows.devices.get('a')?.namedByPerson).toBe(false);
  });

  it('leaves a known device as it is', () => {
    expect(again(rowsOf({ devices: [activeRow('a', 1)] }), register('Another name'))).toEqual(nothing);
  });

  it('renames with a step, once', () => {
    const { outcome, steps, rows } = decided({ devices: [activeRow('a', 1, { checkInsSinceRow: 2 })] }, rename('Anna'));
    expect(kind(outcome)).toBe('changed');
    expect(told(steps)).toEqual(['device a rename: active → active']);
    expect(steps[0]).toMatchObject({ checkIns: 2, seat: 1 });
    expect(rows.devices.get('a')).toMatchObject({ name: 'Anna', namedByPerson: true, version: 3, checkInsSinceRow: 0 });
    expect(again(rows, rename('Anna'))).toEqual(nothing);
  });
});

describe('the setting', () => {
  const off = { state: 'disabled', epoch: 3 } as const;

  it('is enabled at once where no device is active (R6)', () => {
    const { outcome, steps, rows } = decided({ setting: off, devices: [deviceRow('a')] }, enable);
    expect(outcome).toEqual({ kind: 'changed', subjectId: 'license' });
    expect(told(steps)).toEqual(['remoteDeactivation license enable: disabled → enabled']);
    expect(rows.setting).toEqual({ state: 'enabled', epoch: 4 });
    expect(again(rows, enable)).toEqual(nothing);
  });

  it('is enabled at once where the last active device is overdue', () => {
    const scene = { setting: off, devices: [activeRow('a', 1, { deactivationDate: now })] };
    expect(decided(scene, enable).rows.setting.state).toBe('enabled');
  });

  it('waits for the devices that are active, whatever epoch they have', () => {
    const scene = { setting: off, devices: [activeRow('a', 1, { epoch: 3 }), activeRow('b', 2, { epoch: null })] };
    const { rows } = decided(scene, enable);
    expect(rows.setting).toEqual({ state: 'enabling', epoch: 4 });
    expect(again(rows, enable)).toEqual(nothing);
    const one = decide(rows, logOut('a'), now);
    expect(one.rows.setting.state).toBe('enabling');
    expect(told(one.steps)).toEqual(['device a logOut: active → loggedOut']);
    const two = decide(one.rows, logOut('b'), now);
    expect(two.rows.setting).toEqual({ state: 'enabled', epoch: 4 });
    expect(told(two.steps)).toEqual([
      'device b logOut: active → loggedOut',
      'remoteDeactivation license blockingDeviceLeft: enabling → enabled',
    ]);
    expect(two.steps[1]?.actor.kind).toBe('system');
  });

  it('waits for devices that were not loaded', () => {
    const rows = { ...rowsOf({ setting: off }), elsewhere: { active: 2, blocking: 0 } };
    const { rows: after } = decide(rows, enable, now);
    expect(after.setting.state).toBe('enabling');
    expect(after.elsewhere).toEqual({ active: 2, blocking: 2 });
  });

  it('does not wait for devices that activate meanwhile', () => {
    const { rows } = decided({ setting: off, devices: [activeRow('a', 1)] }, enable);
    const later = decide(decide(rows, activate('b'), now).rows, logOut('a'), now);
    expect(later.rows.setting.state).toBe('enabled');
    expect(kind(decide(later.rows, deactivate('b'), now).outcome)).toBe('changed');
  });

  it('is enabled when support deactivates the last blocking device', () => {
    const scene = {
      setting: { state: 'enabling', epoch: 4 } as const,
      devices: [activeRow('a', 1)],
      tickets: [ticketRow()],
    };
    const { steps } = decided(scene, forceDeactivate('a'));
    expect(told(steps)).toEqual([
      'device a forceDeactivate: active → remotelyDeactivated',
      'remoteDeactivation license blockingDeviceLeft: enabling → enabled',
      'supportTicket ticket resolve: open → resolved',
    ]);
  });

  it('can be called off, and begins anew when it is enabled again', () => {
    const enabling = { setting: { state: 'enabling', epoch: 4 } as const, devices: [activeRow('a', 1, { epoch: 4 })] };
    const blocked = { ...enabling, devices: [...enabling.devices, activeRow('b', 2)] };
    const { rows } = decided(blocked, disable);
    expect(rows.setting).toEqual({ state: 'disabled', epoch: 4 });
    expect(again(rows, disable)).toEqual(nothing);
    expect(decide(rows, deactivate('a'), now).outcome).toMatchObject({ reason: 'remoteDeactivationDisabled' });
    const anew = decide(rows, enable, now).rows;
    expect(anew.setting).toEqual({ state: 'enabling', epoch: 5 });
    const freed = decide(anew, logOut('b'), now).rows;
    expect(freed.setting.state).toBe('enabling');
  });

  it('gives devices that were active before no button, after support has forced it', () => {
    const scene = { setting: off, devices: [activeRow('a', 1, { epoch: 3 })], tickets: [ticketRow()] };
    const { outcome, steps, rows } = decided(scene, forceEnable);
    expect(outcome).toEqual({ kind: 'changed', subjectId: 'license' });
    expect(told(steps)).toEqual([
      'remoteDeactivation license forceEnable: disabled → enabled',
      'supportTicket ticket resolve: open → resolved',
    ]);
    expect(steps.map(({ ticketId }) => ticketId)).toEqual(['ticket', 'ticket']);
    expect(decide(rows, deactivate('a'), now).outcome).toMatchObject({ reason: 'devicePredatesRemoteDeactivation' });
    const anew = decide(decide(rows, logOut('a'), now).rows, activate('a'), now).rows;
    expect(kind(decide(anew, deactivate('a'), now).outcome)).toBe('changed');
    expect(again(rows, forceEnable)).toEqual(nothing);
  });
});

describe('a forced action', () => {
  const devices = [activeRow('a', 1), deviceRow('b', { state: 'loggedOut' }), activeRow('c', 2)];

  it.each([
    ['closed', ticketRow({ status: 'closed' })],
    ['about another license', ticketRow({ licenseId: 'another' })],
    ['about billing', ticketRow({ topic: 'billing' })],
  ])('is refused on a ticket that is %s, before anything else is looked at (R9)', (_, ticket) => {
    for (const command of [forceDeactivate('a'), forceDeactivate('b'), forceEnable]) {
      const { outcome, steps } = decided({ devices, tickets: [ticket] }, command);
      expect(outcome).toMatchObject({
        kind: 'refused',
        subjectId: 'ticket',
        reason: 'ticketNotApplicable',
        guard: null,
      });
      expect(steps).toEqual([]);
    }
  });

  it('resolves an open ticket, and a resolved one serves further devices', () => {
    const first = decided({ devices, tickets: [ticketRow()] }, forceDeactivate('a'));
    expect(first.rows.tickets.get('ticket')).toMatchObject({ status: 'resolved', version: 2 });
    expect(first.steps.map(({ ticketId, note }) => [ticketId, note])).toEqual([
      ['ticket', 'Stolen.'],
      ['ticket', null],
    ]);
    const second = decide(first.rows, forceDeactivate('c'), now);
    expect(told(second.steps)).toEqual(['device c forceDeactivate: active → remotelyDeactivated']);
    expect(second.rows.tickets.get('ticket')?.version).toBe(2);
  });

  it('that is refused leaves the ticket open', () => {
    const { outcome, steps, rows } = decided({ devices, tickets: [ticketRow()] }, forceDeactivate('b'));
    expect(outcome).toMatchObject({ kind: 'refused', reason: 'deviceNotActive', state: 'loggedOut' });
    expect(steps).toEqual([]);
    expect(rows.tickets.get('ticket')?.status).toBe('open');
  });

  it('works on an overdue device only as far as it has not expired', () => {
    const scene = { devices: [activeRow('a', 1, { deactivationDate: now })], tickets: [ticketRow()] };
    expect(decided(scene, forceDeactivate('a')).outcome).toMatchObject({ reason: 'deviceNotActive', state: 'expired' });
  });
});

describe('the license', () => {
  const put = (type: 'suspend' | 'reinstate' | 'revoke'): Command => ({ type, actor: operator });
  const renew = (validUntil: number | null): Command => ({ type: 'renew', actor: operator, validUntil });

  it('is suspended, reinstated, renewed and revoked, each with a step and a version', () => {
    let { rows } = decided({ license: { validUntil: now + day } }, put('suspend'));
    const after: string[] = [];
    for (const command of [put('reinstate'), renew(now + 2 * day), put('suspend'), renew(null), put('revoke')]) {
      const decision = decide(rows, command, now);
      after.push(...told(decision.steps));
      ({ rows } = decision);
    }
    expect(after).toEqual([
      'license license reinstate: suspended → active',
      'license license renew: active → active',
      'license license suspend: active → suspended',
      'license license renew: suspended → suspended',
      'license license revoke: suspended → revoked',
    ]);
    expect(rows.license).toMatchObject({ status: 'revoked', validUntil: null, version: 7 });
  });

  it.each([
    ['suspend', put('suspend')],
    ['renew', renew(now + 5)],
    ['revoke', put('revoke')],
  ])('takes %s twice as once', (_, command) => {
    expect(again(decided({}, command).rows, command)).toEqual(nothing);
  });

  it('is reinstated as expired where its validity has ended meanwhile', () => {
    const { rows, steps } = decided({ license: { status: 'suspended', validUntil: now } }, put('reinstate'));
    expect(told(steps)).toEqual(['license license reinstate: suspended → expired']);
    expect(rows.license.status).toBe('expired');
  });

  it('comes back from expiry by a renewal in the same decision in which the expiry is noticed', () => {
    const { steps, rows } = decided({ license: { validUntil: now - day } }, renew(now + day));
    expect(told(steps)).toEqual([
      'license license expire: active → expired',
      'license license renew: expired → active',
    ]);
    expect(rows.license).toMatchObject({ status: 'active', validUntil: now + day });
  });

  it('refuses what its status does not allow, without a step', () => {
    const { outcome, steps } = decided({ license: { status: 'revoked' } }, renew(null));
    expect(outcome).toEqual({
      kind: 'refused',
      subjectId: 'license',
      reason: 'eventNotAllowed',
      guard: null,
      event: 'renew',
      state: 'revoked',
    });
    expect(steps).toEqual([]);
  });

  it('leaves devices their seats while suspended, and takes none from them', () => {
    const { rows } = decided({ devices: [activeRow('a', 1)] }, put('suspend'));
    expect(rows.devices.get('a')).toEqual(activeRow('a', 1));
  });

  it('has a new key by a step and a version', () => {
    const { outcome, steps, rows } = decided({}, { type: 'replaceKey', actor: owner, keyHash: 'new', keyHint: 'ew' });
    expect(outcome).toEqual({ kind: 'changed', subjectId: 'license' });
    expect(told(steps)).toEqual(['license license replaceKey: active → active']);
    expect(rows.license).toMatchObject({ keyHash: 'new', keyHint: 'ew', version: 2 });
  });
});

describe('changing a license', () => {
  const devices = [activeRow('a', 2), activeRow('c', 5, { checkInsSinceRow: 3 }), activeRow('d', 4)];

  it('gives more seats, which are free', () => {
    const { steps, rows } = decided({ license: { seats: 2 }, devices: [activeRow('a', 1)] }, change({ seats: 4 }));
    expect(told(steps)).toEqual(['license license change: active → active']);
    expect(rows.license).toMatchObject({ seats: 4, version: 2 });
    expect(rows.freeSeats).toEqual([2, 3, 4]);
    expect(again(rows, change({ seats: 4 }))).toEqual(nothing);
  });

  it('takes the highest seats, and moves who sits there to the lowest free ones, by seat', () => {
    const { steps, rows } = decided({ license: { seats: 6 }, devices }, change({ seats: 3 }));
    expect(told(steps)).toEqual([
      'license license change: active → active',
      'device d reseat: active → active',
      'device c reseat: active → active',
    ]);
    expect(steps.map(({ seat, checkIns }) => [seat, checkIns])).toEqual([
      [null, 0],
      [1, 0],
      [3, 3],
    ]);
    expect([...rows.devices.values()].map(({ id, seat }) => [id, seat])).toEqual([
      ['a', 2],
      ['c', 3],
      ['d', 1],
    ]);
    expect(rows.freeSeats).toEqual([]);
    expect(rows.devices.get('c')).toMatchObject({ epoch: 1, version: 2, checkInsSinceRow: 0 });
  });

  it('refuses fewer seats than active devices, and changes nothing else either', () => {
    const command = change({ seats: 2, supportAndUpgradeUntil: now + day });
    const { outcome, steps, rows } = decided({ license: { seats: 6 }, devices }, command);
    expect(outcome).toMatchObject({ kind: 'refused', reason: 'seatsInUse', subjectId: 'license' });
    expect(steps).toEqual([]);
    expect(rows).toEqual(rowsOf({ license: { seats: 6 }, devices }));
  });

  it('counts devices that were not loaded', () => {
    const rows = { ...rowsOf({ devices: [activeRow('a', 1)] }), elsewhere: { active: 2, blocking: 0 } };
    expect(decide(rows, change({ seats: 2 }), now).outcome).toMatchObject({ reason: 'seatsInUse' });
    expect(decide({ ...rows, freeSeats: [] }, change({ seats: 3, supportAndUpgradeUntil: 1 }), now).outcome.kind).toBe(
      'changed',
    );
  });

  it('does not count a device that is overdue', () => {
    const due = activeRow('a', 2, { deactivationDate: now });
    const { rows } = decided({ license: { seats: 2 }, devices: [due, activeRow('b', 1)] }, change({ seats: 1 }));
    expect(rows.license.seats).toBe(1);
    expect(rows.freeSeats).toEqual([]);
  });

  it('changes the check-in period from the next connection of each device on', () => {
    const checkInPeriod = { text: 'P1D', millis: day };
    const { rows } = decided({ devices }, change({ checkInPeriod }));
    expect(rows.license).toMatchObject({ checkInPeriod: 'P1D', checkInPeriodMillis: day });
    expect(rows.devices.get('a')?.deactivationDate).toBe(activeRow('a', 2).deactivationDate);
    expect(decide(rows, checkIn('a'), now).rows.devices.get('a')?.deactivationDate).toBe(now + day);
  });

  it('sets Support & Upgrade, and takes it away with null', () => {
    const { rows } = decided({}, change({ supportAndUpgradeUntil: now + day }));
    expect(rows.license.supportAndUpgradeUntil).toBe(now + day);
    expect(decide(rows, change({}), now).outcome.kind).toBe('unchanged');
    expect(decide(rows, change({ supportAndUpgradeUntil: null }), now).rows.license.supportAndUpgradeUntil).toBeNull();
  });
});

describe('a ticket', () => {
  const open = (topic: 'deviceDeactivation' | 'billing' | 'technical' | 'other'): Command => ({
    type: 'openTicket',
    actor: owner,
    newTicketId: 'new',
    topic,
    deviceId: null,
    message: 'Please help.',
  });

  it('is opened', () => {
    const { outcome, steps, rows } = decided({}, open('deviceDeactivation'));
    expect(outcome).toEqual({ kind: 'changed', subjectId: 'new' });
    expect(told(steps)).toEqual(['supportTicket new open: null → open']);
    expect(rows.tickets.get('new')).toEqual(
      ticketRow({ id: 'new', message: 'Please help.', createdAt: now, createdBy: owner }),
    );
  });

  it.each([
    ['there is none', null, 'refused'],
    ['it ends now', now, 'refused'],
    ['it lasts a millisecond more', now + 1, 'changed'],
  ] as const)(
    'of another topic needs Support & Upgrade: where %s it is %3$s',
    (_, supportAndUpgradeUntil, expected) => {
      for (const topic of ['billing', 'technical', 'other'] as const) {
        const { outcome } = decided({ license: { supportAndUpgradeUntil } }, open(topic));
        expect(outcome.kind).toBe(expected);
        if (outcome.kind === 'refused') expect(outcome.reason).toBe('supportAndUpgradeRequired');
      }
      expect(kind(decided({ license: { supportAndUpgradeUntil } }, open('deviceDeactivation')).outcome)).toBe(
        'changed',
      );
    },
  );

  it('is resolved, reopened and closed, each once', () => {
    let rows = rowsOf({ tickets: [ticketRow()] });
    for (const [type, from, to] of [
      ['resolveTicket', 'open', 'resolved'],
      ['reopenTicket', 'resolved', 'open'],
      ['closeTicket', 'open', 'closed'],
    ] as const) {
      const command = { type, actor: support, ticketId: 'ticket' } as const;
      const { steps, rows: next } = decide(rows, command, now);
      expect(steps.map((step) => [step.from, step.to, step.subjectId, step.ticketId])).toEqual([
        [from, to, 'ticket', 'ticket'],
      ]);
      expect(again(next, command)).toEqual(nothing);
      rows = next;
    }
    expect(decide(rows, { type: 'reopenTicket', actor: support, ticketId: 'ticket' }, now).outcome).toEqual({
      kind: 'refused',
      subjectId: 'ticket',
      reason: 'eventNotAllowed',
      guard: null,
      event: 'reopen',
      state: 'closed',
    });
  });
});

describe('settle as a command', () => {
  it('writes what time has done, and nothing a second time', () => {
    const command: Command = { type: 'settle', actor: operator };
    const { outcome, rows } = decided({ devices: [activeRow('a', 1, { deactivationDate: now })] }, command);
    expect(kind(outcome)).toBe('changed');
    expect(again(rows, command)).toEqual(nothing);
  });
});

describe('what the rows do not hold', () => {
  it('is an error and no refusal, because the caller should have loaded it', () => {
    expect(() => decided({}, logOut('nobody'))).toThrow(/nobody/);
    expect(() => decided({ devices: [activeRow('a', 1)] }, forceDeactivate('a'))).toThrow(/ticket/);
  });
});
