/** Opens the database that a location names, waits for one that is not there yet, or only looks into it. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Database } from './database.js';
import { DatabaseAway } from './database.away.js';
import type { DatabaseLocation } from './database.location.js';
import type { Session } from './session.js';
import { SqliteDatabase } from './sqlite.database.js';
import { readSqliteFile } from './sqlite.reading.js';

const firstMillis = 500;
const waitMillisMax = 5_000;

/** Opens the database, with all migrations applied. Throws `DatabaseRefused`; `DatabaseAway` where it cannot be reached. */
export async function openDatabase(location: DatabaseLocation): Promise<Database> {
  if (location.kind === 'sqlite') return SqliteDatabase.open(location.file);
  // The driver of PostgreSQL takes a tenth of a second to load, so who runs on a file does without.
  const { PostgresDatabase } = await import('./postgres.database.js');
  return PostgresDatabase.open(location.url);
}

/** Runs `work` on one snapshot of a database that has every migration, and changes nothing. Throws `DatabaseRefused`, `DatabaseAway`. */
export async function readDatabase<Result>(
  location: DatabaseLocation,
  work: (session: Session) => Promise<Result>,
): Promise<Result> {
  if (location.kind === 'sqlite') return readSqliteFile(location.file, work);
  const { readPostgres } = await import('./postgres.reading.js');
  return readPostgres(location.url, work);
}

/**
 * As `openDatabase`, for a server: tries again until the database can be reached, less and less often.
 *
 * @param notify takes a sentence for the operator, one a try
 * @throws DatabaseRefused
 */
export async function awaitDatabase(location: DatabaseLocation, notify: (sentence: string) => void): Promise<Database> {
  for (let waitMillis = firstMillis; ; waitMillis = Math.min(2 * waitMillis, waitMillisMax)) {
    try {
      return await openDatabase(location);
    } catch (error) {
      if (!(error instanceof DatabaseAway)) throw error;
      notify(`${error.message} Trying again in ${waitMillis / 1000} s.`);
    }
    await pause(waitMillis);
  }
}
