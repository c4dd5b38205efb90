/** The birth of a license: how it and its setting begin (R5), and the row that the history begins with (R11). */
import { blankStep, type Occasion } from './draft.js';
import type { LicenseRow, SettingRow } from './rows.js';
import type { Step } from './step.js';

/** How the setting of a new license begins: enabled, in its first epoch (R5). */
const newSetting: SettingRow = { state: 'enabled', epoch: 1 };
/** How the setting of an older license begins: disabled, and never enabled so far. */
const olderSetting: SettingRow = { state: 'disabled', epoch: 0 };

/** The setting that a license of this epoch began with: an epoch of 0 was never enabled (R5). */
export function settingAtBirth(epoch: number): SettingRow {
  return epoch === 0 ? olderSetting : { ...newSetting, epoch };
}

/** What the vendor says of a license to be issued. */
export type LicenseTerms = Omit<LicenseRow, 'status' | 'version'>;

/** A license as it begins. @param remoteDeactivation `disabled` for an older license that is imported */
export function issue(
  terms: LicenseTerms,
  remoteDeactivation: 'enabled' | 'disabled',
  occasion: Occasion,
): { license: LicenseRow; setting: SettingRow; step: Step } {
  const license: LicenseRow = { ...terms, status: 'active', version: 1 };
  const setting = remoteDeactivation === 'enabled' ? newSetting : olderSetting;
  const step = {
    ...blankStep('license', license.id, 'issue', occasion),
    to: license.status,
    seats: license.seats,
    epoch: setting.epoch,
  };
  return { license, setting, step };
}
