/**
 * The composed model: one license with two seats and three devices, its setting and a ticket, under everything that can
 * be asked of them and under time. Its states are rows brought to a form in which only what rules can read is left: dates
 * are due or not, epochs are the setting's, another or none. It decides nothing; it asks `decide`.
 */
import { type Command, type DeviceRow, type Rows } from '../../../machines/index.js';
import {
  client,
  day,
  deviceRow,
  fingerprintOf,
  freeSeatsOf,
  itself,
  licenseRow,
  now,
  operator,
  owner,
  period,
  support,
  ticketRow,
} from './rows.js';

export const deviceIds = ['d1', 'd2', 'd3'] as const;
export type DeviceId = (typeof deviceIds)[number];
export const seatsMax = 2;

/** Time passes until somebody's date has come, while all others have connected or been renewed in time. */
export interface Passing {
  readonly type: 'pass';
  /** A device's deactivation date, or the end of the license's validity. */
  readonly due: DeviceId | 'license';
}

export type Move = Command | Passing;

/** The epoch of the setting in every state of the model. */
const epoch = 2;
const yearToCome = now + 365 * day;

/** The beginning: a license just issued, nobody known yet, and a ticket. */
export function beginning(setting: 'enabled' | 'disabled'): Rows {
  return canonical({
    license: licenseRow({ seats: seatsMax, validUntil: yearToCome }),
    setting: { state: setting, epoch },
    devices: new Map(),
    tickets: new Map([['ticket', ticketRow()]]),
    freeSeats: [1, 2],
    elsewhere: { active: 0, blocking: 0 },
  });
}

/** Everything about devices, the setting and the ticket. */
export function movesOfDevices(): Move[] {
  return [
    ...deviceIds.flatMap((deviceId): Move[] => [
      {
        type: 'activate',
        actor: client,
        fingerprint: fingerprintOf(deviceId),
        newDeviceId: deviceId,
        name: null,
        platform: null,
        appVersion: null,
      },
      { type: 'checkIn', actor: itself(deviceId), deviceId, appVersion: null },
      { type: 'logOut', actor: itself(deviceId), deviceId },
      { type: 'remotelyDeactivate', actor: owner, deviceId, note: null },
      { type: 'forceDeactivate', actor: support, deviceId, ticketId: 'ticket', note: 'asked for' },
      { type: 'pass', due: deviceId },
    ]),
    { type: 'enable', actor: owner },
    { type: 'disable', actor: owner },
    { type: 'forceEnable', actor: support, ticketId: 'ticket' },
    { type: 'settle', actor: operator },
  ];
}

/** Everything about the license and the ticket themselves. */
export function movesOfTheRest(): Move[] {
  return [
    ...deviceIds.map((id): Move => ({
      type: 'register',
      actor: owner,
      fingerprint: fingerprintOf(id),
      newDeviceId: id,
      name: null,
    })),
    { type: 'suspend', actor: operator },
    { type: 'reinstate', actor: operator },
    { type: 'renew', actor: operator, validUntil: yearToCome },
    { type: 'revoke', actor: operator },
    { type: 'change', actor: operator, seats: 1 },
    { type: 'change', actor: operator, seats: seatsMax },
    { type: 'replaceKey', actor: owner, keyHash: 'other hash', keyHint: 'other hint' },
    { type: 'resolveTicket', actor: support, ticketId: 'ticket' },
    { type: 'reopenTicket', actor: support, ticketId: 'ticket' },
    { type: 'closeTicket', actor: support, ticketId: 'ticket' },
    { type: 'pass', due: 'license' },
  ];
}

/** Whether a move can be made: a command names what is known; only a date that is still to come can come. */
export function canMove(rows: Rows, move: Move): boolean {
  if (move.type === 'pass') {
    if (move.due === 'license') return rows.license.validUntil !== null && rows.license.validUntil > now;
    const date = rows.devices.get(move.due)?.deactivationDate ?? null;
    return date !== null && date > now;
  }
  return !('deviceId' in move) || move.deviceId === null || rows.devices.has(move.deviceId);
}

/** The rows in which that date has come and is not settled yet. */
export function pass(rows: Rows, { due }: Passing): Rows {
  if (due === 'license') return { ...rows, license: { ...rows.license, validUntil: now } };
  const device = rows.devices.get(due);
  if (device === undefined) throw new Error(`${due} is not known`);
  return { ...rows, devices: new Map(rows.devices).set(due, { ...device, deactivationDate: now }) };
}

/** The same state with everything that no rule reads put to one value. */
export function canonical(rows: Rows): Rows {
  const { status, seats, validUntil } = rows.license;
  const license = licenseRow({
    status,
    seats,
    validUntil: validUntil === null ? null : validUntil <= now ? now : yearToCome,
  });
  const devices = deviceIds.flatMap((id): [string, DeviceRow][] => {
    const device = rows.devices.get(id);
    return device === undefined ? [] : [[id, canonicalDevice(device, rows.setting.epoch)]];
  });
  const ticket = ticketRow({ status: rows.tickets.get('ticket')?.status });
  return {
    license,
    setting: { state: rows.setting.state, epoch },
    devices: new Map(devices),
    tickets: new Map([['ticket', ticket]]),
    freeSeats: freeSeatsOf(
      seats,
      devices.map(([, device]) => device),
    ),
    elsewhere: { active: 0, blocking: 0 },
  };
}

function canonicalDevice({ id, state, seat, epoch: own, deactivationDate }: DeviceRow, current: number): DeviceRow {
  if (state !== 'active') return deviceRow(id, { state });
  return deviceRow(id, {
    state,
    seat,
    epoch: own === null ? null : own === current ? epoch : epoch - 1,
    activatedAt: now - day,
    lastSeenAt: now - day,
    deactivationDate: deactivationDate !== null && deactivationDate <= now ? now : now + period,
    leaseExpiresAt: now,
  });
}

/** One line that two states have in common only if no rule can tell them apart. */
export function keyOf(rows: Rows): string {
  const { license, setting, devices } = rows;
  const validity = license.validUntil === null ? 'endless' : license.validUntil <= now ? 'ended' : 'valid';
  let key = `${license.status} ${validity} ${license.seats} ${setting.state} ${rows.tickets.get('ticket')?.status}`;
  for (const id of deviceIds) {
    const device = devices.get(id);
    if (device === undefined) key += ' | unknown';
    else if (device.state !== 'active') key += ` | ${device.state}`;
    else {
      const whose = device.epoch === null ? 'none' : device.epoch === setting.epoch ? 'current' : 'other';
      const due = device.deactivationDate !== null && device.deactivationDate <= now ? ' due' : '';
      key += ` | ${device.seat} ${whose}${due}`;
    }
  }
  return key;
}
