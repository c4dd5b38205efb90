/**
 * What a batch locks where others write too: rows by id, in the order of their ids, so that no two batches wait for each other
 * in a circle. And how the rows to be locked are found, without a lock.
 */
import { type DeviceColumns, deviceColumns, deviceColumnsOf } from '../devices/device.mapper.js';
import type { Session } from '../persistence/session.js';
import { FindByText, MultiStatement } from './multi.statement.js';

const byId = (columns: string, table: string, more = '') =>
  new FindByText(
    (condition) =>
      `SELECT ${columns} FROM ${table} WHERE id ${condition} ORDER BY id COLLATE "C" FOR NO KEY UPDATE ${more}`,
  );

const licensesLocked = byId('id', 'license');
const licensesLockedIfFree = byId('id', 'license', 'SKIP LOCKED');
const devicesLocked = byId(deviceColumns.join(', '), 'device');

const licenseOfDevices = new FindByText((condition) => `SELECT id, license_id FROM device WHERE id ${condition}`);
const licenseOfTickets = new FindByText(
  (condition) => `SELECT id, license_id FROM support_ticket WHERE id ${condition}`,
);
const devicesByFingerprint = new MultiStatement(
  ['text', 'text'],
  (rows) => `SELECT id FROM device WHERE (license_id, fingerprint) IN (${rows})`,
);

const idsOf = (rows: readonly { id: string }[]): string[] => rows.map(({ id }) => id);

/** Locks licenses, waiting for each. */
export async function lockLicenses(session: Session, ids: readonly string[]): Promise<void> {
  await licensesLocked.all(session, ids);
}

/** Locks those licenses that nobody else has locked; gives which. */
export async function lockFreeLicenses(session: Session, ids: readonly string[]): Promise<string[]> {
  return idsOf(await licensesLockedIfFree.all<{ id: string }>(session, ids));
}

/** Locks devices, waiting for each; gives their rows, as they are under the locks. */
export async function lockDevices(session: Session, ids: readonly string[]): Promise<DeviceColumns[]> {
  return (await devicesLocked.lists(session, ids)).map(deviceColumnsOf);
}

/** The licenses of devices; a device never moves to another one. */
export async function licensesOfDevices(session: Session, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await licenseOfDevices.all<{ id: string; license_id: string }>(session, ids);
  return new Map(rows.map((row) => [row.id, row.license_id]));
}

/** The licenses of tickets. */
export async function licensesOfTickets(session: Session, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await licenseOfTickets.all<{ id: string; license_id: string }>(session, ids);
  return new Map(rows.map((row) => [row.id, row.license_id]));
}

/** Devices by license and fingerprint. */
export async function findFingerprints(session: Session, pairs: readonly [string, string][]): Promise<string[]> {
  return idsOf(await devicesByFingerprint.all<{ id: string }>(session, pairs));
}

/** Devices of licenses that are overdue at `horizon`, of each at most so many, in the order in which they are settled. */
export async function findOverdue(
  session: Session,
  licenseIds: readonly string[],
  horizon: number,
  limit: number,
): Promise<string[]> {
  if (licenseIds.length === 0) return [];
  return idsOf(
    await session.all<{ id: string }>(
      `SELECT overdue.id FROM unnest(?::text[]) AS license (id) CROSS JOIN LATERAL (
         SELECT device.id FROM device WHERE license_id = license.id AND state = 'active' AND sweep_at <= ?
           AND deactivation_date <= ? ORDER BY deactivation_date, seat_number LIMIT ?) AS overdue`,
      [licenseIds, horizon, horizon, limit],
    ),
  );
}

/** Active devices on seats above a number. */
export async function findAboveSeat(session: Session, licenseId: string, seat: number): Promise<string[]> {
  return idsOf(
    await session.all<{ id: string }>(
      'SELECT device_id AS id FROM seat WHERE license_id = ? AND number > ? AND device_id IS NOT NULL',
      [licenseId, seat],
    ),
  );
}
