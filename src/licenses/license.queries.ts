/** Reads and issues licenses. Counts are those of the settled state (R4). */
import type { DeviceRow } from '../../machines/index.js';
import { type DeviceColumns, deviceOf } from '../devices/device.mapper.js';
import type { Session } from '../persistence/session.js';
import {
  type LicenseColumns,
  type LicenseRecord,
  licenseRecordOf,
  licenseSelection,
  licenseSource,
} from './license.mapper.js';

/** The license with this id, as it is written, where the organization sees it; null where not. */
export async function findLicense(
  session: Session,
  id: string,
  organizationId: string | null,
): Promise<LicenseRecord | null> {
  const [row] = await session.all<LicenseColumns>(`SELECT ${licenseSelection} FROM ${licenseSource} WHERE l.id = ?`, [
    id,
  ]);
  if (row === undefined || (organizationId !== null && row.organization_id !== organizationId)) return null;
  return licenseRecordOf(row);
}

/** Licenses in the order in which they were issued. @param organizationId null for all */
export async function listLicenses(
  session: Session,
  organizationId: string | null,
  after: string,
  countMax: number,
): Promise<LicenseRecord[]> {
  const [condition, values] = organizationId === null ? ['', []] : ['AND l.organization_id = ?', [organizationId]];
  const rows = await session.all<LicenseColumns>(
    `SELECT ${licenseSelection} FROM ${licenseSource} WHERE l.id > ? ${condition} ORDER BY l.id LIMIT ?`,
    [after, ...values, countMax],
  );
  return rows.map(licenseRecordOf);
}

/** How many devices of the license are active at `now`. */
export async function countActiveDevices(session: Session, licenseId: string, now: number): Promise<number> {
  const [row] = await session.all<{ count: number }>(
    `SELECT (SELECT count(*) FROM seat WHERE license_id = ? AND device_id IS NOT NULL)
       - (SELECT count(*) FROM device WHERE license_id = ? AND state = 'active' AND sweep_at <= ? AND deactivation_date <= ?)
       AS count`,
    [licenseId, licenseId, now, now],
  );
  return Number(row?.count ?? 0);
}

/** Seats by number, each with the device that is written to occupy it. */
export async function listSeats(
  session: Session,
  licenseId: string,
  after: number,
  countMax: number,
): Promise<{ number: number; device: DeviceRow | null }[]> {
  const rows = await session.all<DeviceColumns & { number: number; id: string | null }>(
    `SELECT s.number, d.* FROM seat s LEFT JOIN device d ON d.id = s.device_id
     WHERE s.license_id = ? AND s.number > ? ORDER BY s.number LIMIT ?`,
    [licenseId, after, countMax],
  );
  return rows.map((row) => ({ number: row.number, device: row.id === null ? null : deviceOf(row) }));
}

/** Blocking devices (R6): how many, until when, and those with the earliest dates. */
export interface BlockingDevices {
  readonly count: number;
  readonly latest: number | null;
  readonly earliest: readonly DeviceRow[];
}

/** The active devices that activated under another epoch. */
export async function findBlockingDevices(
  session: Session,
  licenseId: string,
  epoch: number,
  now: number,
  countMax: number,
): Promise<BlockingDevices> {
  const condition = `license_id = ? AND state = 'active' AND deactivation_date > ? AND (epoch IS NULL OR epoch <> ?)`;
  const [total] = await session.all<{ count: number; latest: number | null }>(
    `SELECT count(*) AS count, max(deactivation_date) AS latest FROM device WHERE ${condition}`,
    [licenseId, now, epoch],
  );
  const rows = await session.all<DeviceColumns>(
    `SELECT * FROM device WHERE ${condition} ORDER BY deactivation_date, id LIMIT ?`,
    [licenseId, now, epoch, countMax],
  );
  return { count: Number(total?.count ?? 0), latest: total?.latest ?? null, earliest: rows.map(deviceOf) };
}

/** Writes a new license with its setting; its seats and its first row in the history are the coordinator's statements. */
export async function insertLicense(session: Session, record: LicenseRecord, createdAt: number): Promise<void> {
  const { license, setting } = record;
  await session.run(
    `INSERT INTO license (id, organization_id, product, key_hash, key_hint, status, seats, check_in_period,
       check_in_period_millis, valid_until, support_and_upgrade_until, last_sequence, version, created_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [
      license.id,
      record.organizationId,
      record.product,
      license.keyHash,
      license.keyHint,
      license.status,
      license.seats,
      license.checkInPeriod,
      license.checkInPeriodMillis,
      license.validUntil,
      license.supportAndUpgradeUntil,
      record.lastSequence,
      license.version,
      createdAt,
    ],
  );
  await session.run('INSERT INTO remote_deactivation (license_id, state, epoch) VALUES (?, ?, ?)', [
    license.id,
    setting.state,
    setting.epoch,
  ]);
}
