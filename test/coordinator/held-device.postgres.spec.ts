/** A check-in that has to wait for its device decides by what is true once it has it: the time, the device and its license. */
import { expectProblem } from '../support/problem.js';
import { type Contested, someoneWaits, startContested } from '../support/rival.js';
import { accepted, activate, checkIn, issueLicense } from '../support/scene.js';

let contested: Contested;
beforeAll(async () => {
  contested = await startContested();
});
afterAll(() => contested.close());

/** Holds the row of a device until `work` is done, which begins when `wait` waits for that row. */
async function hold<Answer>(
  deviceId: string,
  wait: () => Promise<Answer>,
  work: () => Promise<unknown>,
): Promise<Answer> {
  await contested.rival.query('BEGIN');
  await contested.rival.query('SELECT 1 FROM device WHERE id = $1 FOR UPDATE', [deviceId]);
  const waiting = wait();
  await someoneWaits(contested.rival);
  await work();
  await contested.rival.query('COMMIT');
  return waiting;
}

it('is dated by the time that it is then', async () => {
  const device = await activate(contested.server, await issueLicense(contested.server));
  const checkedIn = await hold(
    device.id,
    () => checkIn(contested.server, device),
    // Whoever had asked for the time before would hold the clock, and this would fail.
    () => contested.rival.query("SET LOCAL lock_timeout = '300ms'; UPDATE test_clock SET now = now + 86400000"),
  );
  expect(checkedIn.lastSeenAt).toBe(
    accepted(await contested.server.request<{ now: string }>('GET', '/v1/test-clock')).now,
  );
});

it('counts on from what another has written meanwhile', async () => {
  const device = await activate(contested.server, await issueLicense(contested.server));
  const checkedIn = await hold(
    device.id,
    () => checkIn(contested.server, device),
    () => contested.rival.query('UPDATE device SET check_in_count = 41 WHERE id = $1', [device.id]),
  );
  expect(checkedIn.checkInCount).toBe(42);
});

it('is refused where its license was suspended meanwhile', async () => {
  const license = await issueLicense(contested.server);
  const device = await activate(contested.server, license);
  const answer = await hold(
    device.id,
    () => contested.server.request('POST', `/v1/devices/${device.id}/check-in`, { auth: device.auth }),
    () => contested.rival.query(`UPDATE license SET status = 'suspended' WHERE id = $1`, [license.id]),
  );
  expectProblem(answer, 403, 'licenseSuspended');
});
