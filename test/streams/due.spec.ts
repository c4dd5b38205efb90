/** What time does is heard when it happens, and not at the next sweep. */
import { accepted, activate, checkIn, issueLicense } from '../support/scene.js';
import { startServer, type TestServer } from '../support/server.js';
import type { Device, License, Transition } from '../support/representations.js';
import { closeStreams, heardWithinMillis, listenToDevice, listenToLicense } from '../support/streams.js';

let server: TestServer;
beforeAll(async () => {
  server = await startServer({ clock: 'system', env: { SEATKEEPER_SWEEP_INTERVAL: 'PT1H' } });
});
afterAll(() => server.stop());
afterEach(closeStreams);

it('tells a device soon after its date that it has expired, though no sweep runs', async () => {
  const license = await issueLicense(server, { checkInPeriod: 'PT2S' });
  const device = await activate(server, license);
  const reader = await listenToDevice(server, device);
  await reader.until(() => reader.named('device').length === 2);
  const [row] = reader.named<Transition>('transition');
  expect(row?.data).toMatchObject({ event: 'expire', at: device.device.deactivationDate });
  const late = Date.parse(row?.data.recordedAt ?? '') - Date.parse(row?.data.at ?? '');
  expect(late).toBeGreaterThanOrEqual(0);
  expect(late).toBeLessThan(heardWithinMillis);
  expect(reader.named<Device>('device')[1]?.data.state).toBe('expired');
});

it('waits for the later date of a device that has checked in meanwhile', async () => {
  const license = await issueLicense(server, { checkInPeriod: 'PT3S' });
  const device = await activate(server, license);
  const reader = await listenToLicense(server, license);
  await reader.until(() => reader.named('device').length === 1);
  let later = device.device.deactivationDate;
  while (Date.parse(later ?? '') - Date.parse(device.device.deactivationDate ?? '') < 1_500) {
    later = (await checkIn(server, device)).deactivationDate;
  }
  await reader.until(() => reader.sequences.length === 1);
  expect(reader.named<Transition>('transition')[0]?.data).toMatchObject({ event: 'expire', at: later });
});

it('tells that a license has ended', async () => {
  const license = await issueLicense(server);
  const reader = await listenToLicense(server, license);
  const validUntil = new Date(Date.now() + 1_500).toISOString();
  accepted(await server.request('POST', `/v1/licenses/${license.id}/renew`, { body: { validUntil } }));
  await reader.until(() => reader.named('license').length === 3);
  expect(reader.named<License>('license').map(({ data }) => data.status)).toEqual(['active', 'active', 'expired']);
});
