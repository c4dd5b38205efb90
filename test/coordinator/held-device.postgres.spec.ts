/** A check-in that has to wait for its device decides by what is true once it has it: the time, the device and its license. */
import pg from 'pg';
import { newPostgres } from '../support/postgres.js';
import { expectProblem } from '../support/problem.js';
import { accepted, activate, checkIn, issueLicense } from '../support/scene.js';
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

/** Holds the row of a device until `work` is done, which begins when `wait` waits for that row. */
async function hold<Answer>(
  deviceId: string,
  wait: () => Promise<Answer>,
  work: () => Promise<unknown>,
): Promise<Answer> {
  await holder.query('BEGIN');
  await holder.query('SELECT 1 FROM device WHERE id = $1 FOR UPDATE', [deviceId]);
  const waiting = wait();
  const isWaiting = async (): Promise<boolean> =>
    (await holder.query(`SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND pid <> pg_backend_pid()`))
      .rowCount !== 0;
  while (!(await isWaiting()));
  await work();
  await holder.query('COMMIT');
  return waiting;
}

it('is dated by the time that it is then', async () => {
  const device = await activate(server, await issueLicense(server));
  const checkedIn = await hold(
    device.id,
    () => checkIn(server, device),
    // Whoever had asked for the time before would hold the clock, and this would fail.
    () => holder.query("SET LOCAL lock_timeout = '300ms'; UPDATE test_clock SET now = now + 86400000"),
  );
  expect(checkedIn.lastSeenAt).toBe(accepted(await server.request<{ now: string }>('GET', '/v1/test-clock')).now);
});

it('counts on from what another has written meanwhile', async () => {
  const device = await activate(server, await issueLicense(server));
  const checkedIn = await hold(
    device.id,
    () => checkIn(server, device),
    () => holder.query('UPDATE device SET check_in_count = 41 WHERE id = $1', [device.id]),
  );
  expect(checkedIn.checkInCount).toBe(42);
});

it('is refused where its license was suspended meanwhile', async () => {
  const license = await issueLicense(server);
  const device = await activate(server, license);
  const answer = await hold(
    device.id,
    () => server.request('POST', `/v1/devices/${device.id}/check-in`, { auth: device.auth }),
    () => holder.query(`UPDATE license SET status = 'suspended' WHERE id = $1`, [license.id]),
  );
  expectProblem(answer, 403, 'licenseSuspended');
});
