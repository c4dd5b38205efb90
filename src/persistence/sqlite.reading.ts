/** Looks into a SQLite file without changing it: no migration, no write, one snapshot. A server may go on writing beside it. */
import Sqlite from 'better-sqlite3';
import { migrations } from '../../migrations/index.js';
import { DatabaseRefused } from './database.refused.js';
import type { Session } from './session.js';
import { checkSqliteFile } from './sqlite.file.js';
import { SqliteSession } from './sqlite.session.js';

/**
 * Runs `work` on one snapshot of an existing file.
 *
 * @throws DatabaseRefused for a file that is damaged, foreign, newer, or older and not migrated yet
 */
export async function readSqliteFile<Result>(
  file: string,
  work: (session: Session) => Promise<Result>,
): Promise<Result> {
  checkSqliteFile(file);
  const connection = new Sqlite(file, { readonly: true, fileMustExist: true });
  try {
    connection.pragma('query_only = ON');
    connection.exec('BEGIN');
    refuseOlder(file, connection);
    return await work(new SqliteSession(connection, false));
  } finally {
    if (connection.inTransaction) connection.exec('COMMIT');
    connection.close();
  }
}

function refuseOlder(file: string, connection: Sqlite.Database): void {
  const hasTable = connection.prepare(`SELECT 1 FROM sqlite_master WHERE name = 'migrations'`).get() !== undefined;
  const applied = hasTable ? connection.prepare('SELECT name FROM migrations').pluck().all() : [];
  const missing = migrations.map((Migration) => new Migration().name).filter((name) => !applied.includes(name));
  if (missing.length === 0) return;
  throw new DatabaseRefused(
    `The database file ${file} is older than this Seatkeeper (it lacks ${missing.join(', ')}). Run seatkeeper migrate first.`,
  );
}
