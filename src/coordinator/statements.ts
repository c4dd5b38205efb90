/**
 * The coordinator's SQL: a few multi-row statements, the same for every database. It says how rows are found and written,
 * and nothing about when.
 */
import type { DeviceColumns } from '../devices/device.mapper.js';
import {
  deviceColumns,
  deviceColumnsOf,
  deviceColumnTypes,
  type DeviceRecord,
  valuesOf,
} from '../devices/device.mapper.js';
import { transitionColumns, transitionColumnTypes, transitionValuesOf } from '../history/transition.mapper.js';
import {
  type LicenseColumns,
  type LicenseRecord,
  licenseSelection,
  licenseSource,
} from '../licenses/license.mapper.js';
import { hasRivals, type Session } from '../persistence/session.js';
import { type TicketColumns, ticketColumns, ticketValuesOf } from '../support/support-ticket.mapper.js';
import type { SettingRow, TicketRow } from '../../machines/index.js';
import { FindByText, MultiStatement } from './multi.statement.js';
import type { RecordedStep } from './result.js';

const devicesById = new FindByText(
  (condition) => `SELECT ${deviceColumns.join(', ')} FROM device WHERE id ${condition}`,
);
const devicesByFingerprint = new MultiStatement(
  ['text', 'text'],
  (rows) => `SELECT * FROM device WHERE (license_id, fingerprint) IN (${rows})`,
);
const licensesById = new FindByText(
  (condition) => `SELECT ${licenseSelection} FROM ${licenseSource} WHERE l.id ${condition}`,
);
const ticketsById = new FindByText((condition) => `SELECT * FROM support_ticket WHERE id ${condition}`);

export async function loadDevices(session: Session, ids: readonly string[]): Promise<DeviceColumns[]> {
  return (await devicesById.lists(session, ids)).map(deviceColumnsOf);
}

/** Devices by license and fingerprint. */
export function loadDevicesByFingerprint(session: Session, pairs: [string, string][]): Promise<DeviceColumns[]> {
  return devicesByFingerprint.all(session, pairs);
}

/** Overdue devices of a license that are not written as such yet, those on the lowest seats first. */
export function loadOverdueDevices(
  session: Session,
  licenseId: string,
  now: number,
  limit: number,
): Promise<DeviceColumns[]> {
  return session.all(
    `SELECT * FROM device WHERE license_id = ? AND state = 'active' AND sweep_at <= ? AND deactivation_date <= ?
     ORDER BY deactivation_date, seat_number LIMIT ?`,
    [licenseId, now, now, limit],
  );
}

/** Active devices on seats above a number, lowest seat first. */
export function loadDevicesAboveSeat(session: Session, licenseId: string, seat: number): Promise<DeviceColumns[]> {
  return session.all(
    `SELECT d.* FROM seat s JOIN device d ON d.id = s.device_id
     WHERE s.license_id = ? AND s.number > ? ORDER BY s.number`,
    [licenseId, seat],
  );
}

export function loadLicenses(session: Session, ids: readonly string[]): Promise<LicenseColumns[]> {
  return licensesById.all(session, ids);
}

const licensesOfDevices = new FindByText(
  (condition) => `SELECT ${licenseSelection} FROM ${licenseSource}
    WHERE l.id IN (SELECT license_id FROM device WHERE id ${condition})`,
);

/** The licenses that these devices are of. */
export function loadLicensesOfDevices(session: Session, deviceIds: readonly string[]): Promise<LicenseColumns[]> {
  return licensesOfDevices.all(session, deviceIds);
}

export function loadTickets(session: Session, ids: readonly string[]): Promise<TicketColumns[]> {
  return ticketsById.all(session, ids);
}

/** The lowest free seats, ascending. */
export async function loadFreeSeats(session: Session, licenseId: string, limit: number): Promise<number[]> {
  const rows = await session.all<{ number: number }>(
    'SELECT number FROM seat WHERE license_id = ? AND device_id IS NULL ORDER BY number LIMIT ?',
    [licenseId, limit],
  );
  return rows.map((row) => row.number);
}

/** How many seats are occupied. */
export async function countOccupiedSeats(session: Session, licenseId: string): Promise<number> {
  const [row] = await session.all<{ count: number }>(
    'SELECT count(*) AS count FROM seat WHERE license_id = ? AND device_id IS NOT NULL',
    [licenseId],
  );
  return Number(row?.count ?? 0);
}

/** How many active devices are of another epoch (R6), overdue ones left out where `after` is given; stops at `limit`. */
export async function countDevicesOfOtherEpochs(
  session: Session,
  licenseId: string,
  epoch: number,
  after: number,
  limit: number,
): Promise<number> {
  const [row] = await session.all<{ count: number }>(
    `SELECT count(*) AS count FROM (
       SELECT 1 FROM device WHERE license_id = ? AND state = 'active' AND deactivation_date > ?
         AND (epoch IS NULL OR epoch <> ?) LIMIT ?) AS others`,
    [licenseId, after, epoch, limit],
  );
  return Number(row?.count ?? 0);
}

