/** The birth of a license: how it and its setting begin (R5), and the row that the history begins with (R11). */
import { blankStep, type Occasion } from './draft.js';
import type { LicenseRow, SettingRow } from './rows.js';
import type { Step } from './step.js';

/** How the setting of a new license begins: enabled, in its first epoch (R5). */
const newSetting: SettingRow = { state: 'enabled', epoch: 1 };
/** How the setting of an older license begins: disabled, and never enabled so far. */
const olderSetting: SettingRow = { state: 'disabled', epoch: 0 };

/** What the vendor says of a license to be issued. */
export type LicenseTerms = Omit<LicenseRow, 'status' | 'version'>;

/** A license as it begins. @param remoteDeactivation `disabled` for an older license that is imported */
export function issue(
  terms: LicenseTerms,
  remoteDeactivation: 'enabled' | 'disabled',
  occasion: Occasion,
): { license: LicenseRow; setting: SettingRow; step: Step } {
  const license: LicenseRow = { ...terms, status: 'active', version: 1 };
  return {
    license,
    setting: remoteDeactivation === 'enabled' ? newSetting : olderSetting,
    step: { ...blankStep('license', license.id, 'issue', occasion), to: license.status, seats: license.seats },
  };
}
