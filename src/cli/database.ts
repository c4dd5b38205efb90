/** The database that the environment names, opened for the length of one command. */
import { existsSync } from 'node:fs';
import type { Configuration } from '../config/configuration.js';
import type { Database } from '../persistence/database.js';
import { type DatabaseLocation, shownLocation } from '../persistence/database.location.js';
import { openDatabase } from '../persistence/open.database.js';
import { CommandFailed } from './command.js';

/** How often a command tries again, each time for the seconds that the database waits: a busy server writes nearly always. */
const attemptsMax = 6;

/**
 * Opens the database, with all migrations applied, runs `work` and closes it; works beside a running server, however busy.
 *
 * @param work may run again where the database was locked, and has changed nothing then
 * @throws DatabaseRefused for one that is damaged, foreign or newer; CommandFailed where it stays locked or cannot be used
 */
export async function withDatabase<Result>(
  { database: location }: Configuration,
  work: (database: Database) => Promise<Result>,
): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await inDatabase(location, work);
    } catch (error) {
      const code = sqliteCode(error);
      if (code === null) throw error;
      if (!code.startsWith('SQLITE_BUSY')) {
        throw new CommandFailed(
          `The database ${shownLocation(location)} cannot be used: ${(error as Error).message} (${code}).`,
        );
      }
      if (attempt === attemptsMax) {
        throw new CommandFailed(
          `The database ${shownLocation(location)} stays locked by another program. Nothing was changed.`,
        );
      }
    }
  }
}

async function inDatabase<Result>(
  location: DatabaseLocation,
  work: (database: Database) => Promise<Result>,
): Promise<Result> {
  const database = await openDatabase(location);
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}

function sqliteCode(error: unknown): string | null {
  const { code } = error as { code?: unknown };
  return typeof code === 'string' && code.startsWith('SQLITE_') ? code : null;
}

/** Throws `CommandFailed` where there is no database yet, so that a typing error does not make an empty one. */
export function requireDatabase({ database: location }: Configuration): void {
  if (location.kind !== 'sqlite' || existsSync(location.file)) return;
  throw new CommandFailed(
    `There is no database ${location.file}: DATABASE_URL names another one, or the server was never started.`,
  );
}
