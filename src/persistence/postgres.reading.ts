/** Looks into a PostgreSQL database without changing it: no migration, no write, one snapshot. Servers may go on beside it. */
import pg from 'pg';
import { migrations } from '../../migrations/index.js';
import { shownLocation } from './database.location.js';
import { DatabaseRefused } from './database.refused.js';
import { checkPostgres, inWords } from './postgres.migrations.js';
import { connectionOptions } from './postgres.pool.js';
import { PostgresSession } from './postgres.session.js';
import type { Session } from './session.js';

/**
 * Runs `work` on one snapshot.
 *
 * @throws DatabaseRefused for one that is foreign, newer, or older and not migrated yet; DatabaseAway
 */
export async function readPostgres<Result>(url: string, work: (session: Session) => Promise<Result>): Promise<Result> {
  const shown = shownLocation({ kind: 'postgres', url });
  const client = new pg.Client({ ...connectionOptions(url), query_timeout: 0 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const applied = await checkPostgres(client, shown);
    const missing = migrations.map((Migration) => new Migration().name).filter((name) => !applied.includes(name));
    if (missing.length > 0) {
      throw new DatabaseRefused(
        `The database ${shown} is older than this Seatkeeper (it lacks ${missing.join(', ')}). Run seatkeeper migrate first.`,
      );
    }
    return await work(new PostgresSession(client, false));
  } catch (error) {
    throw inWords(error, shown);
  } finally {
    await client.end().catch(() => undefined);
  }
}