const connectionsSaved = new MultiStatement(
  ['bigint', 'bigint', 'bigint', 'integer', 'integer', 'text', 'text'],
  (rows) => `UPDATE device SET last_seen_at = saved.last_seen_at, deactivation_date = saved.deactivation_date,
      lease_expires_at = saved.lease_expires_at, check_in_count = saved.check_in_count,
      check_ins_since_row = saved.check_ins_since_row, app_version = saved.app_version
    FROM (${rows}) AS saved (last_seen_at, deactivation_date, lease_expires_at, check_in_count, check_ins_since_row,
      app_version, id) WHERE device.id = saved.id`,
);

/** What a connection changes, and nothing else: no index has to move. SQLite does it faster one by one. */
export async function saveConnections(session: Session, records: readonly DeviceRecord[]): Promise<void> {
  const values = records.map(({ device }) => [
    device.lastSeenAt,
    device.deactivationDate,
    device.leaseExpiresAt,
    device.checkInCount,
    device.checkInsSinceRow,
    device.appVersion,
    device.id,
  ]);
  if (session.dialect === 'postgres') {
    await connectionsSaved.run(session, values);
    return;
  }
  await session.runEach(
    `UPDATE device SET last_seen_at = ?, deactivation_date = ?, lease_expires_at = ?, check_in_count = ?,
       check_ins_since_row = ?, app_version = ? WHERE id = ?`,
    values,
  );
}

const tokensSaved = new MultiStatement(
  ['text', 'text', 'text'],
  (rows) => `UPDATE device SET token_hash = saved.token_hash, next_token_hash = saved.next_token_hash
    FROM (${rows}) AS saved (token_hash, next_token_hash, id) WHERE device.id = saved.id`,
);

/** Tokens that were used for the first time, or given to a device that was active. */
export async function saveTokens(session: Session, records: readonly DeviceRecord[]): Promise<void> {
  const values = records.map(({ device, tokenHash, nextTokenHash }) => [tokenHash, nextTokenHash, device.id]);
  if (session.dialect === 'postgres') await tokensSaved.run(session, values);
  else await session.runEach('UPDATE device SET token_hash = ?, next_token_hash = ? WHERE id = ?', values);
}

/** The waiting token of a device was used: the one in use before it has ended. */
export async function confirmFirstUse(session: Session, deviceId: string, tokenHash: string): Promise<void> {
  await session.run(
    'UPDATE device SET token_hash = next_token_hash, next_token_hash = NULL WHERE id = ? AND next_token_hash = ?',
    [deviceId, tokenHash],
  );
}

const deviceAssignments = deviceColumns
  .filter((column) => column !== 'id')
  .map((column) => `${column} = excluded.${column}`)
  .join(', ');

const devicesSaved = new MultiStatement(
  deviceColumns.map((column) => deviceColumnTypes[column]),
  (rows) =>
    `INSERT INTO device (${deviceColumns.join(', ')}) ${rows}
     ON CONFLICT (id) DO UPDATE SET ${deviceAssignments}`,
);

/** Writes whole devices, new ones and known ones. */
export async function saveDevices(session: Session, records: readonly DeviceRecord[]): Promise<void> {
  await devicesSaved.run(session, records.map(valuesOf));
}

/** A device on a seat. */
export interface Seating {
  readonly licenseId: string;
  readonly number: number;
  readonly deviceId: string;
}

const seatsFreed = new MultiStatement(
  ['text', 'integer'],
  (rows) => `UPDATE seat SET device_id = NULL WHERE (license_id, number) IN (${rows})`,
);

/** Frees seats. */
export async function freeSeats(session: Session, seatings: readonly Seating[]): Promise<void> {
  await seatsFreed.run(
    session,
    seatings.map(({ licenseId, number }) => [licenseId, number]),
  );
}

const seatsClaimed = new MultiStatement(
  ['text', 'integer', 'text'],
  (rows) => `UPDATE seat SET device_id = claimed.device_id FROM (${rows}) AS claimed (license_id, number, device_id)
    WHERE seat.license_id = claimed.license_id AND seat.number = claimed.number`,
);

/** Puts devices on seats. Fails where the license has no such seat. */
export async function claimSeats(session: Session, seatings: readonly Seating[]): Promise<void> {
  if (session.dialect === 'postgres') {
    const values = seatings.map(({ licenseId, number, deviceId }) => [licenseId, number, deviceId]);
    if ((await seatsClaimed.run(session, values)) !== seatings.length)
      throw new Error('a seat to be claimed is missing');
    return;
  }
  for (const { licenseId, number, deviceId } of seatings) {
    const changed = await session.run('UPDATE seat SET device_id = ? WHERE license_id = ? AND number = ?', [
      deviceId,
      licenseId,
      number,
    ]);
    if (changed !== 1) throw new Error(`license ${licenseId} has no seat ${number}`);
  }
}

