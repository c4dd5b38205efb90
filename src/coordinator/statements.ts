/**
 * The coordinator's SQL: a few multi-row statements, the same for every database. It says how rows are found and written,
 * and nothing about when.
 */
import type { DeviceColumns } from '../devices/device.mapper.js';
import { deviceColumns, type DeviceRecord, valuesOf } from '../devices/device.mapper.js';
import { transitionColumns, transitionValuesOf } from '../history/transition.mapper.js';
import {
  type LicenseColumns,
  type LicenseRecord,
  licenseSelection,
  licenseSource,
} from '../licenses/license.mapper.js';
import type { Session, SqlValue } from '../persistence/session.js';
import { type TicketColumns, ticketColumns, ticketValuesOf } from '../support/support-ticket.mapper.js';
import type { SettingRow, TicketRow } from '../../machines/index.js';
import type { RecordedStep } from './result.js';

/** Numbers of rows per statement: few, so that each is prepared once. SQLite allows 32,766 parameters. */
const chunkSizes = [256, 64, 16, 4, 1] as const;

/** Splits into chunks of those sizes, so that any number of rows takes few statements and no new text. */
function chunksOf<Item>(items: readonly Item[]): Item[][] {
  const chunks: Item[][] = [];
  let from = 0;
  for (const size of chunkSizes) {
    for (; items.length - from >= size; from += size) chunks.push(items.slice(from, from + size));
  }
  return chunks;
}

/** Statements by what they are for and their number of groups; each text is made once. */
class Multi {
  private readonly texts = new Map<number, string>();

  /**
   * @param group the placeholders of one row, such as `(?, ?)`
   * @param make the statement around all groups
   */
  constructor(
    private readonly group: string,
    private readonly make: (groups: string) => string,
  ) {}

  async all<Row>(session: Session, items: readonly SqlValue[][]): Promise<Row[]> {
    const rows: Row[] = [];
    for (const chunk of chunksOf(items)) {
      for (const row of await session.all<Row>(this.textFor(chunk.length), chunk.flat())) rows.push(row);
    }
    return rows;
  }

  async run(session: Session, items: readonly SqlValue[][]): Promise<void> {
    for (const chunk of chunksOf(items)) await session.run(this.textFor(chunk.length), chunk.flat());
  }

  /** As `all`, for groups of one placeholder. */
  async allOf<Row>(session: Session, values: readonly SqlValue[]): Promise<Row[]> {
    const rows: Row[] = [];
    for (const chunk of chunksOf(values)) {
      for (const row of await session.all<Row>(this.textFor(chunk.length), chunk)) rows.push(row);
    }
    return rows;
  }

  private textFor(rows: number): string {
    let text = this.texts.get(rows);
    if (text === undefined) {
      text = this.make(Array.from({ length: rows }, () => this.group).join(', '));
      this.texts.set(rows, text);
    }
    return text;
  }
}

const devicesById = new Multi('?', (groups) => `SELECT * FROM device WHERE id IN (${groups})`);
const devicesByFingerprint = new Multi(
  '(?, ?)',
  (groups) => `SELECT * FROM device WHERE (license_id, fingerprint) IN (VALUES ${groups})`,
);
const licensesById = new Multi(
  '?',
  (groups) => `SELECT ${licenseSelection} FROM ${licenseSource} WHERE l.id IN (${groups})`,
);
const ticketsById = new Multi('?', (groups) => `SELECT * FROM support_ticket WHERE id IN (${groups})`);

export function loadDevices(session: Session, ids: readonly string[]): Promise<DeviceColumns[]> {
  return devicesById.allOf(session, ids);
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
  return licensesById.allOf(session, ids);
}

export function loadTickets(session: Session, ids: readonly string[]): Promise<TicketColumns[]> {
  return ticketsById.allOf(session, ids);
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

/** What a connection changes, and nothing else: no index has to move. */
export async function saveConnections(session: Session, records: readonly DeviceRecord[]): Promise<void> {
  await session.runEach(
    `UPDATE device SET last_seen_at = ?, deactivation_date = ?, lease_expires_at = ?, check_in_count = ?,
       check_ins_since_row = ?, app_version = ? WHERE id = ?`,
    records.map(({ device }) => [
      device.lastSeenAt,
      device.deactivationDate,
      device.leaseExpiresAt,
      device.checkInCount,
      device.checkInsSinceRow,
      device.appVersion,
      device.id,
    ]),
  );
}

/** Tokens that were used for the first time, or given to a device that was active. */
export async function saveTokens(session: Session, records: readonly DeviceRecord[]): Promise<void> {
  await session.runEach(
    'UPDATE device SET token_hash = ?, next_token_hash = ? WHERE id = ?',
    records.map(({ device, tokenHash, nextTokenHash }) => [tokenHash, nextTokenHash, device.id]),
  );
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

const devicesSaved = new Multi(
  `(${deviceColumns.map(() => '?').join(', ')})`,
  (groups) =>
    `INSERT INTO device (${deviceColumns.join(', ')}) VALUES ${groups}
     ON CONFLICT (id) DO UPDATE SET ${deviceAssignments}`,
);

/** Writes whole devices, new ones and known ones. */
export function saveDevices(session: Session, records: readonly DeviceRecord[]): Promise<void> {
  return devicesSaved.run(session, records.map(valuesOf));
}

/** A device on a seat. */
export interface Seating {
  readonly licenseId: string;
  readonly number: number;
  readonly deviceId: string;
}

const seatsFreed = new Multi(
  '(?, ?)',
  (groups) => `UPDATE seat SET device_id = NULL WHERE (license_id, number) IN (VALUES ${groups})`,
);

/** Frees seats. */
export function freeSeats(session: Session, seatings: readonly Seating[]): Promise<void> {
  return seatsFreed.run(
    session,
    seatings.map(({ licenseId, number }) => [licenseId, number]),
  );
}

/** Puts devices on seats. Fails where the license has no such seat. */
export async function claimSeats(session: Session, seatings: readonly Seating[]): Promise<void> {
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

const stepsAppended = new Multi(
  `(${transitionColumns.map(() => '?').join(', ')})`,
  (groups) => `INSERT INTO transition (${transitionColumns.join(', ')}) VALUES ${groups}`,
);

/** Appends rows to the history. */
export function appendSteps(session: Session, steps: readonly RecordedStep[]): Promise<void> {
  return stepsAppended.run(session, steps.map(transitionValuesOf));
}

/** Licenses that have overdue devices or an ended validity which is not written yet. */
export async function loadDueLicenses(session: Session, now: number, limit: number): Promise<string[]> {
  const rows = await session.all<{ id: string }>(
    `SELECT DISTINCT license_id AS id FROM device WHERE state = 'active' AND sweep_at <= ? AND deactivation_date <= ?
     UNION SELECT id FROM license WHERE status = 'active' AND valid_until <= ? LIMIT ?`,
    [now, now, now, limit],
  );
  return rows.map((row) => row.id);
}

/** Moves the sweep's next look at devices that have connected meanwhile; gives how many were moved. */
export function postponeLooks(session: Session, now: number, limit: number): Promise<number> {
  return session.run(
    `UPDATE device SET sweep_at = deactivation_date WHERE id IN (
       SELECT id FROM device WHERE state = 'active' AND sweep_at <= ? AND deactivation_date > ? LIMIT ?)`,
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
