/** Opens the database that a location names, waits for one that is not there yet, or only looks into it. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Database } from './database.js';
import { DatabaseAway } from './database.away.js';
import type { DatabaseLocation } from './database.location.js';
import { readPostgres } from './postgres.reading.js';
import { PostgresDatabase } from './postgres.database.js';
import type { Session } from './session.js';
import { SqliteDatabase } from './sqlite.database.js';
import { readSqliteFile } from './sqlite.reading.js';

const firstMillis = 500;
const waitMillisMax = 5_000;

/** Opens the database, with all migrations applied. Throws `DatabaseRefused`; `DatabaseAway` where it cannot be reached. */
export function openDatabase(location: DatabaseLocation): Promise<Database> {
  return location.kind === 'sqlite' ? SqliteDatabase.open(location.file) : PostgresDatabase.open(location.url);
}

/** Runs `work` on one snapshot of a database that has every migration, and changes nothing. Throws `DatabaseRefused`, `DatabaseAway`. */
export function readDatabase<Result>(
  location: DatabaseLocation,
  work: (session: Session) => Promise<Result>,
): Promise<Result> {
  return location.kind === 'sqlite' ? readSqliteFile(location.file, work) : readPostgres(location.url, work);
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
