/**
 * Databases on the PostgreSQL of this run: one for each server under test, copied from one that has every migration, which is
 * faster than migrating each.
 */
import { randomBytes } from 'node:crypto';
import pg from 'pg';

const template = 'seatkeeper_template';
/** The advisory lock under which the template is made, by whichever worker comes first. */
const templateLock = 77_001;

/** Whether this run of a test is to be on PostgreSQL. */
export function isOnPostgres(): boolean {
  return process.env.SEATKEEPER_TEST_DATABASE === 'postgres';
}

/** The address of a database on the server of this run. */
export function addressOf(name: string): string {
  const server = process.env.SEATKEEPER_TEST_POSTGRES;
  if (server === undefined) throw new Error('this run of the tests has no PostgreSQL');
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}

/** Makes a database that has every migration and no row; gives its address. */
export async function newPostgres(): Promise<string> {
  return asAdministrator(async (client) => {
    await ensureTemplate(client);
    return copyOf(client, template);
  });
}

/** Makes a database with nothing in it. */
export async function emptyPostgres(): Promise<string> {
  return asAdministrator((client) => copyOf(client, 'template0'));
}

/** Runs statements on a database by hand; gives the rows of the last one. */
export async function onPostgres<Row>(address: string, sql: string, values: unknown[] = []): Promise<Row[]> {
  const client = new pg.Client({ connectionString: address });
  await client.connect();
  try {
    const { rows } = await client.query(sql, values);
    return rows as Row[];
  } finally {
    await client.end();
  }
}

async function copyOf(client: pg.Client, original: string): Promise<string> {
  const name = `seatkeeper_${randomBytes(6).toString('hex')}`;
  await client.query(`CREATE DATABASE ${name} TEMPLATE ${original}`);
  return addressOf(name);
}

async function ensureTemplate(client: pg.Client): Promise<void> {
  await client.query('SELECT pg_advisory_lock($1)', [templateLock]);
  const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [template]);
  if (rowCount === 0) {
    await client.query(`CREATE DATABASE ${template} TEMPLATE template0`);
    // Loaded by the one worker that makes the template: it takes longer than most of what a spec loads.
    const { PostgresDatabase } = await import('../../src/persistence/postgres.database.js');
    await (await PostgresDatabase.open(addressOf(template))).close();
  }
}

async function asAdministrator<Result>(work: (client: pg.Client) => Promise<Result>): Promise<Result> {
  const client = new pg.Client({ connectionString: addressOf('postgres') });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