/** Makes the seats `from` to `to` of a license, all free. */
export async function addSeats(session: Session, licenseId: string, from: number, to: number): Promise<void> {
  await session.run(
    `INSERT INTO seat (license_id, number, device_id)
     WITH RECURSIVE numbers (number) AS (
       SELECT CAST(? AS integer) UNION ALL SELECT number + 1 FROM numbers WHERE number < ?)
     SELECT ?, number, NULL FROM numbers`,
    [from, to, licenseId],
  );
}

/** Removes the seats above a number. The database refuses to lose one that is occupied. */
export async function removeSeatsAbove(session: Session, licenseId: string, seat: number): Promise<void> {
  await session.run('DELETE FROM seat WHERE license_id = ? AND number > ?', [licenseId, seat]);
}

export async function saveSetting(session: Session, licenseId: string, setting: SettingRow): Promise<void> {
  await session.run('UPDATE remote_deactivation SET state = ?, epoch = ? WHERE license_id = ?', [
    setting.state,
    setting.epoch,
    licenseId,
  ]);
}

/** Writes the fields of a license that can change, and how far its history has come. */
export async function saveLicense(
  session: Session,
  { license, lastSequence }: Pick<LicenseRecord, 'license' | 'lastSequence'>,
): Promise<void> {
  await session.run(
    `UPDATE license SET status = ?, seats = ?, check_in_period = ?, check_in_period_millis = ?, valid_until = ?,
       support_and_upgrade_until = ?, key_hash = ?, key_hint = ?, version = ?, last_sequence = ? WHERE id = ?`,
    [
      license.status,
      license.seats,
      license.checkInPeriod,
      license.checkInPeriodMillis,
      license.validUntil,
      license.supportAndUpgradeUntil,
      license.keyHash,
      license.keyHint,
      license.version,
      lastSequence,
      license.id,
    ],
  );
}

export async function saveTicket(session: Session, ticket: TicketRow): Promise<void> {
  await session.run(
    `INSERT INTO support_ticket (${ticketColumns.join(', ')}) VALUES (${ticketColumns.map(() => '?').join(', ')})
     ON CONFLICT (id) DO UPDATE SET status = excluded.status, version = excluded.version`,
    ticketValuesOf(ticket),
  );
}

const stepsAppended = new MultiStatement(
  transitionColumns.map((column) => transitionColumnTypes[column]),
  (rows) => `INSERT INTO transition (${transitionColumns.join(', ')}) ${rows}`,
);

/** Appends rows to the history. */
export async function appendSteps(session: Session, steps: readonly RecordedStep[]): Promise<void> {
  await stepsAppended.run(session, steps.map(transitionValuesOf));
}

/** Licenses that have overdue devices or an ended validity which is not written yet. */
export async function loadDueLicenses(session: Session, now: number, limit: number): Promise<string[]> {
  // Two subqueries in the order of their indexes: a UNION of them would walk through all licenses.
  const rows = await session.all<{ id: string }>(
    `SELECT DISTINCT id FROM (
       SELECT id FROM (SELECT license_id AS id FROM device WHERE state = 'active' AND sweep_at <= ? AND deactivation_date <= ?
         ORDER BY sweep_at LIMIT ?) AS overdue
       UNION ALL
       SELECT id FROM (SELECT id FROM license WHERE status = 'active' AND valid_until <= ?
         ORDER BY valid_until LIMIT ?) AS ended) AS due`,
    [now, now, limit, now, limit],
  );
  return rows.map((row) => row.id);
}

/**
 * Moves the sweep's next look at devices that have connected meanwhile; gives how many were moved. Devices that somebody is
 * working on are left for the next time.
 */
export function postponeLooks(session: Session, now: number, limit: number): Promise<number> {
  return session.run(
    `UPDATE device SET sweep_at = deactivation_date WHERE id IN (
       SELECT id FROM device WHERE state = 'active' AND sweep_at <= ? AND deactivation_date > ? LIMIT ?
       ${hasRivals(session) ? 'FOR NO KEY UPDATE SKIP LOCKED' : ''})`,
    [now, now, limit],
  );
}

/** Says how far the history of a license has come. */
export async function saveSequence(session: Session, licenseId: string, sequence: number): Promise<void> {
  await session.run('UPDATE license SET last_sequence = ? WHERE id = ?', [sequence, licenseId]);
}

/** Whether the sweep has looked at devices that have connected meanwhile. */
export async function hasStaleLooks(session: Session, now: number): Promise<boolean> {
  const rows = await session.all(
    `SELECT 1 AS found FROM device WHERE state = 'active' AND sweep_at <= ? AND deactivation_date > ? LIMIT 1`,
    [now, now],
  );
  return rows.length > 0;
}
