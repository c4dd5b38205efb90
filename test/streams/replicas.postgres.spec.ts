/** Streams over several replicas on one PostgreSQL: what one of them changes is heard at the others, whatever becomes of the announcements. */
import { EventReader } from '../support/event.reader.js';
import { newPostgres, onPostgres } from '../support/postgres.js';
import { accepted, activate, type DeviceScene, issueLicense, type LicenseScene, register } from '../support/scene.js';
import { operatorToken, startServer, type TestServer } from '../support/server.js';
import type { Device, Transition } from '../support/representations.js';
import { closeStreams, heardWithinMillis, listenToDevice, listenToLicense } from '../support/streams.js';

let databaseUrl: string;
let here: TestServer;
let there: TestServer;
let license: LicenseScene;
let device: DeviceScene;
beforeAll(async () => {
  databaseUrl = await newPostgres();
  here = await startServer({ databaseUrl });
  there = await startServer({ databaseUrl });
});
afterAll(async () => {
  await here.stop();
  await there.stop();
});
beforeEach(async () => {
  license = await issueLicense(here);
  device = await activate(here, license);
});
afterEach(closeStreams);

const killListeners = () =>
  onPostgres<{ killed: boolean }>(
    databaseUrl,
    `SELECT pg_terminate_backend(pid) AS killed FROM pg_stat_activity
     WHERE datname = current_database() AND application_name = 'seatkeeper listener'`,
  );

it('tells a device at one replica at once that it was deactivated at another', async () => {
  const reader = await listenToDevice(there, device);
  const begun = performance.now();
  accepted(await here.request('POST', `/v1/devices/${device.id}/remote-deactivation`, { body: { reason: 'lost' } }));
  await reader.until(() => reader.named('device').length === 2);
  expect((reader.named('device')[1]?.heardAt ?? Infinity) - begun).toBeLessThan(heardWithinMillis);
  expect(reader.named<Device>('device')[1]?.data).toMatchObject({ state: 'remotelyDeactivated' });
});

it('tells what time has done, when the clock was moved at another replica', async () => {
  const reader = await listenToDevice(there, device);
  await here.advance('P30D');
  await reader.until(() => reader.named('device').length === 2);
  expect(reader.named<Device>('device')[1]?.data.state).toBe('expired');
});

it('goes on at another replica where it was', async () => {
  const before = await listenToLicense(here, license);
  await register(there, license.id);
  await before.until(() => before.sequences.length === 1);
  before.close();
  await register(here, license.id);
  await register(there, license.id);
  const after = await listenToLicense(there, license, { lastEventId: before.lastEventId });
  await register(here, license.id);
  await after.until(() => after.sequences.length === 3);
  expect([...before.sequences, ...after.sequences]).toEqual([4, 5, 6, 7]);
});

it('misses nothing and repeats nothing while the connections that announcements come by are killed', async () => {
  const readers = [await listenToLicense(here, license), await listenToLicense(there, license)];
  let killed = 0;
  for (let round = 0; round < 8; round += 1) {
    killed += (await killListeners()).length;
    await Promise.all([here, there, here, there].map((server) => register(server, license.id)));
  }
  expect(killed).toBeGreaterThan(1);
  const expected = Array.from({ length: 32 }, (_, index) => 4 + index);
  for (const reader of readers) await reader.until(() => reader.sequences.length === 32);
  for (const reader of readers) expect(reader.sequences).toEqual(expected);
});

it('hears many changes of many licenses that share transactions', async () => {
  const licenses = await Promise.all(Array.from({ length: 20 }, () => issueLicense(here)));
  const readers = await Promise.all(licenses.map((one) => listenToLicense(there, one)));
  await Promise.all(licenses.flatMap((one) => [1, 2, 3, 4, 5].map(() => register(here, one.id))));
  for (const reader of readers) await reader.until(() => reader.sequences.length === 5);
  for (const reader of readers) expect(reader.sequences).toEqual([2, 3, 4, 5, 6]);
});

it('keeps its streams while one replica ends, and the other hears on', async () => {
  const third = await startServer({ databaseUrl });
  const lost = await EventReader.open(`${third.url}/v1/licenses/${license.id}/stream`, `Bearer ${operatorToken}`);
  const kept = await listenToLicense(there, license);
  await third.kill();
  await lost.closed();
  await register(here, license.id);
  await kept.until(() => kept.sequences.length === 1);
  expect(kept.named<Transition>('transition')[0]?.data.event).toBe('register');
});
