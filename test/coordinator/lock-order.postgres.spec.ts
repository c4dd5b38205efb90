/** A batch locks in the order of ids, whatever the order of its commands: while it waits for the first, it holds none of the others. */
import type { Command } from '../../machines/index.js';
import { DatabaseClock } from '../../src/clock/database.clock.js';
import { lock } from '../../src/coordinator/lock.js';
import type { Submission } from '../../src/coordinator/submission.js';
import { PostgresDatabase } from '../../src/persistence/postgres.database.js';
import { type Contested, someoneWaits, startContested } from '../support/rival.js';
import { activate, issueLicense } from '../support/scene.js';

let contested: Contested;
let database: PostgresDatabase;
beforeAll(async () => {
  contested = await startContested();
  database = await PostgresDatabase.open(contested.server.databaseUrl);
});
afterAll(async () => {
  await database.close();
  await contested.close();
});

const actor = { kind: 'operator', id: null, name: null } as const;
const about = (by: 'device' | 'license', id: string, command: Command): Submission => ({
  command,
  address: { by, id },
  organizationId: null,
  proof: null,
  requestId: null,
});

/** Holds the row with the lowest id, has a batch lock all of them from the highest on, and gives those that are free while it waits. */
async function freeWhileWaiting(
  table: 'device' | 'license',
  ids: readonly string[],
  submissionAbout: (id: string) => Submission,
): Promise<string[]> {
  const { rival } = contested;
  const [lowest = '', ...others] = [...ids].sort();
  await rival.query('BEGIN');
  await rival.query(`SELECT 1 FROM ${table} WHERE id = $1 FOR UPDATE`, [lowest]);
  const submissions = [...others.toReversed(), lowest].map(submissionAbout);
  let hasEnded = false;
  const locking = database
    .write((session) => lock(session, submissions, new DatabaseClock()))
    .finally(() => (hasEnded = true));
  await someoneWaits(rival, () => hasEnded);
  const { rows } = await rival.query<{ id: string }>(
    `SELECT id FROM ${table} WHERE id = ANY($1) FOR UPDATE SKIP LOCKED`,
    [others],
  );
  await rival.query('ROLLBACK');
  await locking;
  return rows.map(({ id }) => id).sort();
}

it('devices', async () => {
  const license = await issueLicense(contested.server, { seats: 8 });
  const ids: string[] = [];
  for (let count = 0; count < 8; count += 1) ids.push((await activate(contested.server, license)).id);
  const free = await freeWhileWaiting('device', ids, (id) =>
    about('device', id, { type: 'checkIn', actor, deviceId: id, appVersion: null }),
  );
  expect(free).toEqual([...ids].sort().slice(1));
});

it('licenses', async () => {
  const ids: string[] = [];
  for (let count = 0; count < 8; count += 1) ids.push((await issueLicense(contested.server)).id);
  const free = await freeWhileWaiting('license', ids, (id) => about('license', id, { type: 'disable', actor }));
  expect(free).toEqual([...ids].sort().slice(1));
});
