/** A device as it is shown. What an owner is offered comes from the machine, and the remedy is that of the refusal (R13). */
import { type DeviceRow, offerRemoteDeactivation, type SettingRow } from '../../machines/index.js';
import { formatInstant } from '../clock/instant.js';
import { remedyOf } from '../problems/problem.js';
import type { DeviceRepresentation } from './device.schemas.js';

/** The representation of a settled device under its license's settled setting at `now`. */
export function presentDevice(device: DeviceRow, setting: SettingRow, now: number): DeviceRepresentation {
  const { allowed, reason } = offerRemoteDeactivation(device, setting, now);
  return {
    id: device.id,
    licenseId: device.licenseId,
    fingerprint: device.fingerprint,
    name: device.name,
    platform: device.platform,
    appVersion: device.appVersion,
    state: device.state,
    seat: device.seat,
    activatedAt: formatOptional(device.activatedAt),
    lastSeenAt: formatOptional(device.lastSeenAt),
    deactivationDate: formatOptional(device.deactivationDate),
    leaseExpiresAt: formatOptional(device.leaseExpiresAt),
    checkInCount: device.checkInCount,
    remoteDeactivation: { allowed, reason, remedy: reason === null ? null : remedyOf(reason) },
    endedBy: presentEnding(device.endedBy),
    version: device.version,
  };
}

/** How an activation ended, as it is shown. */
export function presentEnding(ending: DeviceRow['endedBy']): DeviceRepresentation['endedBy'] {
  return ending === null ? null : { ...ending, at: formatInstant(ending.at) };
}

function formatOptional(instant: number | null): string | null {
  return instant === null ? null : formatInstant(instant);
}
