/**
 * Brings a PostgreSQL database up to date. However many replicas start together, one applies the migrations and the others
 * wait for it: an advisory lock, held on a connection of its own.
 */
import pg, { type Client } from 'pg';
import { DataSource } from 'typeorm';
import { migrations } from '../../migrations/index.js';
import { DatabaseAway } from './database.away.js';
import { shownLocation } from './database.location.js';
import { DatabaseRefused } from './database.refused.js';
import { entities } from './entities.js';
import { SnakeCaseNamingStrategy } from './naming.strategy.js';
import { isConnectionLost, isHopeless, messageOf } from './postgres.failure.js';
import { connectionOptions } from './postgres.pool.js';
import { topics } from './topic.lock.js';

/** The oldest server that is known to do: it has `pg_current_xact_id` and `pg_xact_status` for the new ids. */
const serverVersionMin = 130_000;

/**
 * The data source of a database that has every migration.
 *
 * @param url a secret
 * @throws DatabaseRefused or DatabaseAway, whose messages are for the operator
 */
export async function openPostgresSource(url: string): Promise<DataSource> {
  const shown = shownLocation({ kind: 'postgres', url });
  const client = new pg.Client({ ...connectionOptions(url), query_timeout: 0 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('SELECT pg_advisory_lock($1)', [topics.migrations]);
    await checkPostgres(client, shown);
    return await migrated(url);
  } catch (error) {
    throw inWords(error, shown);
  } finally {
    // Ending the connection gives the lock back.
    await client.end().catch(() => undefined);
  }
}

/** The same error, or where it is about reaching the database, one whose message is for the operator. */
export function inWords(error: unknown, shown: string): unknown {
  if (isHopeless(error)) return new DatabaseRefused(`The database ${shown} cannot be used: ${messageOf(error)}.`);
  if (!isConnectionLost(error)) return error;
  return new DatabaseAway(`The database ${shown} cannot be reached: ${messageOf(error)}.`, { cause: error });
}

/** Gives the names of the migrations that the database has. Throws `DatabaseRefused` for one that is foreign or newer. */
export async function checkPostgres(client: Client, shown: string): Promise<string[]> {
  const { rows } = await client.query<{ version: number; migrated: boolean; tables: number }>(
    `SELECT current_setting('server_version_num')::integer AS version, to_regclass('migrations') IS NOT NULL AS migrated,
       (SELECT count(*) FROM pg_tables WHERE schemaname = current_schema() AND tablename IN ('license', 'device', 'seat')) AS tables`,
  );
  const [found] = rows;
  if (found === undefined) throw new Error('the database says nothing of itself');
  if (found.version < serverVersionMin) {
    throw new DatabaseRefused(`The database ${shown} is on a server older than PostgreSQL 13. Use a newer one.`);
  }
  if (!found.migrated) {
    if (found.tables === 0) return [];
    throw new DatabaseRefused(`The database ${shown} belongs to another program. Use one of its own for Seatkeeper.`);
  }
  const known = new Set(migrations.map((migration) => migration.name));
  const applied = await client.query<{ name: string }>('SELECT name FROM migrations ORDER BY id');
  const names = applied.rows.map(({ name }) => name);
  const unknown = names.filter((name) => !known.has(name));
  if (unknown.length === 0) return names;
  throw new DatabaseRefused(
    `The database ${shown} was made by a newer Seatkeeper (it has ${unknown.join(', ')}). Start that version, or restore a backup.`,
  );
}

async function migrated(url: string): Promise<DataSource> {
  const dataSource = new DataSource({
    type: 'postgres',
    url,
    applicationName: 'seatkeeper migrations',
    entities,
    migrations,
    migrationsTransactionMode: 'all',
    installExtensions: false,
    namingStrategy: new SnakeCaseNamingStrategy(),
    logging: false,
    poolErrorHandler: () => undefined,
    extra: { max: 1, idleTimeoutMillis: 1_000 },
  });
  await dataSource.initialize();
  try {
    await dataSource.runMigrations({ transaction: 'all' });
    return dataSource;
  } catch (error) {
    await dataSource.destroy();
    throw error;
  }
}
