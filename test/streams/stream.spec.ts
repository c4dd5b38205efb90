/** What listeners hear of a license and of a device: at once, each change once, and nothing where nothing has changed. */
import {
  accepted,
  activate,
  checkIn,
  type DeviceScene,
  issueLicense,
  type LicenseScene,
  logOut,
  readAll,
  readDevice,
  readLicense,
} from '../support/scene.js';
import { operatorToken, startServer, type TestServer } from '../support/server.js';
import type { Device, License, RemoteDeactivation, Transition } from '../support/representations.js';
import { closeStreams, heardWithinMillis, listenToDevice, listenToLicense } from '../support/streams.js';

let server: TestServer;
let license: LicenseScene;
let device: DeviceScene;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());
beforeEach(async () => {
  license = await issueLicense(server);
  device = await activate(server, license, { name: 'Laptop' });
});
afterEach(closeStreams);

const deactivate = async (id: string, reason = 'stolen') =>
  accepted(await server.request('POST', `/v1/devices/${id}/remote-deactivation`, { body: { reason } }));
const rename = async (id: string, name: string) =>
  accepted(await server.request<Device>('PATCH', `/v1/devices/${id}`, { body: { name } }));
const setOption = async (enabled: boolean) =>
  accepted(await server.request('PUT', `/v1/licenses/${license.id}/remote-deactivation`, { body: { enabled } }));
const rowsOf = (path: string) => readAll<Transition>(server, `/v1/${path}/transitions`);

describe('the stream of a license', () => {
  it('is an event stream that nobody keeps, with the headers of every answer', async () => {
    const { status, headers } = await listenToLicense(server, license);
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
      'x-content-type-options': 'nosniff',
      'x-request-id': expect.stringMatching(/^[0-9a-f-]{36}$/),
      'content-security-policy': expect.stringContaining("default-src 'none'"),
    });
  });

  it('begins with the license, its setting and the devices on its seats, without ids', async () => {
    const other = await activate(server, license);
    const reader = await listenToLicense(server, license);
    await reader.until(() => reader.events.length >= 4);
    expect(reader.names).toEqual(['license', 'remoteDeactivation', 'device', 'device']);
    expect(reader.events.map(({ id }) => id)).toEqual([null, null, null, null]);
    const shown = await readLicense(server, license.id);
    const devices = [await readDevice(server, device.id), await readDevice(server, other.id)];
    expect(reader.events.map(({ data }) => data)).toEqual([shown, shown.remoteDeactivation, ...devices]);
  });

  it('tells an activation with its rows, the device and the license', async () => {
    const reader = await listenToLicense(server, license);
    const other = await activate(server, license);
    await reader.until(() => reader.named('license').length === 2);
    const rows = reader.named<Transition>('transition');
    expect(rows.map(({ data }) => data.event)).toEqual(['register', 'activate']);
    expect(rows.map(({ id }) => id)).toEqual(rows.map(({ data }) => String(data.sequence)));
    const written = await rowsOf(`licenses/${license.id}`);
    expect(rows.map(({ data }) => data)).toEqual(written.slice(0, 2).reverse());
    expect(reader.named<Device>('device').at(-1)?.data).toEqual(await readDevice(server, other.id));
    expect(reader.named<License>('license').at(-1)?.data.activeDevices).toBe(2);
    expect(reader.named('remoteDeactivation')).toHaveLength(1);
  });

  it('tells of the setting who is waited for, and when nobody is any more', async () => {
    await setOption(false);
    const reader = await listenToLicense(server, license);
    await setOption(true);
    await reader.until(() => reader.named('remoteDeactivation').length === 2);
    await logOut(server, device);
    await reader.until(() => reader.named('remoteDeactivation').length === 3);
    const settings = reader.named<RemoteDeactivation>('remoteDeactivation').map(({ data }) => data);
    expect(settings.map(({ state, blockingDeviceCount }) => [state, blockingDeviceCount])).toEqual([
      ['disabled', 0],
      ['enabling', 1],
      ['enabled', 0],
    ]);
  });

  it('tells refusals as rows, and no representation that is as it was', async () => {
    const full = await issueLicense(server, { seats: 1 });
    await activate(server, full);
    const listening = await listenToLicense(server, full);
    await listening.until(() => listening.events.length === 3);
    await server.request('POST', '/v1/devices', { auth: full.auth, body: { fingerprint: 'one-too-many' } });
    await listening.until(() => listening.sequences.length === 1);
    await server.request('POST', `/v1/licenses/${full.id}/suspend`, { body: {} });
    await listening.until(() => listening.named('license').length === 2);
    expect(listening.names.slice(3)).toEqual(['transition', 'transition', 'license']);
    expect(listening.named<Transition>('transition')[0]?.data.outcome).toBe('refused');
  });

  it('hears nothing of another license', async () => {
    const reader = await listenToLicense(server, license);
    const other = await issueLicense(server);
    await activate(server, other);
    await rename(device.id, 'Seen last');
    await reader.until(() => reader.sequences.length > 0);
    expect(reader.named<Transition>('transition').map(({ data }) => data.event)).toEqual(['rename']);
  });
});

