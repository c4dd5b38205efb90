/** Activating a device with the license key, as client software does. */
import { day, later, now, timePattern } from '../support/clock.js';
import { expectProblem } from '../support/problem.js';
import { type Activation, fieldsOf } from '../support/representations.js';
import {
  activate,
  changeLicense,
  checkIn,
  freshFingerprint,
  historyOfLicense,
  issueLicense,
  logOut,
  readDevice,
  readLicense,
  register,
} from '../support/scene.js';
import { startServer, type TestServer } from '../support/server.js';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

describe('a first activation', () => {
  it('answers 201 with the device, a device token and a lease', async () => {
    const license = await issueLicense(server);
    const fingerprint = freshFingerprint();
    const answer = await server.request<Activation>('POST', '/v1/devices', {
      auth: license.auth,
      body: { fingerprint, name: 'Field laptop', platform: 'linux', appVersion: '4.2.0' },
    });
    expect(answer.status).toBe(201);
    expect(Object.keys(answer.body).sort()).toEqual(['device', 'lease', 'token']);
    expect(answer.body.token).toMatch(/^skd_\S{40,}$/);
    expect(answer.body.lease.split('.')).toHaveLength(3);
  });

  it('gives every field of the device, the dates counted from now', async () => {
    const license = await issueLicense(server);
    const time = await now(server);
    const { device } = await activate(server, license, { fingerprint: 'fingerprint-of-one', name: 'Field laptop' });
    expect(Object.keys(device).sort()).toEqual([...fieldsOf.device]);
    expect(device).toMatchObject({
      licenseId: license.id,
      fingerprint: 'fingerprint-of-one',
      name: 'Field laptop',
      platform: null,
      appVersion: null,
      state: 'active',
      seat: 1,
      activatedAt: time,
      lastSeenAt: time,
      deactivationDate: later(time, 30 * day),
      checkInCount: 0,
      remoteDeactivation: { allowed: true, reason: null, remedy: null },
      endedBy: null,
    });
    expect(device.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(device.leaseExpiresAt).toMatch(timePattern);
    expect(device.version).toBeGreaterThanOrEqual(1);
  });

  it('counts the deactivation date by the check-in period of the license', async () => {
    const license = await issueLicense(server, { checkInPeriod: 'PT90S' });
    const time = await now(server);
    const { device } = await activate(server, license);
    expect(device.deactivationDate).toBe(later(time, 90_000));
  });

  it('has no name where nobody gave one', async () => {
    const { device } = await activate(server, await issueLicense(server));
    expect(device.name).toBeNull();
  });

  it('takes null for an optional field as if it were left out', async () => {
    const license = await issueLicense(server);
    const answer = await server.request<Activation>('POST', '/v1/devices', {
      auth: license.auth,
      body: { fingerprint: freshFingerprint(), name: null, platform: null, appVersion: null },
    });
    expect(answer.status).toBe(201);
    expect(answer.body.device).toMatchObject({ name: null, platform: null, appVersion: null });
  });

  it('makes another device of the same fingerprint on another license', async () => {
    const fingerprint = freshFingerprint();
    const one = await activate(server, await issueLicense(server), { fingerprint });
    const two = await activate(server, await issueLicense(server), { fingerprint });
    expect(two.status).toBe(201);
    expect(two.id).not.toBe(one.id);
  });
});

describe('activating a known device', () => {
  it('answers 200 with the same device while it is active, and keeps seat and start', async () => {
    const license = await issueLicense(server);
    await activate(server, license);
    const first = await activate(server, license);
    await server.advance('P1D');
    const time = await now(server);
    const again = await activate(server, license, { fingerprint: first.fingerprint });
    expect(again.status).toBe(200);
    expect(again.device).toMatchObject({
      id: first.id,
      state: 'active',
      seat: 2,
      activatedAt: first.device.activatedAt,
      lastSeenAt: time,
      deactivationDate: later(time, 30 * day),
      version: first.device.version,
    });
  });

  it('writes no history row while it is active (R11)', async () => {
    const license = await issueLicense(server);
    const device = await activate(server, license);
    const before = await historyOfLicense(server, license.id);
    await activate(server, license, { fingerprint: device.fingerprint });
    expect(await historyOfLicense(server, license.id)).toEqual(before);
  });

  it('answers 200 to one that had logged out, on the lowest free seat', async () => {
    const license = await issueLicense(server);
    const device = await activate(server, license);
    await activate(server, license);
    await logOut(server, device);
    await server.advance('PT1H');
    const again = await activate(server, license, { fingerprint: device.fingerprint });
    expect(again.status).toBe(200);
    expect(again.device).toMatchObject({
      id: device.id,
      state: 'active',
      seat: 1,
      activatedAt: await now(server),
      endedBy: null,
    });
    expect(again.device.version).toBeGreaterThan(device.device.version);
  });

  it('answers 200 to one that was registered and never activated', async () => {
    const license = await issueLicense(server);
    const registered = await register(server, license.id);
    const device = await activate(server, license, { fingerprint: registered.fingerprint });
    expect(device.status).toBe(200);
    expect(device.device).toMatchObject({ id: registered.id, state: 'active', seat: 1 });
  });

  it('lets a device come back after it has expired', async () => {
    const license = await issueLicense(server);
    const device = await activate(server, license);
    await server.advance('P30D');
    const again = await activate(server, license, { fingerprint: device.fingerprint });
    expect(again.status).toBe(200);
    expect(again.device).toMatchObject({ id: device.id, state: 'active', endedBy: null });
  });

  it('keeps the number of check-ins over activations', async () => {
    const license = await issueLicense(server);
    const device = await activate(server, license);
    await checkIn(server, device);
    await checkIn(server, device);
    await logOut(server, device);
    const again = await activate(server, license, { fingerprint: device.fingerprint });
    expect(again.device.checkInCount).toBe(2);
  });
});

describe('the name of a device', () => {
  it("is the client's for as long as no person gave one", async () => {
    const license = await issueLicense(server);
    const device = await activate(server, license, { name: 'host-17' });
    const again = await activate(server, license, { fingerprint: device.fingerprint, name: 'host-18' });
    expect(again.device.name).toBe('host-18');
    expect(again.device.version).toBeGreaterThan(device.device.version);
  });

  it('stays where the client gives none', async () => {
    const license = await issueLicense(server);
    const device = await activate(server, license, { name: 'host-17' });
    const again = await activate(server, license, { fingerprint: device.fingerprint });
    expect(again.device.name).toBe('host-17');
  });

  it('stays once a person has set it, whatever the client says', async () => {
    const license = await issueLicense(server);
    const device = await activate(server, license, { name: 'host-17' });
    await server.request('PATCH', `/v1/devices/${device.id}`, { body: { name: 'Maria’s laptop' } });
    const again = await activate(server, license, { fingerprint: device.fingerprint, name: 'host-18' });
    expect(again.device.name).toBe('Maria’s laptop');
    await logOut(server, again);
    const later = await activate(server, license, { fingerprint: device.fingerprint, name: 'host-19' });
    expect(later.device.name).toBe('Maria’s laptop');
  });

  it('stays as the person who registered the device wrote it', async () => {
    const license = await issueLicense(server);
    const registered = await register(server, license.id, { name: 'Drone cart' });
    const device = await activate(server, license, { fingerprint: registered.fingerprint, name: 'host-1' });
    expect(device.device.name).toBe('Drone cart');
  });

  it("is the client's where a person registered the device without one", async () => {
    const license = await issueLicense(server);
    const registered = await register(server, license.id);
    const device = await activate(server, license, { fingerprint: registered.fingerprint, name: 'host-1' });
    expect(device.device.name).toBe('host-1');
  });
});

describe('an activation that finds no seat', () => {
  it('is refused with the seats, the active devices and when the next seat will be free', async () => {
    const license = await issueLicense(server, { seats: 2 });
    const first = await activate(server, license);
    await server.advance('P1D');
    await activate(server, license);
    const answer = await server.request('POST', '/v1/devices', {
      auth: license.auth,
      body: { fingerprint: freshFingerprint() },
    });
    expect(expectProblem(answer, 409, 'noSeatAvailable')).toMatchObject({
      seats: 2,
      activeDevices: 2,
      nextSeatFreeAt: first.device.deactivationDate,
    });
  });

  it('registers no device', async () => {
    const license = await issueLicense(server, { seats: 1 });
    const device = await activate(server, license);
    await server.request('POST', '/v1/devices', { auth: license.auth, body: { fingerprint: freshFingerprint() } });
    const devices = await server.request<{ items: { id: string }[] }>('GET', `/v1/licenses/${license.id}/devices`);
    expect(devices.body.items.map(({ id }) => id)).toEqual([device.id]);
  });

  it('succeeds as soon as another device has logged out (R2)', async () => {
    const license = await issueLicense(server, { seats: 1 });
    const one = await activate(server, license);
    await logOut(server, one);
    const two = await activate(server, license);
    expect(two.device.seat).toBe(1);
    expect(await readDevice(server, one.id)).toMatchObject({ state: 'loggedOut', seat: null });
  });

  it('never gives more seats than there are, however many ask at once (R1)', async () => {
    const license = await issueLicense(server, { seats: 3 });
    const answers = await Promise.all(
      Array.from({ length: 20 }, () =>
        server.request('POST', '/v1/devices', { auth: license.auth, body: { fingerprint: freshFingerprint() } }),
      ),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(3);
    for (const answer of answers.filter(({ status }) => status !== 201)) expectProblem(answer, 409, 'noSeatAvailable');
    expect((await readLicense(server, license.id)).activeDevices).toBe(3);
  });

  it('makes one device of one fingerprint, however often it asks at once (R12)', async () => {
    const license = await issueLicense(server, { seats: 3 });
    const fingerprint = freshFingerprint();
    const devices = await Promise.all(Array.from({ length: 10 }, () => activate(server, license, { fingerprint })));
    expect(new Set(devices.map(({ id }) => id)).size).toBe(1);
    expect(devices.filter(({ status }) => status === 201)).toHaveLength(1);
    expect((await readLicense(server, license.id)).activeDevices).toBe(1);
  });
});

describe('activating on a license that is not active', () => {
  it.each([
    ['suspend', 'licenseSuspended'],
    ['revoke', 'licenseRevoked'],
  ] as const)('after %s is refused as %s, for a new device and for an active one', async (event, code) => {
    const license = await issueLicense(server);
    const device = await activate(server, license);
    await changeLicense(server, license.id, event);
    for (const fingerprint of [freshFingerprint(), device.fingerprint]) {
      const answer = await server.request('POST', '/v1/devices', { auth: license.auth, body: { fingerprint } });
      expectProblem(answer, 403, code);
    }
  });

  it('whose validity has ended is refused as licenseExpired', async () => {
    const license = await issueLicense(server, { validUntil: later(await now(server), day) });
    await server.advance('P1D');
    const answer = await server.request('POST', '/v1/devices', {
      auth: license.auth,
      body: { fingerprint: freshFingerprint() },
    });
    expectProblem(answer, 403, 'licenseExpired');
  });
});

describe('what client software may send', () => {
  it.each([
    ['no fingerprint', {}],
    ['a null fingerprint', { fingerprint: null }],
    ['a number', { fingerprint: 12345678 }],
    ['seven characters', { fingerprint: 'x'.repeat(7) }],
    ['256 characters', { fingerprint: 'x'.repeat(256) }],
    ['a space inside', { fingerprint: 'two words here' }],
    ['letters beyond ASCII', { fingerprint: 'fingerprínt' }],
    ['a control character', { fingerprint: 'finger\u0007print' }],
    ['a name of 101 characters', { fingerprint: 'fingerprint', name: 'n'.repeat(101) }],
    ['a name of blanks only', { fingerprint: 'fingerprint', name: '   ' }],
    ['an empty name', { fingerprint: 'fingerprint', name: '' }],
    ['a name with U+0000', { fingerprint: 'fingerprint', name: 'a\u0000b' }],
    ['a name that is half a character', { fingerprint: 'fingerprint', name: 'a\ud800b' }],
    ['a platform of 101 characters', { fingerprint: 'fingerprint', platform: 'p'.repeat(101) }],
    ['a version of 101 characters', { fingerprint: 'fingerprint', appVersion: 'v'.repeat(101) }],
    ['an unknown field', { fingerprint: 'fingerprint', seat: 1 }],
    ['a list', ['fingerprint']],
  ])('is not %s', async (_what, body) => {
    const license = await issueLicense(server);
    const problem = expectProblem(
      await server.request('POST', '/v1/devices', { auth: license.auth, body }),
      400,
      'invalidRequest',
    );
    expect(problem.issues).toEqual(
      expect.arrayContaining([{ path: expect.anything(), message: expect.stringMatching(/\S/) }]),
    );
  });

  it.each([8, 255])('is a fingerprint of %d visible ASCII characters', async (length) => {
    const license = await issueLicense(server);
    const device = await activate(server, license, { fingerprint: '~!'.repeat(128).slice(0, length) });
    expect(device.device.fingerprint).toHaveLength(length);
  });

  it('is a name of 100 characters of any script', async () => {
    const license = await issueLicense(server);
    const name = '測'.repeat(100);
    expect((await activate(server, license, { name })).device.name).toBe(name);
  });
});
