/**
 * The settled state for those who read: what is true at this instant, whether or not it was written (R4). It loads the few
 * facts that `settle` needs and asks it; filters and counts in SQL repeat its one condition, `deactivation_date <= now`.
 */
import { type DeviceRow, type LicenseRow, type SettingRow, settle } from '../../machines/index.js';
import { countDevicesOfOtherEpochs } from '../coordinator/statements.js';
import { loneRows } from '../coordinator/world.js';
import type { Session } from '../persistence/session.js';
import type { LicenseRecord } from './license.mapper.js';

/** A license and its setting as they are at `now`. */
export interface SettledLicense {
  readonly license: LicenseRow;
  readonly setting: SettingRow;
  readonly organizationId: string;
  readonly product: string;
  readonly now: number;
}

/** Settles a license and its setting. */
export async function settleLicense(session: Session, record: LicenseRecord, now: number): Promise<SettledLicense> {
  const { license, setting, organizationId, product } = record;
  const blocking =
    setting.state === 'enabling' ? await countDevicesOfOtherEpochs(session, license.id, setting.epoch, now, 1) : 0;
  const { rows } = settle(loneRows(license, setting, null, blocking), now);
  return { license: rows.license, setting: rows.setting, organizationId, product, now };
}

/** Settles a device of a settled license. */
export function settleDevice({ license, setting, now }: SettledLicense, device: DeviceRow): DeviceRow {
  // The setting is settled already: another blocking device keeps it as it is.
  const { rows } = settle(loneRows(license, setting, device, 1), now);
  return rows.devices.get(device.id) ?? device;
}
