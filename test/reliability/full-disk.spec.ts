/** A server whose disk is full: it says so, goes on reading, and writes again by itself when there is room. */
import { until } from '../support/lives.js';
import { type Activation, type Device } from '../support/representations.js';
import {
  activate,
  checkIn,
  type DeviceScene,
  freshFingerprint,
  issueLicense,
  type LicenseScene,
  logOut,
  readAll,
} from '../support/scene.js';
import { type Answer, startServer, type TestServer } from '../support/server.js';
import { findingsIn } from './doctor-finds.js';
import { narrowRooms } from './narrow-room.js';
import { brokenRules } from './rules-in-file.js';

describe.each(narrowRooms())('a server with $sort', (room) => {
  let server: TestServer;
  let license: LicenseScene;

  beforeAll(async () => {
    server = await startServer({ file: room.open() });
    license = await issueLicense(server, { seats: 10_000 });
  });

  afterAll(async () => {
    await server.stop();
    room.close();
  });

  it('refuses to write and reads on, then works again by itself and has kept what it acknowledged and nothing else', async () => {
    const device = await activate(server, license);
    const left = await activate(server, license);
    const acknowledged = new Map([device.device, await logOut(server, left)].map((one) => [one.id, one]));

    room.fillUp(server);
    for (const one of await activateUntilRefused(server, license)) acknowledged.set(one.id, one);
    await expectNoWrites(server, license);
    await expectReads(server, license, device);

    room.makeRoom(server);
    await until('it is ready', async () => (await server.request('GET', '/health/ready')).status === 200);
    acknowledged.set(device.id, await checkIn(server, device));
    const late = await activate(server, license);
    acknowledged.set(late.id, late.device);
    const devices = await readAll<Device>(server, `/v1/licenses/${license.id}/devices`);
    expect(new Map(devices.map((one) => [one.id, one]))).toEqual(acknowledged);
    expect(brokenRules(server.databaseUrl)).toEqual([]);
    expect(await findingsIn(server.databaseUrl)).toEqual([]);
  });
});

/** Returns the devices that were still activated. */
async function activateUntilRefused(server: TestServer, license: LicenseScene): Promise<Device[]> {
  const activated: Device[] = [];
  let refused: Answer<unknown> | null = null;
  await until('there is no room left', async () => {
    const answer = await server.request<Activation>('POST', '/v1/devices', {
      auth: license.auth,
      body: { fingerprint: freshFingerprint(), name: 'x'.repeat(100) },
    });
    if (answer.status === 201) activated.push(answer.body.device);
    else refused = answer;
    return refused !== null;
  });
  expect(refused).toMatchObject({ status: 503, body: { code: 'overloaded', outcome: 'none' } });
  return activated;
}

async function expectNoWrites(server: TestServer, license: LicenseScene): Promise<void> {
  const answers = [
    await server.request('POST', '/v1/devices', { auth: license.auth, body: { fingerprint: freshFingerprint() } }),
    await server.request('POST', '/v1/licenses', {
      body: { organizationId: license.organizationId, product: 'Mapper Pro', seats: 5_000 },
    }),
    await server.request('POST', `/v1/licenses/${license.id}/suspend`),
    await server.request('POST', '/v1/organizations', { body: { name: 'Late Comers' } }),
  ];
  for (const answer of answers) {
    expect(answer).toMatchObject({ status: 503, body: { code: 'overloaded', outcome: 'none' } });
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
  }
}

async function expectReads(server: TestServer, license: LicenseScene, device: DeviceScene): Promise<void> {
  await until(
    'it says that it is not ready',
    async () => (await server.request('GET', '/health/ready')).status === 503,
  );
  expect((await server.request('GET', '/health/live')).status).toBe(200);
  const own = await server.request('GET', `/v1/devices/${device.id}`, { auth: device.auth });
  expect(own).toMatchObject({ status: 200, body: device.device });
  for (const path of ['', '/seats', '/devices', '/transitions']) {
    expect((await server.request('GET', `/v1/licenses/${license.id}${path}`)).status).toBe(200);
  }
}
