/** Time that nobody has swept up after (R4, R6): what is overdue counts as over for everybody who asks, although nothing of it is written yet. */
import Database from 'better-sqlite3';
import { until } from '../support/lives.js';
import { expectProblem } from '../support/problem.js';
import { type Device, type RemoteDeactivation, type Seat } from '../support/representations.js';
import {
  activate,
  type DeviceScene,
  historyOfLicense,
  issueLicense,
  readAll,
  readDevice,
  readLicense,
  setRemoteDeactivation,
} from '../support/scene.js';
import { startServer, type TestServer } from '../support/server.js';
import { brokenRules } from './rules-in-file.js';

describe('a server that sweeps once a day', () => {
  let server: TestServer;

  beforeAll(async () => {
    server = await startServer({ clock: 'system', env: { SEATKEEPER_SWEEP_INTERVAL: 'P1D' } });
  });

  afterAll(async () => {
    await server.stop();
  });

  it('shows an overdue device as expired and its seat as free, before that is written', async () => {
    const license = await issueLicense(server, { seats: 1, checkInPeriod: 'PT1S' });
    const device = await activate(server, license);
    const expired = await overdue(server, device);
    expect(storedState(server.file, device.id)).toBe('active');

    expect(expired).toMatchObject({
      state: 'expired',
      seat: null,
      deactivationDate: null,
      endedBy: { kind: 'expiry', at: device.device.deactivationDate, reason: null },
      remoteDeactivation: { allowed: false, reason: 'deviceNotActive' },
    });
    expect((await readLicense(server, license.id)).activeDevices).toBe(0);
    const path = `/v1/licenses/${license.id}`;
    expect((await readAll<Seat>(server, `${path}/seats`)).map((seat) => seat.device)).toEqual([null]);
    expect(await readAll<Device>(server, `${path}/devices?state=active`)).toEqual([]);
    expect(await readAll<Device>(server, `${path}/devices?state=expired`)).toEqual([expired]);
    const late = await server.request('POST', `/v1/devices/${device.id}/check-in`, { auth: device.auth });
    expect(expectProblem(late, 409, 'deviceNotActive')).toMatchObject({ state: 'expired', endedBy: expired.endedBy });
  });

  it('gives the seat of an overdue device to the next that asks, and writes down when it became free', async () => {
    const license = await issueLicense(server, { seats: 1, checkInPeriod: 'PT1S' });
    const device = await activate(server, license);
    await overdue(server, device);
    const next = await activate(server, license);
    expect(next.device.seat).toBe(1);
    const rows = (await historyOfLicense(server, license.id)).filter((row) => row.subjectId === device.id);
    expect(rows[0]).toMatchObject({ event: 'expire', at: device.device.deactivationDate, actor: { kind: 'expiry' } });
    expect(brokenRules(server.file)).toEqual([]);
  });

  it('shows remote deactivation as enabled when the last blocking device is overdue', async () => {
    const license = await issueLicense(server, { seats: 1, checkInPeriod: 'PT1S', remoteDeactivation: 'disabled' });
    const device = await activate(server, license);
    const waiting: RemoteDeactivation = await setRemoteDeactivation(server, license.id, true);
    expect(waiting).toMatchObject({ state: 'enabling', enabledAtLatest: device.device.deactivationDate });
    await overdue(server, device);
    const enabled = { state: 'enabled', blockingDevices: [], blockingDeviceCount: 0, enabledAtLatest: null };
    expect((await readLicense(server, license.id)).remoteDeactivation).toEqual(enabled);
    const next = await activate(server, license);
    expect(next.device.remoteDeactivation.allowed).toBe(true);
    expect(brokenRules(server.file)).toEqual([]);
  });
});

/** The device when it is overdue, which must not be before its deactivation date. */
async function overdue(server: TestServer, device: DeviceScene): Promise<Device> {
  let seen = await readDevice(server, device.id);
  await until('it is overdue', async () => (seen = await readDevice(server, device.id)).state !== 'active');
  expect(Date.now()).toBeGreaterThanOrEqual(Date.parse(device.device.deactivationDate ?? ''));
  return seen;
}

function storedState(file: string, id: string): string | undefined {
  const database = new Database(file, { readonly: true });
  try {
    return database.prepare<[string], { state: string }>('SELECT state FROM device WHERE id = ?').get(id)?.state;
  } finally {
    database.close();
  }
}
