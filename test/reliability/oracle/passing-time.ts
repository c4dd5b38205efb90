/**
 * What happens by itself as time goes by (R4, R6): the oracle walks through the due moments one after the other, in the order of time, where
 * the server settles in one go. It never looks at a clock.
 */
import {
  type OracleDevice,
  type OracleLicense,
  outsiders,
  settingState,
  sitting,
  statusOf,
  type World,
} from './world.js';

/** Lets the time pass until `until` (epoch milliseconds), everything due by then included. */
export function letTimePass(world: World, until: number): void {
  for (;;) {
    const moment = nextMoment(world, until);
    if (moment === null) break;
    const before = world.now;
    world.now = Math.max(before, moment);
    for (const license of world.licenses) {
      endDueDevices(license, moment);
      endValidity(license, before, moment);
    }
  }
  world.now = until;
}

/** A device gets up at `at`. Where it was the last that an enabling waited for, the setting becomes `enabled` with it (R6). */
export function getUp(license: OracleLicense, device: OracleDevice, at: number): void {
  license.chairs = license.chairs.map((occupant) => (occupant === device.fingerprint ? null : occupant));
  license.setting.joined = license.setting.joined.filter((fingerprint) => fingerprint !== device.fingerprint);
  device.due = null;
  if (settingState(license) !== 'enabling' || outsiders(license).length > 0) return;
  license.setting.reached = true;
  license.rows.push({
    machine: 'remoteDeactivation',
    subject: 'license',
    event: 'blockingDeviceLeft',
    from: 'enabling',
    to: 'enabled',
    at,
    note: null,
    actor: null,
  });
}

function nextMoment(world: World, until: number): number | null {
  const moments = world.licenses.flatMap((license) => [
    ...sitting(license).map((device) => device.due ?? Infinity),
    ...(statusOf(license, world.now) === 'active' && license.validUntil !== null ? [license.validUntil] : []),
  ]);
  const earliest = Math.min(...moments);
  return earliest <= until ? earliest : null;
}

function endDueDevices(license: OracleLicense, moment: number): void {
  for (const device of sitting(license)) {
    if (device.due === null || device.due > moment) continue;
    device.rest = 'expired';
    device.ended = { kind: 'expiry', at: device.due, reason: null };
    device.versionMove = 'grows';
    license.rows.push({
      machine: 'device',
      subject: device.fingerprint,
      event: 'expire',
      from: 'active',
      to: 'expired',
      at: device.due,
      note: null,
      actor: ['expiry'],
      ticketId: null,
    });
    getUp(license, device, device.due);
  }
}

function endValidity(license: OracleLicense, before: number, moment: number): void {
  if (license.validUntil === null || license.validUntil > moment) return;
  if (statusOf(license, before) !== 'active' || statusOf(license, moment) !== 'expired') return;
  license.versionMove = 'grows';
  license.rows.push({
    machine: 'license',
    subject: 'license',
    event: 'expire',
    from: 'active',
    to: 'expired',
    at: license.validUntil,
    note: null,
    actor: ['expiry', 'system'],
    ticketId: null,
  });
}
