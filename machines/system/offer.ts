/**
 * What an owner is offered for a device: remote deactivation, or the reason why not (R7, R13). The answer is the
 * machine's own decision, so it is the same one that the attempt would get.
 */
import { askDevice, deviceSnapshot } from '../device/device.decide.js';
import type { Reason } from '../reasons.js';
import { remoteDeactivation } from './facts.js';
import type { DeviceRow, SettingRow } from './rows.js';

export type Offer =
  { readonly allowed: true; readonly reason: null } | { readonly allowed: false; readonly reason: Reason };

/** Whether a settled device could be deactivated remotely now under its license's settled setting, role aside. */
export function offerRemoteDeactivation(device: DeviceRow, setting: SettingRow, now: number): Offer {
  const verdict = askDevice(deviceSnapshot(device.state, device), remoteDeactivation(setting, now));
  if (verdict.outcome === 'changed') return { allowed: true, reason: null };
  return { allowed: false, reason: verdict.outcome === 'refused' ? verdict.reason : 'deviceNotActive' };
}
