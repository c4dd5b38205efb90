/** Reads and issues licenses. Counts are those of the settled state (R4). */
import type { DeviceRow, LicenseStatus, RemoteDeactivationState } from '../../machines/index.js';
import { type DeviceColumns, deviceOf } from '../devices/device.mapper.js';
import type { Session, SqlValue } from '../persistence/session.js';
import { containing } from '../persistence/text.search.js';
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

/** Which licenses are wanted; what is left out is not asked for. */
export interface LicenseFilter {
  readonly organizationId?: string | undefined;
  /** What the product has in it. */
  readonly search?: string | undefined;
  readonly status?: readonly LicenseStatus[] | undefined;
  readonly remoteDeactivation?: readonly RemoteDeactivationState[] | undefined;
}

interface Condition {
  readonly sql: string;
  readonly values: readonly SqlValue[];
}

/**
 * Licenses in the order in which they were issued.
 *
 * @param only the one organization whose licenses the asker sees; null for all
 * @param now epoch milliseconds: filters are about the settled state
 */
export async function listLicenses(
  session: Session,
  only: string | null,
  filter: LicenseFilter,
  now: number,
  after: string,
  countMax: number,
): Promise<LicenseRecord[]> {
  const conditions: Condition[] = [{ sql: 'l.id > ?', values: [after] }];
  if (only !== null) conditions.push({ sql: 'l.organization_id = ?', values: [only] });
  const { organizationId, search, status, remoteDeactivation } = filter;
  if (organizationId !== undefined) conditions.push({ sql: 'l.organization_id = ?', values: [organizationId] });
  if (search !== undefined) {
    const { sql, value } = containing('l.product', search);
    conditions.push({ sql, values: [value] });
  }
  if (status !== undefined) conditions.push(oneOf(status.map((one) => settledStatus(one, now))));
  if (remoteDeactivation !== undefined) {
    conditions.push(oneOf(remoteDeactivation.map((state) => settledSetting(state, now))));
  }
  const rows = await session.all<LicenseColumns>(
    `SELECT ${licenseSelection} FROM ${licenseSource} WHERE ${conditions.map(({ sql }) => sql).join(' AND ')}
     ORDER BY l.id LIMIT ?`,
    [...conditions.flatMap(({ values }) => values), countMax],
  );
  return rows.map(licenseRecordOf);
}

function oneOf(conditions: readonly Condition[]): Condition {
  return {
    sql: `(${conditions.map(({ sql }) => `(${sql})`).join(' OR ')})`,
    values: conditions.flatMap(({ values }) => values),
  };
}

function settledStatus(status: LicenseStatus, now: number): Condition {
  if (status === 'active') {
    return { sql: `l.status = 'active' AND (l.valid_until IS NULL OR l.valid_until > ?)`, values: [now] };
  }
  if (status !== 'expired') return { sql: 'l.status = ?', values: [status] };
  return { sql: `l.status = 'expired' OR (l.status = 'active' AND l.valid_until <= ?)`, values: [now] };
}

/** R6: without a blocking device that is still active, it is enabled. */
function settledSetting(state: RemoteDeactivationState, now: number): Condition {
  if (state === 'disabled') return { sql: `r.state = 'disabled'`, values: [] };
  const isBlocked = `EXISTS (SELECT 1 FROM device d WHERE d.license_id = l.id AND d.state = 'active'
    AND d.deactivation_date > ? AND (d.epoch IS NULL OR d.epoch <> r.epoch))`;
  if (state === 'enabling') return { sql: `r.state = 'enabling' AND ${isBlocked}`, values: [now] };
  return { sql: `r.state = 'enabled' OR (r.state = 'enabling' AND NOT ${isBlocked})`, values: [now] };
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
