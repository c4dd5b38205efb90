/** The setting that allows remote deactivation: disabled, enabling while devices block it, enabled (R5, R6). */
import { later, now } from '../support/clock.js';
import { expectProblem } from '../support/problem.js';
import { fieldsOf, type RemoteDeactivation } from '../support/representations.js';
import {
  activate,
  changeLicense,
  checkIn,
  historyOfLicense,
  issueLicense,
  logOut,
  memberToken,
  openTicket,
  readDevice,
  readLicense,
  setRemoteDeactivation,
} from '../support/scene.js';
import { startServer, type TestServer } from '../support/server.js';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

const put = (licenseId: string, enabled: unknown) =>
  server.request<RemoteDeactivation>('PUT', `/v1/licenses/${licenseId}/remote-deactivation`, { body: { enabled } });
const stateOf = async (licenseId: string) => (await readLicense(server, licenseId)).remoteDeactivation.state;
const olderLicense = (seats = 3) => issueLicense(server, { remoteDeactivation: 'disabled', seats });

const settled = { blockingDevices: [], blockingDeviceCount: 0, enabledAtLatest: null };

describe('enabling without active devices', () => {
  it('answers 200 and is enabled at once', async () => {
    const license = await olderLicense();
    const answer = await put(license.id, true);
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({ state: 'enabled', ...settled });
    expect((await readLicense(server, license.id)).remoteDeactivation).toEqual(answer.body);
  });

  it('is not hindered by devices that have logged out or expired', async () => {
    const license = await olderLicense();
    await activate(server, license);
    await server.advance('P30D');
    await logOut(server, await activate(server, license));
    expect((await put(license.id, true)).body.state).toBe('enabled');
  });

  it('is a history row of the setting, under the id of the license', async () => {
    const license = await olderLicense();
    const owner = await memberToken(server, 'owner', license.organizationId);
    await server.request('PUT', `/v1/licenses/${license.id}/remote-deactivation`, {
      auth: owner.auth,
      body: { enabled: true },
    });
    expect((await historyOfLicense(server, license.id))[0]).toMatchObject({
      machine: 'remoteDeactivation',
      subjectId: license.id,
      licenseId: license.id,
      event: 'enable',
      from: 'disabled',
      to: 'enabled',
      outcome: 'accepted',
      actor: { kind: 'member', id: owner.id },
    });
  });
});

