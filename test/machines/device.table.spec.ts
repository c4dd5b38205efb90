/** The table of the device, cell by cell, from a copy written by hand (R3, R4, R7 to R9, R12). */
import {
  decideDevice,
  type DeviceEvent,
  deviceSnapshot,
  type DeviceState,
  deviceStates,
} from '../../machines/index.js';
import { type Saying, saying } from './cell.js';

const second = 1_000;
const day = 86_400 * second;
const begin = 1_800_000_000_000;
const noon = begin + 10 * day + 345;
const period = 30 * day;

const everActivated = {
  seat: null,
  epoch: null,
  activatedAt: begin,
  lastSeenAt: begin + day,
  deactivationDate: null,
  leaseExpiresAt: begin + 31 * day,
};

/** Where each state starts: what a device of that state remembers. */
const before = {
  inactive: {
    seat: null,
    epoch: null,
    activatedAt: null,
    lastSeenAt: null,
    deactivationDate: null,
    leaseExpiresAt: null,
  },
  active: {
    seat: 4,
    epoch: 3,
    activatedAt: begin,
    lastSeenAt: begin + day,
    deactivationDate: begin + 31 * day,
    leaseExpiresAt: begin + 31 * day,
  },
  loggedOut: everActivated,
  expired: everActivated,
  remotelyDeactivated: everActivated,
};

type Context = (typeof before)[DeviceState] | typeof everActivated;

/** A device whose epoch is none: it activated while the setting was disabled. */
const activeWithoutEpoch = { ...before.active, epoch: null };

interface Cell {
  /** What is put, in words. */
  when: string;
  event: DeviceEvent;
  /** The context before, where it is not that of `before`. */
  from?: Context | { [Key in keyof Context]: number | null };
  says: Saying;
  /** The context after; as before where left out. */
  then?: { [Key in keyof Context]: number | null };
}

const works = { licenseStatus: 'active', checkInPeriodMillis: period, validUntil: null } as const;
const activate = { type: 'activate', at: noon, freeSeat: 2, epoch: 7, ...works } as const;
const checkIn = { type: 'checkIn', at: noon, ...works } as const;
const remotelyDeactivate = { type: 'remotelyDeactivate', at: noon, setting: 'enabled', epoch: 3 } as const;
const forceDeactivate = { type: 'forceDeactivate', at: noon, ticketId: 'a ticket' } as const;

/** After an activation from any state that is not active. The lease ends at a whole second. */
const activated = {
  seat: 2,
  epoch: 7,
  activatedAt: noon,
  lastSeenAt: noon,
  deactivationDate: noon + period,
  leaseExpiresAt: noon + period - 345,
};
/** After a connection while active: seat, epoch and beginning stay. */
const connected = { ...activated, seat: 4, epoch: 3, activatedAt: begin };
/** After the seat was left without a word of the device. */
const left = everActivated;

const activation: Cell[] = [
  { when: 'all is well', event: activate, says: '→ active', then: activated },
  {
    when: 'the setting is disabled',
    event: { ...activate, epoch: null },
    says: '→ active',
    then: { ...activated, epoch: null },
  },
  {
    when: 'the validity ends before the deactivation date',
    event: { ...activate, validUntil: noon + 5 * day + 654 },
    says: '→ active',
    then: { ...activated, leaseExpiresAt: noon + 5 * day - 345 },
  },
  {
    when: 'the validity ends with the deactivation date',
    event: { ...activate, validUntil: noon + period },
    says: '→ active',
    then: activated,
  },
  {
    when: 'the validity ends after the deactivation date',
    event: { ...activate, validUntil: noon + period + day },
    says: '→ active',
    then: activated,
  },
  {
    when: 'the check-in period is shorter than a second and a bit',
    event: { ...activate, checkInPeriodMillis: second },
    says: '→ active',
    then: { ...activated, deactivationDate: noon + second, leaseExpiresAt: noon - 345 + second },
  },
  {
    when: 'the license is suspended',
    event: { ...activate, licenseStatus: 'suspended' },
    says: '– licenseSuspended [licenseIsNotSuspended]',
  },
  {
    when: 'the license has expired',
    event: { ...activate, licenseStatus: 'expired' },
    says: '– licenseExpired [licenseIsNotExpired]',
  },
  {
    when: 'the license is revoked',
    event: { ...activate, licenseStatus: 'revoked' },
    says: '– licenseRevoked [licenseIsNotRevoked]',
  },
  { when: 'no seat is free', event: { ...activate, freeSeat: null }, says: '– noSeatAvailable [seatIsFree]' },
  {
    when: 'the license is suspended and no seat is free',
    event: { ...activate, licenseStatus: 'suspended', freeSeat: null },
    says: '– licenseSuspended [licenseIsNotSuspended]',
  },
  {
    when: 'the license has expired and no seat is free',
    event: { ...activate, licenseStatus: 'expired', freeSeat: null },
    says: '– licenseExpired [licenseIsNotExpired]',
  },
  {
    when: 'the license is revoked and no seat is free',
    event: { ...activate, licenseStatus: 'revoked', freeSeat: null },
    says: '– licenseRevoked [licenseIsNotRevoked]',
  },
];

