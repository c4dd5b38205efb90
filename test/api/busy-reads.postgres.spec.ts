/** Somebody holds a table for longer than a read waits, as maintenance by hand does: who reads is told to come again, and it is no fault. */
import pg from 'pg';
import { newPostgres } from '../support/postgres.js';
import { expectProblem } from '../support/problem.js';
import { activate, issueLicense } from '../support/scene.js';
import { startServer, type TestServer } from '../support/server.js';

let server: TestServer;
let holder: pg.Client;

beforeAll(async () => {
  const databaseUrl = await newPostgres();
  server = await startServer({ databaseUrl });
  holder = new pg.Client({ connectionString: databaseUrl });
  await holder.connect();
});

afterAll(async () => {
  await holder.end();
  await server.stop();
});

it('every read of a table that is locked is `overloaded`, and answered once the lock is gone', async () => {
  const license = await issueLicense(server);
  const { id, auth } = await activate(server, license);
  const reads: [string, string | undefined][] = [
    [`/v1/devices/${id}`, undefined],
    [`/v1/devices/${id}`, auth],
    [`/v1/licenses/${license.id}`, undefined],
    [`/v1/licenses/${license.id}/devices`, undefined],
  ];
  const readAll = () => Promise.all(reads.map(([path, reader]) => server.request('GET', path, { auth: reader })));
  await holder.query('BEGIN');
  await holder.query('LOCK TABLE device IN ACCESS EXCLUSIVE MODE');
  const held = await readAll();
  await holder.query('ROLLBACK');
  for (const answer of held) {
    expect(expectProblem(answer, 503, 'overloaded')).toMatchObject({ outcome: 'none' });
    expect(answer.headers.get('retry-after')).toMatch(/^[1-9]/);
  }
  expect((await readAll()).map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  expect(server.output).not.toContain('a request failed');
});
