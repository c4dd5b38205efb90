/** Builders for the rows that the rules between machines decide on: one license, its setting, devices and tickets. */
import {
  type Actor,
  type DeviceRow,
  type LicenseRow,
  type Rows,
  type SettingRow,
  type TicketRow,
} from '../../../machines/index.js';

/** The instant around which everything happens, in milliseconds; not a whole second. */
export const now = 1_800_000_000_345;
export const second = 1_000;
export const day = 86_400_000;
/** The check-in period of the licenses here. */
export const period = 30 * day;

export const operator: Actor = { kind: 'operator', id: 'op', name: 'The operator' };
export const support: Actor = { kind: 'support', id: 'su', name: 'Support' };
export const owner: Actor = { kind: 'member', id: 'ow', name: 'The owner' };
export const client: Actor = { kind: 'licenseKey', id: null, name: 'A client' };
/** The device itself as actor. */
export function itself(id: string): Actor {
  return { kind: 'device', id, name: null };
}

/** A license that works, of three seats. */
export function licenseRow(fields: Partial<LicenseRow> = {}): LicenseRow {
  return {
    id: 'license',
    status: 'active',
    seats: 3,
    checkInPeriod: 'P30D',
    checkInPeriodMillis: period,
    validUntil: null,
    supportAndUpgradeUntil: null,
    keyHash: 'hash',
    keyHint: 'hint',
    version: 1,
    ...fields,
  };
}

/** A registered device. */
export function deviceRow(id: string, fields: Partial<DeviceRow> = {}): DeviceRow {
  return {
    id,
    licenseId: 'license',
    fingerprint: fingerprintOf(id),
    name: null,
    namedByPerson: false,
    platform: null,
    appVersion: null,
    state: 'inactive',
    seat: null,
    epoch: null,
    activatedAt: null,
    lastSeenAt: null,
    deactivationDate: null,
    leaseExpiresAt: null,
    checkInCount: 0,
    checkInsSinceRow: 0,
    endedBy: null,
    version: 1,
    ...fields,
  };
}

/** An active device, last heard of a day ago. */
export function activeRow(id: string, seat: number, fields: Partial<DeviceRow> = {}): DeviceRow {
  return deviceRow(id, {
    state: 'active',
    seat,
    epoch: 1,
    activatedAt: now - 2 * day,
    lastSeenAt: now - day,
    deactivationDate: now - day + period,
    leaseExpiresAt: now - day + period - 345,
    version: 2,
    ...fields,
  });
}

export function fingerprintOf(id: string): string {
  return `fingerprint-${id}`;
}

/** A ticket on which support deactivates devices. */
export function ticketRow(fields: Partial<TicketRow> = {}): TicketRow {
  return {
    id: 'ticket',
    licenseId: 'license',
    deviceId: null,
    topic: 'deviceDeactivation',
    message: 'The laptop was stolen.',
    status: 'open',
    createdAt: now - day,
    createdBy: owner,
    version: 1,
    ...fields,
  };
}

/** What a test says of its rows; everything else follows. */
export interface Scene {
  license?: Partial<LicenseRow>;
  setting?: SettingRow;
  devices?: DeviceRow[];
  tickets?: TicketRow[];
}

/** Complete rows: every device of the license is among them. */
export function rowsOf({ license = {}, setting, devices = [], tickets = [] }: Scene): Rows {
  const row = licenseRow(license);
  return {
    license: row,
    setting: setting ?? { state: 'enabled', epoch: 1 },
    devices: new Map(devices.map((device) => [device.id, device])),
    tickets: new Map(tickets.map((ticket) => [ticket.id, ticket])),
    freeSeats: freeSeatsOf(row.seats, devices),
    elsewhere: { active: 0, blocking: 0 },
  };
}

/** The seats that none of the devices occupies, ascending. */
export function freeSeatsOf(seats: number, devices: Iterable<DeviceRow>): number[] {
  const taken = new Set([...devices].map(({ seat }) => seat));
  return Array.from({ length: seats }, (_, index) => index + 1).filter((seat) => !taken.has(seat));
}

/** Freezes a value to its last corner, maps included, so that writing to it throws. */
export function deepFreeze<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  if (value instanceof Map) {
    const refuse = (): never => {
      throw new Error('a frozen map was written to');
    };
    Object.defineProperties(value, { set: { value: refuse }, delete: { value: refuse }, clear: { value: refuse } });
    for (const entry of value.values()) deepFreeze<unknown>(entry);
  }
  Object.freeze(value);
  for (const field of Object.values(value)) deepFreeze<unknown>(field);
  return value;
}