const noCheckIn: Cell[] = [
  { when: 'all is well', event: checkIn, says: '– deviceNotActive' },
  {
    when: 'the license is revoked',
    event: { ...checkIn, licenseStatus: 'revoked' },
    says: '– deviceNotActive',
  },
];
const noLogOut: Cell[] = [{ when: 'asked', event: { type: 'logOut', at: noon }, says: '– deviceNotActive' }];
const noExpiry: Cell[] = [
  { when: 'long after', event: { type: 'expire', at: noon + 99 * period }, says: '– deviceNotActive' },
];
const noRemoteDeactivation: Cell[] = (['enabled', 'enabling', 'disabled'] as const).map((setting) => ({
  when: `the setting is ${setting}`,
  event: { ...remotelyDeactivate, setting },
  says: '– deviceNotActive',
}));
const noForcedDeactivation: Cell[] = [{ when: 'on a ticket', event: forceDeactivate, says: '– deviceNotActive' }];
const repeated = (cells: Cell[]): Cell[] => cells.map((cell) => ({ ...cell, says: '=' }));

const table: Record<DeviceEvent['type'], Record<DeviceState, Cell[]>> = {
  activate: {
    inactive: activation,
    active: [
      { when: 'all is well', event: activate, says: '•', then: connected },
      { when: 'the setting is disabled', event: { ...activate, epoch: null }, says: '•', then: connected },
      { when: 'no other seat is free', event: { ...activate, freeSeat: null }, says: '•', then: connected },
      {
        when: 'the validity ends before the deactivation date',
        event: { ...activate, validUntil: noon + 1 },
        says: '•',
        then: { ...connected, leaseExpiresAt: noon - 345 },
      },
      {
        when: 'the license is suspended',
        event: { ...activate, licenseStatus: 'suspended' },
        says: '– licenseSuspended [licenseIsNotSuspended]',
      },
      {
        when: 'the license has expired',
        event: { ...activate, licenseStatus: 'expired' },
        says: '– licenseExpired [licenseIsNotExpired]',
      },
      {
        when: 'the license is revoked and no seat is free',
        event: { ...activate, licenseStatus: 'revoked', freeSeat: null },
        says: '– licenseRevoked [licenseIsNotRevoked]',
      },
    ],
    loggedOut: activation,
    expired: activation,
    remotelyDeactivated: activation,
  },
  checkIn: {
    inactive: noCheckIn,
    active: [
      { when: 'all is well', event: checkIn, says: '•', then: connected },
      {
        when: 'the period has become shorter',
        event: { ...checkIn, checkInPeriodMillis: day },
        says: '•',
        then: { ...connected, deactivationDate: noon + day, leaseExpiresAt: noon + day - 345 },
      },
      {
        when: 'the validity ends before the deactivation date',
        event: { ...checkIn, validUntil: noon + 2 * day + second },
        says: '•',
        then: { ...connected, leaseExpiresAt: noon + 2 * day + second - 345 },
      },
      {
        when: 'it never had an epoch',
        from: activeWithoutEpoch,
        event: checkIn,
        says: '•',
        then: { ...connected, epoch: null },
      },
      {
        when: 'the license is suspended',
        event: { ...checkIn, licenseStatus: 'suspended' },
        says: '– licenseSuspended [licenseIsNotSuspended]',
      },
      {
        when: 'the license has expired',
        event: { ...checkIn, licenseStatus: 'expired' },
        says: '– licenseExpired [licenseIsNotExpired]',
      },
      {
        when: 'the license is revoked',
        event: { ...checkIn, licenseStatus: 'revoked' },
        says: '– licenseRevoked [licenseIsNotRevoked]',
      },
    ],
    loggedOut: noCheckIn,
    expired: noCheckIn,
    remotelyDeactivated: noCheckIn,
  },
  logOut: {
    inactive: noLogOut,
    active: [
      {
        when: 'asked',
        event: { type: 'logOut', at: noon },
        says: '→ loggedOut',
        then: { ...left, lastSeenAt: noon },
      },
    ],
    loggedOut: repeated(noLogOut),
    expired: noLogOut,
    remotelyDeactivated: noLogOut,
  },
  expire: {
    inactive: noExpiry,
    active: [
      {
        when: 'a millisecond before the deactivation date',
        event: { type: 'expire', at: begin + 31 * day - 1 },
        says: '– eventNotAllowed [isOverdue]',
      },
      {
        when: 'at the deactivation date',
        event: { type: 'expire', at: begin + 31 * day },
        says: '→ expired',
        then: left,
      },
      {
        when: 'a millisecond after the deactivation date',
        event: { type: 'expire', at: begin + 31 * day + 1 },
        says: '→ expired',
        then: left,
      },
    ],
    loggedOut: noExpiry,
    expired: noExpiry,
    remotelyDeactivated: noExpiry,
  },
  remotelyDeactivate: {
    inactive: noRemoteDeactivation,
    active: [
      {
        when: 'it activated under the current enabling',
        event: remotelyDeactivate,
        says: '→ remotelyDeactivated',
        then: left,
      },
      {
        when: 'it activated under an earlier enabling',
        event: { ...remotelyDeactivate, epoch: 4 },
        says: '– devicePredatesRemoteDeactivation [activatedUnderCurrentEnabling]',
      },
      {
        when: 'it activated while the setting was disabled',
        from: activeWithoutEpoch,
        event: remotelyDeactivate,
        says: '– devicePredatesRemoteDeactivation [activatedUnderCurrentEnabling]',
      },
      {
        when: 'the setting is enabling',
        event: { ...remotelyDeactivate, setting: 'enabling' },
        says: '– remoteDeactivationEnabling [remoteDeactivationIsNotEnabling]',
      },
      {
        when: 'the setting is enabling and the device blocks it',
        event: { ...remotelyDeactivate, setting: 'enabling', epoch: 4 },
        says: '– remoteDeactivationEnabling [remoteDeactivationIsNotEnabling]',
      },
      {
        when: 'the setting is disabled',
        event: { ...remotelyDeactivate, setting: 'disabled' },
        says: '– remoteDeactivationDisabled [remoteDeactivationIsNotDisabled]',
      },
      {
        when: 'the setting is disabled and the device never had an epoch',
        from: activeWithoutEpoch,
        event: { ...remotelyDeactivate, setting: 'disabled' },
        says: '– remoteDeactivationDisabled [remoteDeactivationIsNotDisabled]',
      },
    ],
    loggedOut: noRemoteDeactivation,
    expired: noRemoteDeactivation,
    remotelyDeactivated: repeated(noRemoteDeactivation),
  },
  forceDeactivate: {
    inactive: noForcedDeactivation,
    active: [
      { when: 'on a ticket', event: forceDeactivate, says: '→ remotelyDeactivated', then: left },
      {
        when: 'it never had an epoch',
        from: activeWithoutEpoch,
        event: forceDeactivate,
        says: '→ remotelyDeactivated',
        then: left,
      },
    ],
    loggedOut: noForcedDeactivation,
    expired: noForcedDeactivation,
    remotelyDeactivated: repeated(noForcedDeactivation),
  },
};