describe('enabling with active devices', () => {
  it('answers 202 and names the devices that block, and when it will be enabled at the latest', async () => {
    const license = await olderLicense();
    const one = await activate(server, license, { name: 'Field 1' });
    await server.advance('P1D');
    const two = await activate(server, license);
    const answer = await put(license.id, true);
    expect(answer.status).toBe(202);
    expect(Object.keys(answer.body).sort()).toEqual([...fieldsOf.remoteDeactivation]);
    expect(answer.body).toEqual({
      state: 'enabling',
      blockingDevices: [
        { id: one.id, name: 'Field 1', deactivationDate: one.device.deactivationDate },
        { id: two.id, name: null, deactivationDate: two.device.deactivationDate },
      ],
      blockingDeviceCount: 2,
      enabledAtLatest: two.device.deactivationDate,
    });
    expect((await readLicense(server, license.id)).remoteDeactivation).toEqual(answer.body);
  });

  it('names twenty blocking devices, and counts all', async () => {
    const license = await olderLicense(22);
    const devices = [];
    for (let count = 0; count < 22; count += 1) {
      devices.push(await activate(server, license));
      await server.advance('PT1S');
    }
    const { body } = await put(license.id, true);
    expect(body.blockingDevices.map(({ id }) => id)).toEqual(devices.slice(0, 20).map(({ id }) => id));
    expect(body.blockingDeviceCount).toBe(22);
    expect(body.enabledAtLatest).toBe(devices[21]?.device.deactivationDate);
  });

  it('moves the latest date when a blocking device checks in', async () => {
    const license = await olderLicense();
    const device = await activate(server, license);
    await put(license.id, true);
    await server.advance('P10D');
    const { deactivationDate } = await checkIn(server, device);
    const { remoteDeactivation } = await readLicense(server, license.id);
    expect(remoteDeactivation.enabledAtLatest).toBe(deactivationDate);
    expect(remoteDeactivation.blockingDevices).toEqual([{ id: device.id, name: null, deactivationDate }]);
  });

  it('becomes enabled when the last blocking device logs out, in that very step', async () => {
    const license = await olderLicense();
    const one = await activate(server, license);
    const two = await activate(server, license);
    await put(license.id, true);
    await logOut(server, one);
    expect((await readLicense(server, license.id)).remoteDeactivation).toMatchObject({
      state: 'enabling',
      blockingDeviceCount: 1,
    });
    await logOut(server, two);
    expect((await readLicense(server, license.id)).remoteDeactivation).toEqual({ state: 'enabled', ...settled });
    const [enabled, loggedOut] = await historyOfLicense(server, license.id);
    expect(enabled).toMatchObject({
      machine: 'remoteDeactivation',
      event: 'blockingDeviceLeft',
      from: 'enabling',
      to: 'enabled',
    });
    expect(loggedOut).toMatchObject({ machine: 'device', subjectId: two.id, event: 'logOut' });
  });

  it('becomes enabled when the last blocking device expires, at that instant', async () => {
    const license = await olderLicense();
    const device = await activate(server, license);
    await put(license.id, true);
    await server.advance('P29DT23H59M59.999S');
    expect(await stateOf(license.id)).toBe('enabling');
    await server.advance('PT0.001S');
    expect(await stateOf(license.id)).toBe('enabled');
    const rows = await historyOfLicense(server, license.id);
    expect(rows.find(({ event }) => event === 'blockingDeviceLeft')?.at).toBe(device.device.deactivationDate);
  });

  it('becomes enabled when the last blocking device is force deactivated', async () => {
    const license = await olderLicense();
    const device = await activate(server, license);
    await put(license.id, true);
    const ticket = await openTicket(server, license.id);
    await server.request('POST', `/v1/devices/${device.id}/forced-deactivation`, {
      body: { ticketId: ticket.id, reason: 'stolen' },
    });
    expect(await stateOf(license.id)).toBe('enabled');
  });

  it('is not held up by devices that activate meanwhile', async () => {
    const license = await olderLicense();
    const blocking = await activate(server, license);
    await put(license.id, true);
    const meanwhile = await activate(server, license);
    expect((await readLicense(server, license.id)).remoteDeactivation.blockingDeviceCount).toBe(1);
    await logOut(server, blocking);
    expect(await stateOf(license.id)).toBe('enabled');
    expect((await readDevice(server, meanwhile.id)).remoteDeactivation).toEqual({
      allowed: true,
      reason: null,
      remedy: null,
    });
  });

  it('is still held up by a blocking device that connects again without a log-out', async () => {
    const license = await olderLicense();
    const device = await activate(server, license);
    await put(license.id, true);
    await activate(server, license, { fingerprint: device.fingerprint });
    expect((await readLicense(server, license.id)).remoteDeactivation).toMatchObject({
      state: 'enabling',
      blockingDeviceCount: 1,
    });
  });

  it('no longer counts a blocking device that has logged out and in again', async () => {
    const license = await olderLicense();
    const one = await activate(server, license);
    const two = await activate(server, license);
    await put(license.id, true);
    await logOut(server, one);
    await activate(server, license, { fingerprint: one.fingerprint });
    const { blockingDevices } = (await readLicense(server, license.id)).remoteDeactivation;
    expect(blockingDevices.map(({ id }) => id)).toEqual([two.id]);
  });

  it('asked for again answers 202 and writes nothing (R12)', async () => {
    const license = await olderLicense();
    await activate(server, license);
    const first = await put(license.id, true);
    await activate(server, license);
    const history = await historyOfLicense(server, license.id);
    const again = await put(license.id, true);
    expect(again.status).toBe(202);
    expect(again.body).toEqual(first.body);
    expect(await historyOfLicense(server, license.id)).toEqual(history);
  });

  it('can be called off', async () => {
    const license = await olderLicense();
    await activate(server, license);
    await put(license.id, true);
    const answer = await put(license.id, false);
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({ state: 'disabled', ...settled });
    expect((await historyOfLicense(server, license.id))[0]).toMatchObject({
      machine: 'remoteDeactivation',
      event: 'disable',
      from: 'enabling',
      to: 'disabled',
    });
  });

  it('starts anew after having been called off: every active device blocks', async () => {
    const license = await olderLicense();
    const one = await activate(server, license);
    await put(license.id, true);
    const two = await activate(server, license);
    await put(license.id, false);
    const { blockingDevices } = (await put(license.id, true)).body;
    expect(blockingDevices.map(({ id }) => id).sort()).toEqual([one.id, two.id].sort());
  });
});

describe('disabling', () => {
  it('answers 200 and ends remote deactivation for all devices (R7)', async () => {
    const license = await issueLicense(server);
    const device = await activate(server, license);
    const answer = await put(license.id, false);
    expect(answer.status).toBe(200);
    expect(answer.body.state).toBe('disabled');
    expect((await readDevice(server, device.id)).remoteDeactivation).toMatchObject({
      allowed: false,
      reason: 'remoteDeactivationDisabled',
    });
  });

  it.each([true, false])('and enabling (%s) repeated write nothing (R12)', async (enabled) => {
    const license = await issueLicense(server);
    await setRemoteDeactivation(server, license.id, enabled);
    const history = await historyOfLicense(server, license.id);
    const answer = await put(license.id, enabled);
    expect(answer.status).toBe(200);
    expect(await historyOfLicense(server, license.id)).toEqual(history);
  });
});

describe('the setting', () => {
  it('works whatever the status of the license', async () => {
    const license = await issueLicense(server, { remoteDeactivation: 'disabled' });
    await changeLicense(server, license.id, 'suspend');
    expect((await put(license.id, true)).body.state).toBe('enabled');
  });

  it.each([undefined, null, 'true', 1, {}])('refuses enabled: %j', async (enabled) => {
    const license = await issueLicense(server);
    expectProblem(await put(license.id, enabled), 400, 'invalidRequest');
  });

  it('is enabled from the earliest instant that no blocking device remains, for every reader', async () => {
    const license = await olderLicense();
    const blocking = await activate(server, license);
    await put(license.id, true);
    await server.advance('P15D');
    const meanwhile = await activate(server, license);
    await server.advance('P15D');
    expect(await now(server)).toBe(later(blocking.device.deactivationDate ?? '', 0));
    expect(await stateOf(license.id)).toBe('enabled');
    expect((await readDevice(server, meanwhile.id)).remoteDeactivation.allowed).toBe(true);
    const answer = await server.request('POST', `/v1/devices/${meanwhile.id}/remote-deactivation`);
    expect(answer.status).toBe(200);
  });
});
