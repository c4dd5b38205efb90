/** What the oracle says that the server must answer. Data only. */
import { instant } from './duration.js';
import {
  type OracleDevice,
  type OracleLicense,
  outsiders,
  settingState,
  sitting,
  stateOf,
  statusOf,
  type World,
} from './world.js';

export type Json = Record<string, unknown>;

/** What the body of a success shows, by name; the representation is computed from the world afterwards. */
export type Shown =
  | { of: 'device'; license: number; fingerprint: string; bare: boolean; lease: boolean }
  | { of: 'setting'; license: number }
  | { of: 'license'; license: number; withKey: boolean }
  | { of: 'ticket'; subject: string | null; license: number };

/** The answer that must come: a success that shows something, or a refusal with its code and what it must carry. */
export interface Reply {
  status: number;
  code?: string;
  carries?: Json;
  shows?: Shown;
}

export function refusal(status: number, code: string, carries: Json = {}): Reply {
  return { status, code, carries };
}

export const notFound = refusal(404, 'notFound');

export function deviceNotActive(license: OracleLicense, device: OracleDevice): Reply {
  return refusal(409, 'deviceNotActive', { state: stateOf(license, device), endedBy: endedBy(device) });
}

/** The refusal that a license's status gives to activation and check-in; null where it is active. */
export function licenseRefusal(license: OracleLicense, world: World): Reply | null {
  const status = statusOf(license, world.now);
  if (status === 'active') return null;
  return refusal(403, { suspended: 'licenseSuspended', expired: 'licenseExpired', revoked: 'licenseRevoked' }[status]);
}

/** Why this device cannot be deactivated remotely now, R7; null where it can. */
export function remoteDeactivationReason(license: OracleLicense, device: OracleDevice): string | null {
  if (stateOf(license, device) !== 'active') return 'deviceNotActive';
  const state = settingState(license);
  if (state === 'disabled') return 'remoteDeactivationDisabled';
  if (state === 'enabling') return 'remoteDeactivationEnabling';
  return outsiders(license).includes(device) ? 'devicePredatesRemoteDeactivation' : null;
}

export function endedBy(device: OracleDevice): Json | null {
  return device.ended === null ? null : { ...device.ended, at: instant(device.ended.at) };
}

/** The devices that a list inside an answer names: the 20 with the earliest dates. */
export function namedDevices(devices: readonly OracleDevice[]): Json[] {
  return devices
    .slice(0, 20)
    .map((device) => ({ id: device.id, name: device.name, deactivationDate: instant(device.due) }));
}

/** The earliest deactivation date of the license's active devices. */
export function nextSeatFreeAt(license: OracleLicense): string | null {
  return instant(sitting(license)[0]?.due ?? null);
}