describe.each(Object.keys(table) as DeviceEvent['type'][])('%s', (event) => {
  describe.each([...deviceStates])('on a device that is %s', (state) => {
    it.each(table[event][state].map((cell) => [cell.says, cell.when, cell] as const))('says %s when %s', (...row) => {
      const { from = before[state], then = from, says, event: put } = row[2];
      const snapshot = deviceSnapshot(state, { ...from });
      const decision = decideDevice(snapshot, put);
      expect(saying(decision)).toBe(says);
      const after = decision.outcome === 'refused' ? snapshot : decision.snapshot;
      expect(after.context).toEqual(then);
      if (decision.outcome === 'unchanged') expect(decision.snapshot).toBe(snapshot);
    });
  });
});

describe('a device', () => {
  it('is refused an event that no state declares', () => {
    const unheardOf = { type: 'teleport', at: noon } as unknown as DeviceEvent;
    expect(saying(decideDevice(deviceSnapshot('active', before.active), unheardOf))).toBe('– eventNotAllowed');
    expect(saying(decideDevice(deviceSnapshot('expired', everActivated), unheardOf))).toBe('– deviceNotActive');
  });

  it('cannot be read from a row with a state that does not exist', () => {
    expect(() => deviceSnapshot('sleeping', everActivated)).toThrow(/sleeping/);
  });
});
