/**
 * What the oracle expects a device, a license and a ticket to look like to somebody who reads them. Versions and remedies are left out: a
 * version is only known to stay or to grow, a remedy to be a sentence.
 */
import { expectedSetting } from './deactivation.js';
import { instant } from './duration.js';
import { endedBy, type Json, remoteDeactivationReason } from './reply.js';
import {
  known,
  type OracleDevice,
  type OracleLicense,
  type OracleTicket,
  seatOf,
  sitting,
  stateOf,
  statusOf,
  type World,
} from './world.js';

export function expectedDevice(license: OracleLicense, device: OracleDevice): Json {
  const reason = remoteDeactivationReason(license, device);
  return {
    id: device.id,
    licenseId: license.id,
    fingerprint: device.fingerprint,
    name: device.name,
    platform: device.platform,
    appVersion: device.appVersion,
    state: stateOf(license, device),
    seat: seatOf(license, device.fingerprint),
    activatedAt: instant(device.activatedAt),
    lastSeenAt: instant(device.lastSeenAt),
    deactivationDate: instant(device.due),
    leaseExpiresAt: instant(device.leaseEnd),
    checkInCount: device.connections,
    remoteDeactivation: { allowed: reason === null, reason },
    endedBy: endedBy(device),
  };
}

export function expectedLicense(world: World, license: OracleLicense): Json {
  return {
    id: license.id,
    organizationId: known(world.organizations[license.organization], 'organization').id,
    product: license.product,
    keyHint: license.keyHint,
    status: statusOf(license, world.now),
    seats: license.chairs.length,
    activeDevices: sitting(license).length,
    checkInPeriod: license.checkInPeriod,
    validUntil: instant(license.validUntil),
    supportAndUpgradeUntil: instant(license.supportAndUpgradeUntil),
    remoteDeactivation: expectedSetting(license),
  };
}

export function expectedTicket(world: World, ticket: OracleTicket): Json {
  return {
    id: ticket.id,
    licenseId: known(world.licenses[ticket.license], 'license').id,
    deviceId: null,
    topic: ticket.topic,
    message: ticket.message,
    status: ticket.status,
    createdAt: instant(ticket.createdAt),
  };
}