describe('the stream of a device', () => {
  it('begins with the device alone', async () => {
    const reader = await listenToDevice(server, device);
    expect(reader.events).toMatchObject([{ name: 'device', id: null, data: await readDevice(server, device.id) }]);
  });

  it('tells the device at once that it was deactivated, and why', async () => {
    const reader = await listenToDevice(server, device);
    const begun = performance.now();
    await deactivate(device.id, 'left in a taxi');
    await reader.until(() => reader.named('device').length === 2);
    expect((reader.named('device')[1]?.heardAt ?? Infinity) - begun).toBeLessThan(heardWithinMillis);
    expect(reader.names).toEqual(['device', 'transition', 'device']);
    expect(reader.named<Device>('device')[1]?.data).toMatchObject({
      state: 'remotelyDeactivated',
      endedBy: { kind: 'operator', reason: 'left in a taxi' },
    });
  });

  it('holds its own rows only, and none of another device or of the license', async () => {
    const reader = await listenToDevice(server, device);
    const other = await activate(server, license);
    await logOut(server, other);
    await server.request('POST', `/v1/licenses/${license.id}/suspend`, { body: {} });
    await server.request('POST', `/v1/licenses/${license.id}/reinstate`, { body: {} });
    await logOut(server, device);
    await reader.until(() => reader.named('device').length === 2);
    expect(reader.named<Transition>('transition').map(({ data }) => [data.event, data.subjectId])).toEqual([
      ['logOut', device.id],
    ]);
    expect(reader.names).toEqual(['device', 'transition', 'device']);
  });

  it('tells what an owner may do with it, when the setting changes', async () => {
    const reader = await listenToDevice(server, device);
    await setOption(false);
    await reader.until(() => reader.named('device').length === 2);
    expect(reader.named<Device>('device')[1]?.data.remoteDeactivation).toMatchObject({
      allowed: false,
      reason: 'remoteDeactivationDisabled',
    });
    expect(reader.sequences).toEqual([]);
  });

  it('tells a device what kind of person acted, and not which; and people also which', async () => {
    const own = await listenToDevice(server, device);
    const seen = await listenToDevice(server, { id: device.id });
    await deactivate(device.id);
    await own.until(() => own.sequences.length === 1);
    await seen.until(() => seen.sequences.length === 1);
    expect(own.named<Transition>('transition')[0]?.data.actor).toEqual({ kind: 'operator', id: null, name: null });
    expect(seen.named<Transition>('transition')[0]?.data.actor).toMatchObject({
      kind: 'operator',
      name: expect.any(String),
    });
  });

  it('is told of an expiry that time has caused, when it is written', async () => {
    const reader = await listenToDevice(server, device);
    await server.advance('P30D');
    await reader.until(() => reader.named('device').length === 2);
    expect(reader.named<Transition>('transition')[0]?.data).toMatchObject({ event: 'expire', to: 'expired' });
    expect(reader.named<Device>('device')[1]?.data.state).toBe('expired');
  });
});

describe('nothing is pushed', () => {
  /** What both streams hear until a renaming, which is heard last. */
  async function heardOf(action: () => Promise<unknown>): Promise<string[]> {
    const whole = await listenToLicense(server, license);
    const own = await listenToDevice(server, device);
    await whole.until(() => whole.events.length === 3);
    const [before, ownBefore] = [whole.events.length, own.events.length];
    await action();
    await rename(device.id, 'Renamed in the end');
    const isRenamed = (names: string[]) => names.includes('device');
    await whole.until(() => isRenamed(whole.names.slice(before)));
    await own.until(() => isRenamed(own.names.slice(ownBefore)));
    expect(own.names.slice(ownBefore)).toEqual(['transition', 'device']);
    return whole.named<Transition>('transition').map(({ data }) => data.event);
  }

  it('by check-ins', async () => {
    const heard = await heardOf(async () => {
      for (let count = 0; count < 5; count += 1) await checkIn(server, device);
    });
    expect(heard).toEqual(['rename']);
  });

  it('by an activation while active, or by what is asked for twice', async () => {
    const gone = await activate(server, license);
    await deactivate(gone.id);
    const heard = await heardOf(async () => {
      const again = await activate(server, license, { fingerprint: device.fingerprint });
      device = { ...device, auth: again.auth };
      await deactivate(gone.id);
      await setOption(true);
    });
    expect(heard).toEqual(['rename']);
  });

  it('by dry runs', async () => {
    const heard = await heardOf(async () => {
      const dry = (path: string, auth = `Bearer ${operatorToken}`, body: object = {}) =>
        server.request('POST', `/v1/${path}?dryRun=true`, { auth, body }).then(accepted);
      await dry(`devices/${device.id}/remote-deactivation`);
      await dry(`devices/${device.id}/log-out`, device.auth);
      await dry('devices', license.auth, { fingerprint: 'never-activated' });
      await server.request('PUT', `/v1/licenses/${license.id}/remote-deactivation?dryRun=true`, {
        body: { enabled: false },
      });
    });
    expect(heard).toEqual(['rename']);
  });
});
