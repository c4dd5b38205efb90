/** The migrations and the entities say the same, and the migrations go both ways. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SqliteDatabase } from '../../src/persistence/sqlite.database.js';

let database: SqliteDatabase;
beforeEach(async () => {
  database = await SqliteDatabase.open(join(mkdtempSync(join(tmpdir(), 'schema-')), 'seatkeeper.sqlite'));
});
afterEach(() => database.close());

interface SchemaRow {
  type: string;
  name: string;
  tbl_name: string;
  sql: string | null;
}

/** Everything the file holds but what SQLite makes itself. */
const schema = () =>
  database.read((session) =>
    session.all<SchemaRow>(
      `SELECT type, name, tbl_name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite%' ORDER BY type, name`,
    ),
  );
const namesOf = async (type: string) => (await schema()).filter((row) => row.type === type).map(({ name }) => name);
const run = (sql: string) => database.write((session) => session.run(sql));

const tables = [
  'device',
  'failed_credential',
  'idempotency',
  'known_browser',
  'license',
  'member',
  'migrations',
  'organization',
  'remote_deactivation',
  'seat',
  'session',
  'sign_in_link',
  'signing_key',
  'support_ticket',
  'test_clock',
  'token',
  'transition',
];

/** One license with an occupied seat, a free one and a line of history. */
const content = [
  `INSERT INTO organization VALUES ('o', 'Acme', 0)`,
  `INSERT INTO license VALUES ('l', 'o', 'Mapper', 'hash', 'hint', 'active', 2, 'P30D', 1, NULL, NULL, 1, 1, 0)`,
  `INSERT INTO remote_deactivation VALUES ('l', 'enabled', 1)`,
  `INSERT INTO seat VALUES ('l', 1, 'd'), ('l', 2, NULL)`,
  `INSERT INTO device (id, license_id, fingerprint, named_by_person, state, seat_number, deactivation_date,
    check_in_count, check_ins_since_row, version) VALUES ('d', 'l', 'fingerprint', false, 'active', 1, 9, 0, 0, 1)`,
  `INSERT INTO transition (license_id, sequence, at, recorded_at, machine, event, outcome, count, check_ins,
    actor_kind) VALUES ('l', 1, 0, 0, 'device', 'activate', 'accepted', 1, 0, 'licenseKey')`,
];

async function fill(): Promise<void> {
  await database.write(async (session) => {
    for (const statement of content) await session.run(statement);
  });
}

describe('the schema on SQLite', () => {
  it('has after the migrations every table, column, index and named constraint that the entities describe', async () => {
    const pending = await database.dataSource.driver.createSchemaBuilder().log();
    expect(pending.upQueries.map((query) => query.query)).toEqual([]);
  });

  it('has exactly the expected tables', async () => {
    expect(await namesOf('table')).toEqual(tables);
  });

  it('checks that seat and device name each other at COMMIT, which TypeORM does not compare', async () => {
    const text = (await schema()).map(({ sql }) => sql).join('\n');
    expect(text).toMatch(/"seat_is_of_its_device" [^\n]*\n[^\n]*\) DEFERRABLE INITIALLY DEFERRED/);
    expect(text).toMatch(/"device_is_on_its_seat" [^\n]*\n[^\n]*\) DEFERRABLE INITIALLY DEFERRED/);
  });

  it('refuses by a trigger that history is changed or deleted (R11), which TypeORM does not know', async () => {
    expect(await namesOf('trigger')).toEqual(['transition_is_never_deleted', 'transition_is_never_updated']);
    await fill();
    // The driver's errors are of the realm that loaded it first, so they are compared by what they say.
    for (const change of ['DELETE FROM transition', 'UPDATE transition SET at = 1']) {
      await expect(run(change)).rejects.toMatchObject({ message: 'history is append-only' });
    }
  });
});

describe('the migrations', () => {
  const down = async () => {
    for (const _ of database.dataSource.migrations)
      await database.dataSource.undoLastMigration({ transaction: 'none' });
  };

  it('are named with a timestamp, and in its order', () => {
    const names = database.dataSource.migrations.map(({ name }) => name ?? '');
    expect(names).toEqual([...names].sort((a, b) => timestampOf(a) - timestampOf(b)));
    expect(names.every((name) => timestampOf(name) > 0)).toBe(true);
  });

  it('leave nothing when taken back, and make the same again', async () => {
    const before = await schema();
    await down();
    expect(await namesOf('table')).toEqual(['migrations']);
    expect(await namesOf('index')).toEqual([]);
    await database.dataSource.runMigrations({ transaction: 'none' });
    expect(await schema()).toEqual(before);
  });

  it('can be taken back with occupied seats and history', async () => {
    await fill();
    await down();
    expect(await namesOf('table')).toEqual(['migrations']);
  });
});

function timestampOf(name: string): number {
  return Number(/\d{13}$/.exec(name)?.[0] ?? 0);
}
