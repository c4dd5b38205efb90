/** The oracle's remote and forced deactivation and the setting (R6 to R9). Changes the given world only. */
import { instant } from './duration.js';
import { getUp } from './passing-time.js';
import { deviceNotActive, type Json, namedDevices, refusal, remoteDeactivationReason, type Reply } from './reply.js';
import {
  deviceOf,
  type Ending,
  known,
  type OracleDevice,
  type OracleLicense,
  type OracleTicket,
  outsiders,
  settingState,
  sitting,
  stateOf,
  type World,
} from './world.js';

export type PersonKind = 'member' | 'support' | 'operator';

/** `POST /v1/devices/{id}/remote-deactivation`. */
export function remotelyDeactivate(
  world: World,
  at: number,
  fingerprint: string,
  by: PersonKind,
  reason: string | null,
): Reply {
  const license = known(world.licenses[at], 'license');
  const device = known(deviceOf(license, fingerprint), 'device');
  if (stateOf(license, device) === 'remotelyDeactivated') return deactivated(at, fingerprint);
  const why = remoteDeactivationReason(license, device);
  if (why === 'deviceNotActive') return deviceNotActive(license, device);
  if (why !== null) return refusal(409, why, blockers(license, why));
  takeSeat(license, device, { kind: by, at: world.now, reason }, 'remotelyDeactivate', null);
  return deactivated(at, fingerprint);
}

/** `POST /v1/devices/{id}/forced-deactivation` on a ticket, whatever the setting says (R9). */
export function forceDeactivate(
  world: World,
  at: number,
  fingerprint: string,
  ticketId: string,
  by: PersonKind,
  reason: string,
): Reply {
  const license = known(world.licenses[at], 'license');
  const device = known(deviceOf(license, fingerprint), 'device');
  const ticket = ticketOf(world, ticketId);
  if (!applies(ticket, at)) return refusal(409, 'ticketNotApplicable');
  if (stateOf(license, device) === 'remotelyDeactivated') return deactivated(at, fingerprint);
  if (stateOf(license, device) !== 'active') return deviceNotActive(license, device);
  takeSeat(license, device, { kind: by, at: world.now, reason }, 'forceDeactivate', ticketId);
  resolveByForce(world, license, ticket);
  return deactivated(at, fingerprint);
}

/** `PUT /v1/licenses/{id}/remote-deactivation` (R6). */
export function setSetting(world: World, at: number, enabled: boolean, by: PersonKind): Reply {
  const license = known(world.licenses[at], 'license');
  const before = settingState(license);
  if (enabled && before === 'disabled') {
    license.setting = { wanted: true, reached: sitting(license).length === 0, joined: [] };
    settingRow(world, license, 'enable', before, by, null);
  }
  if (!enabled && before !== 'disabled') {
    license.setting = { wanted: false, reached: false, joined: [] };
    settingRow(world, license, 'disable', before, by, null);
  }
  return { status: settingState(license) === 'enabling' ? 202 : 200, shows: { of: 'setting', license: at } };
}

/** `POST /v1/licenses/{id}/remote-deactivation/forced` on a ticket (R9). */
export function forceEnable(world: World, at: number, ticketId: string, by: PersonKind): Reply {
  const license = known(world.licenses[at], 'license');
  const ticket = ticketOf(world, ticketId);
  if (!applies(ticket, at)) return refusal(409, 'ticketNotApplicable');
  const before = settingState(license);
  if (before !== 'enabled') {
    const joined = before === 'enabling' ? license.setting.joined : [];
    license.setting = { wanted: true, reached: true, joined };
    settingRow(world, license, 'forceEnable', before, by, ticketId);
    resolveByForce(world, license, ticket);
  }
  return { status: 200, shows: { of: 'setting', license: at } };
}

/** The representation of the setting. */
export function expectedSetting(license: OracleLicense): Json {
  const blocking = settingState(license) === 'enabling' ? outsiders(license) : [];
  return {
    state: settingState(license),
    blockingDevices: namedDevices(blocking),
    blockingDeviceCount: blocking.length,
    enabledAtLatest: instant(blocking.at(-1)?.due ?? null),
  };
}

/** Whether a forced action changes nothing on a ticket that is still open: the contract leaves open whether that resolves it. */
export function isRepeatOnOpenTicket(world: World, ticketId: string, changesNothing: boolean): boolean {
  return changesNothing && ticketOf(world, ticketId).status === 'open';
}

function deactivated(license: number, fingerprint: string): Reply {
  return { status: 200, shows: { of: 'device', license, fingerprint, bare: false, lease: false } };
}

function blockers(license: OracleLicense, why: string): Json {
  return why === 'remoteDeactivationEnabling' ? { blockingDevices: namedDevices(outsiders(license)) } : {};
}

function ticketOf(world: World, id: string): OracleTicket {
  return known(
    world.tickets.find((ticket) => ticket.id === id),
    'ticket',
  );
}

function applies(ticket: OracleTicket, license: number): boolean {
  return ticket.license === license && ticket.topic === 'deviceDeactivation' && ticket.status !== 'closed';
}

function takeSeat(
  license: OracleLicense,
  device: OracleDevice,
  ending: Ending,
  event: string,
  ticketId: string | null,
): void {
  device.rest = 'remotelyDeactivated';
  device.ended = ending;
  device.versionMove = 'grows';
  license.rows.push({
    machine: 'device',
    subject: device.fingerprint,
    event,
    from: 'active',
    to: 'remotelyDeactivated',
    at: ending.at,
    note: ending.reason,
    actor: [ending.kind],
    ticketId,
  });
  getUp(license, device, ending.at);
}

function settingRow(
  world: World,
  license: OracleLicense,
  event: string,
  from: string,
  by: PersonKind,
  ticketId: string | null,
): void {
  license.rows.push({
    machine: 'remoteDeactivation',
    subject: 'license',
    event,
    from,
    to: settingState(license),
    at: world.now,
    note: null,
    actor: [by],
    ticketId,
  });
}

function resolveByForce(world: World, license: OracleLicense, ticket: OracleTicket): void {
  if (ticket.status !== 'open') return;
  ticket.status = 'resolved';
  ticket.versionMove = 'grows';
  license.rows.push({
    machine: 'supportTicket',
    subject: ticket.id,
    event: 'resolve',
    from: 'open',
    to: 'resolved',
    at: world.now,
    note: null,
    actor: null,
  });
}
