/** The oracle's activation, check-in and log-out (R2, R3, R4, R12), and devices registered and named by people. Changes the given world only. */
import { durationMillis } from './duration.js';
import { getUp } from './passing-time.js';
import { deviceNotActive, licenseRefusal, nextSeatFreeAt, notFound, refusal, type Reply, type Shown } from './reply.js';
import {
  deviceOf,
  known,
  type OracleDevice,
  type OracleLicense,
  seatOf,
  sitting,
  stateOf,
  type World,
} from './world.js';

export interface ClientFields {
  fingerprint: string;
  name?: string;
  platform?: string;
  appVersion?: string;
}

/** `POST /v1/devices` with a license key; `keyIsCurrent` is false for a key that was replaced. */
export function activate(world: World, at: number, client: ClientFields, keyIsCurrent: boolean): Reply {
  if (!keyIsCurrent) return refusal(401, 'unauthenticated');
  const license = known(world.licenses[at], 'license');
  const present = deviceOf(license, client.fingerprint);
  const refused = licenseRefusal(license, world) ?? seatRefusal(license, present);
  if (refused !== null) {
    tally(world, license, present === undefined ? null : client.fingerprint, known(refused.code, 'code'));
    return refused;
  }
  const device = present ?? birth(license, client.fingerprint, world.now, ['licenseKey']);
  nameByClient(device, client);
  if (stateOf(license, device) === 'active') {
    endToken(device, device.tokens.waiting);
    device.tokens.waiting = null;
    device.connections += 1;
  } else {
    sitDown(world, license, device);
  }
  connect(world, license, device);
  return { status: present === undefined ? 201 : 200, shows: shown(at, client.fingerprint, true) };
}

/** `POST /v1/devices/{id}/check-in` with a token that may have ended. */
export function checkIn(world: World, at: number, fingerprint: string, token: string, appVersion?: string): Reply {
  const license = known(world.licenses[at], 'license');
  const device = known(deviceOf(license, fingerprint), 'device');
  if (!useToken(device, token)) return refusal(401, 'unauthenticated');
  if (stateOf(license, device) !== 'active') return deviceNotActive(license, device);
  const refused = licenseRefusal(license, world);
  if (refused !== null) return refused;
  device.appVersion = appVersion ?? device.appVersion;
  device.connections += 1;
  connect(world, license, device);
  return { status: 200, shows: shown(at, fingerprint, true) };
}

/** `POST /v1/devices/{id}/log-out`. */
export function logOut(world: World, at: number, fingerprint: string, token: string): Reply {
  const license = known(world.licenses[at], 'license');
  const device = known(deviceOf(license, fingerprint), 'device');
  if (!useToken(device, token)) return refusal(401, 'unauthenticated');
  const state = stateOf(license, device);
  if (state === 'active') {
    device.rest = 'loggedOut';
    device.lastSeenAt = world.now;
    device.ended = { kind: 'device', at: world.now, reason: null };
    device.versionMove = 'grows';
    license.rows.push({
      machine: 'device',
      subject: fingerprint,
      event: 'logOut',
      from: 'active',
      to: 'loggedOut',
      at: world.now,
      note: null,
      actor: ['device'],
      ticketId: null,
    });
    getUp(license, device, world.now);
  } else if (state !== 'loggedOut') {
    return deviceNotActive(license, device);
  }
  return { status: 200, shows: shown(at, fingerprint, false) };
}

/** `GET /v1/devices/{id}` by the device itself. */
export function readSelf(world: World, at: number, fingerprint: string, token: string): Reply {
  const device = known(deviceOf(known(world.licenses[at], 'license'), fingerprint), 'device');
  if (!useToken(device, token)) return refusal(401, 'unauthenticated');
  return { status: 200, shows: { ...shown(at, fingerprint, false), bare: true } };
}

/** `POST /v1/licenses/{id}/devices` by a person. */
export function register(world: World, at: number, fingerprint: string, name: string | undefined): Reply {
  const license = known(world.licenses[at], 'license');
  const present = deviceOf(license, fingerprint);
  if (present === undefined) {
    const device = birth(license, fingerprint, world.now, ['member']);
    device.name = name ?? null;
    device.namedByPerson = name !== undefined;
  }
  return { status: present === undefined ? 201 : 200, shows: { ...shown(at, fingerprint, false), bare: true } };
}

