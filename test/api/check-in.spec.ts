/** The periodic connection of an active device. */
import { advanceTo, day, later, now } from '../support/clock.js';
import { expectProblem } from '../support/problem.js';
import { type Device } from '../support/representations.js';
import {
  activate,
  changeLicense,
  checkIn,
  historyOfLicense,
  issueLicense,
  logOut,
  readDevice,
} from '../support/scene.js';
import { startServer, type TestServer } from '../support/server.js';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

describe('a check-in', () => {
  it('answers 200 with the device and a new lease', async () => {
    const device = await activate(server, await issueLicense(server));
    const answer = await server.request<{ device: Device; lease: string }>(
      'POST',
      `/v1/devices/${device.id}/check-in`,
      {
        auth: device.auth,
      },
    );
    expect(answer.status).toBe(200);
    expect(Object.keys(answer.body).sort()).toEqual(['device', 'lease']);
    expect(answer.body.lease).not.toBe(device.lease);
    expect(answer.body.device).toEqual(await readDevice(server, device.id));
  });

  it('sets the deactivation date to now and the check-in period, every time (R4)', async () => {
    const device = await activate(server, await issueLicense(server));
    for (let visit = 1; visit <= 4; visit += 1) {
      await server.advance('P20D');
      const time = await now(server);
      expect(await checkIn(server, device)).toMatchObject({
        state: 'active',
        lastSeenAt: time,
        deactivationDate: later(time, 30 * day),
        checkInCount: visit,
      });
    }
  });

  it('is no history row and no new version (R11)', async () => {
    const license = await issueLicense(server);
    const device = await activate(server, license);
    const before = await historyOfLicense(server, license.id);
    const after = await checkIn(server, device);
    expect(after.version).toBe(device.device.version);
    expect(await historyOfLicense(server, license.id)).toEqual(before);
  });

  it('brings the version of the software, which stays until the next one', async () => {
    const device = await activate(server, await issueLicense(server), { appVersion: '1.0.0' });
    const answer = await server.request<{ device: Device }>('POST', `/v1/devices/${device.id}/check-in`, {
      auth: device.auth,
      body: { appVersion: '1.1.0' },
    });
    expect(answer.body.device.appVersion).toBe('1.1.0');
    expect((await checkIn(server, device)).appVersion).toBe('1.1.0');
  });

  it('takes an empty body, with or without a content type, as no fields', async () => {
    const device = await activate(server, await issueLicense(server));
    const path = `/v1/devices/${device.id}/check-in`;
    const bare = await server.request('POST', path, { auth: device.auth });
    const typed = await server.request('POST', path, { auth: device.auth, rawBody: '' });
    const object = await server.request('POST', path, { auth: device.auth, body: {} });
    expect([bare.status, typed.status, object.status]).toEqual([200, 200, 200]);
  });

  it('counts by the check-in period that the license has now', async () => {
    const license = await issueLicense(server);
    const device = await activate(server, license);
    await server.request('PATCH', `/v1/licenses/${license.id}`, {
      headers: { 'if-match': '*' },
      body: { checkInPeriod: 'P7D' },
    });
    expect((await checkIn(server, device)).deactivationDate).toBe(later(await now(server), 7 * day));
  });
});

describe('a check-in of a device that is not active', () => {
  it('tells the state and what ended the activation after a log-out', async () => {
    const device = await activate(server, await issueLicense(server));
    await logOut(server, device);
    const answer = await server.request('POST', `/v1/devices/${device.id}/check-in`, { auth: device.auth });
    expect(expectProblem(answer, 409, 'deviceNotActive')).toMatchObject({
      state: 'loggedOut',
      endedBy: { kind: 'device', at: await now(server), reason: null },
      remedy: expect.stringMatching(/\S/),
    });
  });

  it('tells the deactivation date after it has expired', async () => {
    const device = await activate(server, await issueLicense(server));
    await server.advance('P31D');
    const answer = await server.request('POST', `/v1/devices/${device.id}/check-in`, { auth: device.auth });
    expect(expectProblem(answer, 409, 'deviceNotActive')).toMatchObject({
      state: 'expired',
      endedBy: { kind: 'expiry', at: device.device.deactivationDate, reason: null },
    });
  });

  it('tells who deactivated it remotely, and why (R8)', async () => {
    const device = await activate(server, await issueLicense(server));
    await server.request('POST', `/v1/devices/${device.id}/remote-deactivation`, { body: { reason: 'stolen' } });
    const answer = await server.request('POST', `/v1/devices/${device.id}/check-in`, { auth: device.auth });
    expect(expectProblem(answer, 409, 'deviceNotActive')).toMatchObject({
      state: 'remotelyDeactivated',
      endedBy: { kind: 'operator', at: await now(server), reason: 'stolen' },
    });
  });

  it('never activates by itself', async () => {
    const device = await activate(server, await issueLicense(server));
    await server.request('POST', `/v1/devices/${device.id}/remote-deactivation`);
    await server.request('POST', `/v1/devices/${device.id}/check-in`, { auth: device.auth });
    expect(await readDevice(server, device.id)).toMatchObject({ state: 'remotelyDeactivated', seat: null });
  });
});

describe('a check-in on a license that is not active', () => {
  it.each([
    ['suspend', 'licenseSuspended'],
    ['revoke', 'licenseRevoked'],
  ] as const)('after %s is refused as %s and moves no date', async (event, code) => {
    const license = await issueLicense(server);
    const device = await activate(server, license);
    await changeLicense(server, license.id, event);
    await server.advance('P1D');
    const answer = await server.request('POST', `/v1/devices/${device.id}/check-in`, { auth: device.auth });
    expectProblem(answer, 403, code);
    expect(await readDevice(server, device.id)).toMatchObject({
      state: 'active',
      deactivationDate: device.device.deactivationDate,
      checkInCount: 0,
    });
  });

  it('is refused as licenseExpired from the instant its validity ends', async () => {
    const validUntil = later(await now(server), 2 * day);
    const device = await activate(server, await issueLicense(server, { validUntil }));
    const path = `/v1/devices/${device.id}/check-in`;
    await advanceTo(server, later(validUntil, -1));
    expect((await server.request('POST', path, { auth: device.auth })).status).toBe(200);
    await server.advance('PT0.001S');
    expectProblem(await server.request('POST', path, { auth: device.auth }), 403, 'licenseExpired');
  });
});
