/** How long a device token is good: it outlives the activation, and ends by the rules of rotation. */
import { expectProblem } from '../support/problem.js';
import { activate, checkIn, type DeviceScene, issueLicense, logOut, readDevice, unknownId } from '../support/scene.js';
import { startServer, type TestServer } from '../support/server.js';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

const read = (device: DeviceScene) => server.request('GET', `/v1/devices/${device.id}`, { auth: device.auth });
const visit = (device: DeviceScene) =>
  server.request('POST', `/v1/devices/${device.id}/check-in`, { auth: device.auth });

describe('a device token', () => {
  it('reads its own device', async () => {
    const device = await activate(server, await issueLicense(server));
    const answer = await read(device);
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual(await readDevice(server, device.id));
  });

  it("finds no other device, not even its license's", async () => {
    const license = await issueLicense(server);
    const device = await activate(server, license);
    const other = await activate(server, license);
    for (const id of [other.id, unknownId]) {
      expectProblem(await server.request('GET', `/v1/devices/${id}`, { auth: device.auth }), 404, 'notFound');
      expectProblem(await server.request('POST', `/v1/devices/${id}/check-in`, { auth: device.auth }), 404, 'notFound');
      expectProblem(await server.request('POST', `/v1/devices/${id}/log-out`, { auth: device.auth }), 404, 'notFound');
    }
    expect((await readDevice(server, other.id)).state).toBe('active');
  });

  it('outlives a log-out', async () => {
    const device = await activate(server, await issueLicense(server));
    await logOut(server, device);
    expect((await read(device)).body).toMatchObject({ state: 'loggedOut' });
    expect((await logOut(server, device)).state).toBe('loggedOut');
    expectProblem(await visit(device), 409, 'deviceNotActive');
  });

  it('outlives an expiry', async () => {
    const device = await activate(server, await issueLicense(server));
    await server.advance('P60D');
    expect((await read(device)).body).toMatchObject({ state: 'expired' });
    expectProblem(await visit(device), 409, 'deviceNotActive');
  });

  it('outlives a remote deactivation', async () => {
    const device = await activate(server, await issueLicense(server));
    await server.request('POST', `/v1/devices/${device.id}/remote-deactivation`);
    expect((await read(device)).body).toMatchObject({ state: 'remotelyDeactivated' });
    expectProblem(await visit(device), 409, 'deviceNotActive');
  });

  it('outlives a new license key', async () => {
    const license = await issueLicense(server);
    const device = await activate(server, license);
    await server.request('POST', `/v1/licenses/${license.id}/key`);
    expect((await checkIn(server, device)).state).toBe('active');
  });
});

describe('activating a device that is not active', () => {
  it('ends the earlier token at once after a log-out', async () => {
    const license = await issueLicense(server);
    const old = await activate(server, license);
    await logOut(server, old);
    const fresh = await activate(server, license, { fingerprint: old.fingerprint });
    expectProblem(await read(old), 401, 'unauthenticated');
    expectProblem(await visit(old), 401, 'unauthenticated');
    expect((await visit(fresh)).status).toBe(200);
  });

  it('ends the earlier token at once after an expiry', async () => {
    const license = await issueLicense(server);
    const old = await activate(server, license);
    await server.advance('P30D');
    const fresh = await activate(server, license, { fingerprint: old.fingerprint });
    expectProblem(await visit(old), 401, 'unauthenticated');
    expect((await visit(fresh)).status).toBe(200);
  });

  it('ends every earlier token, the used and the unused', async () => {
    const license = await issueLicense(server);
    const used = await activate(server, license);
    await checkIn(server, used);
    const unused = await activate(server, license, { fingerprint: used.fingerprint });
    await server.request('POST', `/v1/devices/${used.id}/remote-deactivation`);
    const fresh = await activate(server, license, { fingerprint: used.fingerprint });
    expectProblem(await visit(used), 401, 'unauthenticated');
    expectProblem(await visit(unused), 401, 'unauthenticated');
    expect((await visit(fresh)).status).toBe(200);
  });
});

describe('activating an active device', () => {
  it('gives a new token and leaves the one in use good until the new one is used', async () => {
    const license = await issueLicense(server);
    const old = await activate(server, license);
    await checkIn(server, old);
    const fresh = await activate(server, license, { fingerprint: old.fingerprint });
    expect(fresh.token).not.toBe(old.token);
    expect((await visit(old)).status).toBe(200);
    expect((await visit(old)).status).toBe(200);
    expect((await visit(fresh)).status).toBe(200);
    expectProblem(await visit(old), 401, 'unauthenticated');
    expectProblem(await read(old), 401, 'unauthenticated');
    expect((await visit(fresh)).status).toBe(200);
  });

  it('leaves only the newest good of several that were never used', async () => {
    const license = await issueLicense(server);
    const used = await activate(server, license);
    await checkIn(server, used);
    const lost = await activate(server, license, { fingerprint: used.fingerprint });
    const newest = await activate(server, license, { fingerprint: used.fingerprint });
    expectProblem(await visit(lost), 401, 'unauthenticated');
    expect((await visit(used)).status).toBe(200);
    expect((await visit(newest)).status).toBe(200);
    expectProblem(await visit(used), 401, 'unauthenticated');
  });

  it('leaves only the newest good where the first was never used either', async () => {
    const license = await issueLicense(server);
    const first = await activate(server, license);
    const second = await activate(server, license, { fingerprint: first.fingerprint });
    const third = await activate(server, license, { fingerprint: first.fingerprint });
    expectProblem(await visit(second), 401, 'unauthenticated');
    expect((await visit(third)).status).toBe(200);
    expectProblem(await visit(first), 401, 'unauthenticated');
  });

  it('ends the one in use when the new one is first used to read', async () => {
    const license = await issueLicense(server);
    const old = await activate(server, license);
    await checkIn(server, old);
    const fresh = await activate(server, license, { fingerprint: old.fingerprint });
    expect((await read(fresh)).status).toBe(200);
    expectProblem(await visit(old), 401, 'unauthenticated');
  });

  it('ends the one in use when the new one is first used to log out', async () => {
    const license = await issueLicense(server);
    const old = await activate(server, license);
    await checkIn(server, old);
    const fresh = await activate(server, license, { fingerprint: old.fingerprint });
    await logOut(server, fresh);
    expectProblem(await read(old), 401, 'unauthenticated');
    expect((await read(fresh)).status).toBe(200);
  });

  it('does not end the one in use when the activation itself is refused', async () => {
    const license = await issueLicense(server);
    const device = await activate(server, license);
    await server.request('POST', `/v1/licenses/${license.id}/suspend`);
    await server.request('POST', '/v1/devices', { auth: license.auth, body: { fingerprint: device.fingerprint } });
    await server.request('POST', `/v1/licenses/${license.id}/reinstate`);
    expect((await visit(device)).status).toBe(200);
  });
});
