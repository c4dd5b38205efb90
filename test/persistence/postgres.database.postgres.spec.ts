/** Transactions on PostgreSQL whose connection is lost: before COMMIT, during it, and between it and its answer. */
import { CommitAborted, DatabaseAway, DatabaseBusy } from '../../src/persistence/database.away.js';
import { PostgresDatabase } from '../../src/persistence/postgres.database.js';
import type { Session } from '../../src/persistence/session.js';
import { newPostgres, onPostgres } from '../support/postgres.js';
import { CommitProxy } from './commit.proxy.js';

let address: string;
let proxy: CommitProxy;
let database: PostgresDatabase;

beforeAll(async () => {
  address = await newPostgres();
  proxy = await CommitProxy.start(address);
  database = await PostgresDatabase.open(proxy.address);
});

afterAll(async () => {
  await database.close();
  await proxy.stop();
});

const insert = (id: string, then: (session: Session) => Promise<unknown> = () => Promise.resolve()): Promise<string> =>
  database.write(async (session) => {
    await session.run('INSERT INTO organization (id, name, created_at) VALUES (?, ?, ?)', [id, 'Acme', 0]);
    await then(session);
    return `answer ${id}`;
  });
const isStored = async (id: string): Promise<boolean> =>
  (await onPostgres(address, 'SELECT 1 FROM organization WHERE id = $1', [id])).length === 1;

it('stands by its answer where COMMIT took place and its answer was lost', async () => {
  proxy.cut = 'beforeAnswer';
  expect(await insert('committed')).toBe('answer committed');
  expect(await isStored('committed')).toBe(true);
});

it('says that it was aborted where COMMIT never arrived, so that it is tried again', async () => {
  proxy.cut = 'beforeCommit';
  await expect(insert('aborted')).rejects.toBeInstanceOf(CommitAborted);
  expect(await isStored('aborted')).toBe(false);
});

it('says that the database is away where the connection ends before COMMIT, and works again at once', async () => {
  const terminateAll = () =>
    onPostgres(
      address,
      'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
    );
  const lost = insert('lost', async (session) => {
    await terminateAll();
    await session.all('SELECT 1');
  });
  await expect(lost).rejects.toBeInstanceOf(DatabaseAway);
  expect(await isStored('lost')).toBe(false);
  expect(await insert('afterwards')).toBe('answer afterwards');
});

it('reads bigints and booleans as what they are, and runs statements with their placeholders in order', async () => {
  const [row] = await database.read((session) =>
    session.all('SELECT ?::bigint AS big, ?::boolean AS flag, ?::text AS word', [1_764_000_000_000, 1, 'x']),
  );
  expect(row).toEqual({ big: 1_764_000_000_000, flag: true, word: 'x' });
});

it('reads one snapshot, and cannot write in it', async () => {
  const counts = await database.read(async (session) => {
    const count = async () =>
      Number((await session.all<{ n: number }>('SELECT count(*) AS n FROM organization'))[0]?.n);
    const before = await count();
    await insert('meanwhile');
    return [before, await count()];
  });
  expect(counts[1]).toBe(counts[0]);
  await expect(database.read((session) => session.run('DELETE FROM organization'))).rejects.toMatchObject({
    code: '25006',
  });
});

it('says that the database is busy where a read was held up, and lends its connection again', async () => {
  const lookAtOneself = (session: Session) => session.all<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  const held = database.read(async (session) => {
    const [own] = await lookAtOneself(session);
    await Promise.all([
      session.all('SELECT pg_sleep(20)'),
      onPostgres(address, 'SELECT pg_cancel_backend($1)', [own?.pid]),
    ]);
  });
  await expect(held).rejects.toBeInstanceOf(DatabaseBusy);
  expect(await database.read(lookAtOneself)).toHaveLength(1);
});

describe('a statement that is sent and not waited for', () => {
  const sendTwice = (id: string, then: (session: Session) => Promise<unknown>): Promise<unknown> =>
    database.write(async (session) => {
      for (let time = 0; time < 2; time += 1) {
        await session.send('INSERT INTO organization (id, name, created_at) VALUES (?, ?, ?)', [id, 'Acme', 0]);
      }
      return then(session);
    });

  it('fails its transaction where it fails, and the connection goes on', async () => {
    await expect(sendTwice('sent', () => Promise.resolve('answer'))).rejects.toMatchObject({ code: '23505' });
    expect(await isStored('sent')).toBe(false);
    expect(await insert('after a failure')).toBe('answer after a failure');
  });

  it('is what the next statement fails with', async () => {
    await expect(sendTwice('sent', (session) => session.all('SELECT 1'))).rejects.toMatchObject({ code: '23505' });
  });
});
