/** Giving a seat back from the device itself. */
import { now } from '../support/clock.js';
import { expectProblem } from '../support/problem.js';
import { type Device } from '../support/representations.js';
import {
  activate,
  changeLicense,
  historyOfDevice,
  issueLicense,
  logOut,
  readDevice,
  readLicense,
} from '../support/scene.js';
import { startServer, type TestServer } from '../support/server.js';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

describe('a log-out', () => {
  it('answers 200 with the device, without seat and deactivation date', async () => {
    const license = await issueLicense(server);
    const device = await activate(server, license);
    await server.advance('PT1H');
    const answer = await server.request<{ device: Device }>('POST', `/v1/devices/${device.id}/log-out`, {
      auth: device.auth,
    });
    const time = await now(server);
    expect(answer.status).toBe(200);
    expect(Object.keys(answer.body)).toEqual(['device']);
    expect(answer.body.device).toMatchObject({
      state: 'loggedOut',
      seat: null,
      activatedAt: device.device.activatedAt,
      lastSeenAt: time,
      deactivationDate: null,
      leaseExpiresAt: device.device.leaseExpiresAt,
      endedBy: { kind: 'device', at: time, reason: null },
      remoteDeactivation: { allowed: false, reason: 'deviceNotActive' },
    });
    expect(answer.body.device.version).toBeGreaterThan(device.device.version);
    expect((await readLicense(server, license.id)).activeDevices).toBe(0);
  });

  it('sent twice has the effect of once (R12)', async () => {
    const device = await activate(server, await issueLicense(server));
    const first = await logOut(server, device);
    const history = await historyOfDevice(server, device.id);
    await server.advance('PT1H');
    expect(await logOut(server, device)).toEqual(first);
    expect(await historyOfDevice(server, device.id)).toEqual(history);
  });

  it.each(['suspend', 'revoke'] as const)('works after %s of its license', async (event) => {
    const license = await issueLicense(server);
    const device = await activate(server, license);
    await changeLicense(server, license.id, event);
    expect((await logOut(server, device)).state).toBe('loggedOut');
  });

  it('of an expired device is refused as deviceNotActive', async () => {
    const device = await activate(server, await issueLicense(server));
    await server.advance('P30D');
    const answer = await server.request('POST', `/v1/devices/${device.id}/log-out`, { auth: device.auth });
    expect(expectProblem(answer, 409, 'deviceNotActive')).toMatchObject({
      state: 'expired',
      endedBy: { kind: 'expiry' },
    });
  });

  it('of a remotely deactivated device is refused and leaves it so', async () => {
    const device = await activate(server, await issueLicense(server));
    await server.request('POST', `/v1/devices/${device.id}/remote-deactivation`);
    const answer = await server.request('POST', `/v1/devices/${device.id}/log-out`, { auth: device.auth });
    expectProblem(answer, 409, 'deviceNotActive');
    expect((await readDevice(server, device.id)).state).toBe('remotelyDeactivated');
  });
});
