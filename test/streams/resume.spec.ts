/** Coming back to a stream: the missed rows come first, each once, or one reset where they are too many or of no such history. */
import { freshFingerprint, issueLicense, readAll } from '../support/scene.js';
import { activate, type DeviceScene, type LicenseScene, logOut, register } from '../support/scene.js';
import { startServer, type TestServer } from '../support/server.js';
import type { Transition } from '../support/representations.js';
import { closeStreams, listenToDevice, listenToLicense } from '../support/streams.js';

let server: TestServer;
let license: LicenseScene;
let device: DeviceScene;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());
beforeEach(async () => {
  license = await issueLicense(server);
  device = await activate(server, license);
});
afterEach(closeStreams);

/** The sequences of the history, oldest first, from after a sequence on. */
async function written(path: string, after: number): Promise<number[]> {
  const rows = await readAll<Transition>(server, `/v1/${path}/transitions`);
  return rows
    .map(({ sequence }) => sequence)
    .filter((sequence) => sequence > after)
    .reverse();
}

const registerMany = async (count: number) => {
  for (let start = 0; start < count; start += 50) {
    await Promise.all(Array.from({ length: Math.min(50, count - start) }, () => register(server, license.id)));
  }
};

it('sends what was missed before anything else, in its order', async () => {
  const first = await listenToLicense(server, license);
  await first.until(() => first.lastEventId !== '');
  first.close();
  await logOut(server, device);
  await activate(server, license);
  const reader = await listenToLicense(server, license, { lastEventId: first.lastEventId });
  await reader.until(() => reader.named('device').length === 1);
  expect(reader.names).toEqual(['transition', 'transition', 'transition', 'license', 'remoteDeactivation', 'device']);
  expect(reader.sequences).toEqual(await written(`licenses/${license.id}`, Number(first.lastEventId)));
});

it('misses nothing where the stream was lost before its first row', async () => {
  const first = await listenToDevice(server, device);
  first.close();
  expect(first.sequences).toEqual([]);
  await logOut(server, device);
  const reader = await listenToDevice(server, device, first.lastEventId);
  await reader.until(() => reader.named('device').length === 1);
  expect(reader.named<Transition>('transition').map(({ data }) => data.event)).toEqual(['logOut']);
});

it('begins with the whole history after 0, and with nothing missed after the latest row', async () => {
  const all = await listenToLicense(server, license, { lastEventId: '0' });
  await all.until(() => all.named('device').length === 1);
  expect(all.sequences).toEqual([1, 2, 3]);
  const none = await listenToLicense(server, license, { lastEventId: '3' });
  await none.until(() => none.named('device').length === 1);
  expect(none.sequences).toEqual([]);
});

it('gives a device its own missed rows only', async () => {
  const other = await activate(server, license);
  await logOut(server, other);
  await logOut(server, device);
  const reader = await listenToDevice(server, device, '0');
  await reader.until(() => reader.named('device').length === 1);
  expect(reader.sequences).toEqual(await written(`devices/${device.id}`, 0));
  expect(reader.sequences).toHaveLength(3);
});

it('sends 1,000 missed rows, and one reset instead of 1,001, from which one can come back again', async () => {
  await registerMany(1_001);
  const latest = 3 + 1_001;
  const most = await listenToLicense(server, license, { lastEventId: String(latest - 1_000) });
  await most.until(() => most.named('device').length > 0);
  expect(most.sequences).toEqual(await written(`licenses/${license.id}`, latest - 1_000));
  const reset = await listenToLicense(server, license, { lastEventId: String(latest - 1_001) });
  await reset.until(() => reset.named('device').length > 0);
  expect(reset.names.slice(0, 2)).toEqual(['reset', 'license']);
  expect(reset.sequences).toEqual([]);
  expect(reset.events[0]).toMatchObject({ id: String(latest), data: { sequence: latest } });
  await logOut(server, device);
  const back = await listenToLicense(server, license, { lastEventId: reset.events[0]?.id ?? '' });
  await back.until(() => back.named('license').length > 0);
  expect(back.sequences).toEqual([latest + 1]);
});

it('resets one that has heard of rows which this history does not have', async () => {
  const reader = await listenToLicense(server, license, { lastEventId: '4000' });
  await reader.until(() => reader.named('device').length === 1);
  expect(reader.names[0]).toBe('reset');
});

it('misses nothing and repeats nothing over many lost connections, while rows are being written', async () => {
  const heard: number[] = [];
  const begun = await listenToLicense(server, license);
  let lastEventId = begun.lastEventId;
  const start = Number(lastEventId);
  begun.close();
  let isWriting = true;
  const writing = registerMany(400).finally(() => (isWriting = false));
  for (let round = 0; isWriting || round < 5; round += 1) {
    const reader = await listenToLicense(server, license, { lastEventId });
    const enough = 1 + ((round * 7) % 23);
    if (isWriting) await reader.until(() => reader.sequences.length >= enough || !isWriting);
    reader.close();
    heard.push(...reader.sequences);
    lastEventId = reader.lastEventId === '' ? lastEventId : reader.lastEventId;
  }
  await writing;
  const last = await listenToLicense(server, license, { lastEventId });
  await last.until(() => Number(last.lastEventId || lastEventId) === start + 400);
  heard.push(...last.sequences);
  expect(heard).toEqual(Array.from({ length: 400 }, (_, index) => start + 1 + index));
});

it('gives ten listeners that come at different times the same rows, each once', async () => {
  const readers = [];
  const writing = registerMany(300);
  for (let count = 0; count < 10; count += 1)
    readers.push(await listenToLicense(server, license, { lastEventId: '3' }));
  await writing;
  for (const reader of readers) await reader.until(() => reader.sequences.at(-1) === 303);
  const expected = Array.from({ length: 300 }, (_, index) => 4 + index);
  for (const reader of readers) expect(reader.sequences).toEqual(expected);
});

it('goes on after a restart of the server where it was', async () => {
  const own = await startServer();
  try {
    const issued = await issueLicense(own);
    await activate(own, issued, { fingerprint: freshFingerprint() });
    const before = await listenToLicense(own, issued);
    const added = await activate(own, issued);
    await before.until(() => before.sequences.length === 2);
    await own.kill();
    await before.closed();
    await own.start();
    await logOut(own, added);
    const after = await listenToLicense(own, issued, { lastEventId: before.lastEventId });
    await after.until(() => after.named('license').length === 1);
    expect([...before.sequences, ...after.sequences]).toEqual([4, 5, 6]);
  } finally {
    await own.stop();
  }
});
