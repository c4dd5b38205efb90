/** The devices of a license: by state, last seen first, page after page. */
import { expectProblem } from '../support/problem.js';
import { type Device, type List } from '../support/representations.js';
import {
  activate,
  checkIn,
  type DeviceScene,
  issueLicense,
  type LicenseScene,
  logOut,
  readAll,
  readDevice,
  register,
} from '../support/scene.js';
import { startServer, type TestServer } from '../support/server.js';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

const list = (license: LicenseScene, query = '') =>
  server.request<List<Device>>('GET', `/v1/licenses/${license.id}/devices${query}`);
const idsOf = async (license: LicenseScene, query: string) =>
  (await list(license, query)).body.items.map(({ id }) => id);

/** A license with one device in each state. */
async function oneOfEach() {
  const license = await issueLicense(server, { seats: 4 });
  const expired = await activate(server, license);
  await server.advance('P30D');
  const inactive = await register(server, license.id);
  const active = await activate(server, license);
  const loggedOut = await activate(server, license);
  await logOut(server, loggedOut);
  const remotelyDeactivated = await activate(server, license);
  await server.request('POST', `/v1/devices/${remotelyDeactivated.id}/remote-deactivation`);
  return { license, devices: { inactive, active, loggedOut, expired, remotelyDeactivated } };
}

describe('the devices of a license', () => {
  it('are all of them, each as reading it shows it', async () => {
    const { license, devices } = await oneOfEach();
    const { items, nextCursor } = (await list(license)).body;
    expect(nextCursor).toBeNull();
    expect(items.map(({ id }) => id).sort()).toEqual(
      Object.values(devices)
        .map(({ id }) => id)
        .sort(),
    );
    for (const item of items) expect(item).toEqual(await readDevice(server, item.id));
  });

  it('are filtered by state', async () => {
    const { license, devices } = await oneOfEach();
    for (const [state, { id }] of Object.entries(devices)) {
      expect(await idsOf(license, `?state=${state}`)).toEqual([id]);
    }
  });

  it('are filtered by several states where the parameter repeats', async () => {
    const { license, devices } = await oneOfEach();
    const ids = await idsOf(license, '?state=expired&state=inactive');
    expect(ids.sort()).toEqual([devices.expired.id, devices.inactive.id].sort());
  });

  it('come last seen first, and those never seen at the end', async () => {
    const license = await issueLicense(server, { seats: 4 });
    const never = await register(server, license.id);
    const devices: DeviceScene[] = [];
    for (let count = 0; count < 3; count += 1) {
      await server.advance('PT1S');
      devices.push(await activate(server, license));
    }
    const [one, two, three] = devices as [DeviceScene, DeviceScene, DeviceScene];
    expect(await idsOf(license, '')).toEqual([three.id, two.id, one.id, never.id]);
    await server.advance('PT1S');
    await checkIn(server, one);
    await server.advance('PT1S');
    await logOut(server, two);
    expect(await idsOf(license, '')).toEqual([two.id, one.id, three.id, never.id]);
  });

  it('come in pages, each once, also where many were seen in the same millisecond', async () => {
    const license = await issueLicense(server, { seats: 12 });
    const ids: string[] = [];
    for (let count = 0; count < 10; count += 1) ids.push((await activate(server, license)).id);
    for (let count = 0; count < 3; count += 1) ids.push((await register(server, license.id)).id);
    const seen: string[] = [];
    let query = '?limit=4';
    for (let page = 0; page < 4; page += 1) {
      const { items, nextCursor } = (await list(license, query)).body;
      seen.push(...items.map(({ id }) => id));
      expect(nextCursor === null).toBe(page === 3);
      query = `?limit=4&cursor=${encodeURIComponent(nextCursor ?? '')}`;
    }
    expect(seen.sort()).toEqual(ids.sort());
  });

  it('keep the filter over pages', async () => {
    const license = await issueLicense(server, { seats: 9 });
    for (let count = 0; count < 6; count += 1) {
      const device = await activate(server, license);
      if (count % 2 === 0) await logOut(server, device);
    }
    const first = (await list(license, '?state=active&limit=2')).body;
    const second = (await list(license, `?state=active&limit=2&cursor=${encodeURIComponent(first.nextCursor ?? '')}`))
      .body;
    expect([...first.items, ...second.items].map(({ state }) => state)).toEqual(['active', 'active', 'active']);
    expect(second.nextCursor).toBeNull();
  });

  it('are fifty a page unless said otherwise', async () => {
    const license = await issueLicense(server, { seats: 60 });
    await Promise.all(Array.from({ length: 55 }, () => activate(server, license)));
    const { items, nextCursor } = (await list(license)).body;
    expect(items).toHaveLength(50);
    expect(nextCursor).not.toBeNull();
    expect(await readAll<Device>(server, `/v1/licenses/${license.id}/devices`)).toHaveLength(55);
  });

  it.each(['state=gone', 'state=', 'state=Active', 'limit=0', 'limit=201', 'cursor=%00', 'seat=1', 'dryRun=true'])(
    'refuse ?%s',
    async (query) => {
      expectProblem(await list(await issueLicense(server), `?${query}`), 400, 'invalidRequest');
    },
  );
});
