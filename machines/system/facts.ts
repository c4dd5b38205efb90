/** Events with the facts that their guards ask for, taken from rows: what a command, and whoever only asks, hands to a machine. */
import type { DeviceEvent } from '../device/device.events.js';
import type { LicenseRow, SettingRow } from './rows.js';

type Event<Type extends DeviceEvent['type']> = Extract<DeviceEvent, { type: Type }>;

/** R1, R2, R7: the seat that would be taken is the lowest free one; the epoch is the setting's, none while it is disabled. */
export function activation(
  license: LicenseRow,
  setting: SettingRow,
  freeSeat: number | null,
  at: number,
): Event<'activate'> {
  const epoch = setting.state === 'disabled' ? null : setting.epoch;
  return { type: 'activate', ...connectionTo(license, at), freeSeat, epoch };
}

/** R4. */
export function connection(license: LicenseRow, at: number): Event<'checkIn'> {
  return { type: 'checkIn', ...connectionTo(license, at) };
}

/** R7. */
export function remoteDeactivation(setting: SettingRow, at: number): Event<'remotelyDeactivate'> {
  return { type: 'remotelyDeactivate', at, setting: setting.state, epoch: setting.epoch };
}

function connectionTo({ status, checkInPeriodMillis, validUntil }: LicenseRow, at: number) {
  return { at, licenseStatus: status, checkInPeriodMillis, validUntil };
}
