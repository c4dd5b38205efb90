/** A history as years make it, without living through them: its rows are written into the file of the server's database. */
import Sqlite from 'better-sqlite3';
import type { DeviceScene, LicenseScene } from './scene.js';
import type { TestServer } from './server.js';

/**
 * Writes a long history for a license of one device: it logs out and activates again, and is active at the end. The server is away meanwhile.
 *
 * @param rowCount how many rows are added, rounded down to an even number
 */
export async function growHistory(
  server: TestServer,
  license: LicenseScene,
  device: DeviceScene,
  rowCount: number,
): Promise<void> {
  await server.stop();
  const database = new Sqlite(server.file, { fileMustExist: true });
  const pairs = Math.floor(rowCount / 2);
  database.exec('BEGIN IMMEDIATE');
  const [last] = database
    .prepare('SELECT sequence, at FROM transition WHERE license_id = ? ORDER BY sequence DESC LIMIT 1')
    .all(license.id) as { sequence: number; at: number }[];
  if (last === undefined) throw new Error('the license has no history');
  const append = database.prepare(
    `INSERT INTO transition (license_id, sequence, at, recorded_at, machine, subject_id, event, from_state, to_state, outcome, count,
       check_ins, actor_kind, actor_id, actor_name, seat_number, epoch, deactivation_date)
     VALUES (?, ?, ?, ?, 'device', ?, ?, ?, ?, 'accepted', 1, 3, 'device', ?, 'Tower', ?, ?, ?)`,
  );
  for (let pair = 0; pair < pairs; pair += 1) {
    const sequence = last.sequence + 1 + 2 * pair;
    const { at } = last;
    append.run(license.id, sequence, at, at, device.id, 'logOut', 'active', 'loggedOut', device.id, null, null, null);
    const date = Date.parse(String(device.device.deactivationDate));
    append.run(license.id, sequence + 1, at, at, device.id, 'activate', 'loggedOut', 'active', device.id, 1, 1, date);
  }
  database.prepare('UPDATE license SET last_sequence = ? WHERE id = ?').run(last.sequence + 2 * pairs, license.id);
  database.exec('COMMIT');
  database.close();
  await server.start();
}