/** `PATCH /v1/devices/{id}` by a person. */
export function rename(world: World, at: number, fingerprint: string, name: string): Reply {
  const device = deviceOf(known(world.licenses[at], 'license'), fingerprint);
  if (device === undefined) return notFound;
  if (device.name !== name) device.versionMove = 'grows';
  device.name = name;
  device.namedByPerson = true;
  return { status: 200, shows: { ...shown(at, fingerprint, false), bare: true } };
}

/** Takes note of the token of an accepted activation. */
export function takeToken(device: OracleDevice, token: string): void {
  device.tokens.waiting = token;
}

function shown(license: number, fingerprint: string, lease: boolean): Extract<Shown, { of: 'device' }> {
  return { of: 'device', license, fingerprint, bare: false, lease };
}

function seatRefusal(license: OracleLicense, device: OracleDevice | undefined): Reply | null {
  if (device !== undefined && stateOf(license, device) === 'active') return null;
  if (license.chairs.includes(null)) return null;
  return refusal(409, 'noSeatAvailable', {
    seats: license.chairs.length,
    activeDevices: sitting(license).length,
    nextSeatFreeAt: nextSeatFreeAt(license),
  });
}

function tally(world: World, license: OracleLicense, fingerprint: string | null, reason: string): void {
  const present = license.refusals.find((one) => one.fingerprint === fingerprint && one.reason === reason);
  if (present === undefined) license.refusals.push({ fingerprint, reason, times: 1, lastAt: world.now });
  else Object.assign(present, { times: present.times + 1, lastAt: world.now });
}

function birth(license: OracleLicense, fingerprint: string, at: number, actor: readonly string[]): OracleDevice {
  const device: OracleDevice = {
    fingerprint,
    id: null,
    name: null,
    namedByPerson: false,
    platform: null,
    appVersion: null,
    rest: 'inactive',
    activatedAt: null,
    lastSeenAt: null,
    due: null,
    leaseEnd: null,
    connections: 0,
    ended: null,
    tokens: { inUse: null, waiting: null, ended: [] },
    version: 0,
    versionMove: 'grows',
  };
  license.devices.push(device);
  license.rows.push({
    machine: 'device',
    subject: fingerprint,
    event: 'register',
    from: null,
    to: 'inactive',
    at,
    note: null,
    actor,
    ticketId: null,
  });
  return device;
}

function nameByClient(device: OracleDevice, client: ClientFields): void {
  if (client.name !== undefined && !device.namedByPerson && client.name !== device.name) {
    device.name = client.name;
    device.versionMove = 'grows';
  }
  device.platform = client.platform ?? device.platform;
  device.appVersion = client.appVersion ?? device.appVersion;
}

function sitDown(world: World, license: OracleLicense, device: OracleDevice): void {
  license.rows.push({
    machine: 'device',
    subject: device.fingerprint,
    event: 'activate',
    from: device.rest,
    to: 'active',
    at: world.now,
    note: null,
    actor: ['licenseKey'],
    ticketId: null,
  });
  license.chairs[license.chairs.indexOf(null)] = device.fingerprint;
  if (license.setting.wanted) license.setting.joined.push(device.fingerprint);
  device.activatedAt = world.now;
  device.ended = null;
  device.versionMove = 'grows';
  endToken(device, device.tokens.inUse);
  endToken(device, device.tokens.waiting);
  device.tokens.inUse = null;
  device.tokens.waiting = null;
}

function connect(world: World, license: OracleLicense, device: OracleDevice): void {
  device.lastSeenAt = world.now;
  device.due = world.now + durationMillis(license.checkInPeriod);
  const end = Math.min(device.due, license.validUntil ?? Infinity);
  device.leaseEnd = Math.floor(end / 1_000) * 1_000;
  known(seatOf(license, device.fingerprint), 'seat of a connected device');
}

function endToken(device: OracleDevice, token: string | null): void {
  if (token !== null) device.tokens.ended.push(token);
}

/** Whether the token is good. The first use of a waiting one ends the one in use. */
function useToken(device: OracleDevice, token: string): boolean {
  if (token === device.tokens.inUse) return true;
  if (token !== device.tokens.waiting) return false;
  endToken(device, device.tokens.inUse);
  device.tokens.inUse = token;
  device.tokens.waiting = null;
  return true;
}
