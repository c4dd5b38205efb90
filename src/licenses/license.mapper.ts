/** A license with its setting, between its rows and the rules. */
import type { LicenseRow, LicenseStatus, RemoteDeactivationState, SettingRow } from '../../machines/index.js';

/** Columns of `license` joined with its row of `remote_deactivation`. */
export interface LicenseColumns {
  id: string;
  organization_id: string;
  product: string;
  key_hash: string;
  key_hint: string;
  status: string;
  seats: number;
  check_in_period: string;
  check_in_period_millis: number;
  valid_until: number | null;
  support_and_upgrade_until: number | null;
  last_sequence: number;
  version: number;
  created_at: number;
  setting_state: string;
  setting_epoch: number;
}

/** A license with what only the server keeps of it. */
export interface LicenseRecord {
  readonly license: LicenseRow;
  readonly setting: SettingRow;
  readonly organizationId: string;
  readonly product: string;
  readonly lastSequence: number;
}

/** What to select, from `license l JOIN remote_deactivation r ON r.license_id = l.id`. */
export const licenseSelection = 'l.*, r.state AS setting_state, r.epoch AS setting_epoch';
export const licenseSource = 'license l JOIN remote_deactivation r ON r.license_id = l.id';

/** Reads a row. */
export function licenseRecordOf(row: LicenseColumns): LicenseRecord {
  return {
    license: {
      id: row.id,
      status: row.status as LicenseStatus,
      seats: row.seats,
      checkInPeriod: row.check_in_period,
      checkInPeriodMillis: row.check_in_period_millis,
      validUntil: row.valid_until,
      supportAndUpgradeUntil: row.support_and_upgrade_until,
      keyHash: row.key_hash,
      keyHint: row.key_hint,
      version: row.version,
    },
    setting: { state: row.setting_state as RemoteDeactivationState, epoch: row.setting_epoch },
    organizationId: row.organization_id,
    product: row.product,
    lastSequence: row.last_sequence,
  };
}
