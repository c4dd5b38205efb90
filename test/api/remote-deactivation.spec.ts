/** Freeing the seat of a device that cannot be reached (R7, R8), and why it is not possible where it is not (R13). */
import { now } from '../support/clock.js';
import { expectProblem } from '../support/problem.js';
import { type Device } from '../support/representations.js';
import {
  activate,
  changeLicense,
  historyOfDevice,
  issueLicense,
  logOut,
  memberToken,
  openTicket,
  readDevice,
  readLicense,
  register,
  setRemoteDeactivation,
} from '../support/scene.js';
import { startServer, type TestServer } from '../support/server.js';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

const deactivate = (id: string, body?: object, auth?: string) =>
  server.request<{ device: Device }>('POST', `/v1/devices/${id}/remote-deactivation`, { body, auth });

/** Expects a refusal with this code, and the device to say the very same words beforehand. */
async function expectRefused(id: string, code: string) {
  const before = await readDevice(server, id);
  const problem = expectProblem(await deactivate(id), 409, code);
  expect(before.remoteDeactivation).toEqual({ allowed: false, reason: code, remedy: problem.remedy });
  expect(problem.remedy).toMatch(/\S/);
  expect(await readDevice(server, id)).toEqual(before);
  return problem;
}

describe('a remote deactivation', () => {
  it('answers 200 and frees the seat at once', async () => {
    const license = await issueLicense(server, { seats: 1 });
    const device = await activate(server, license);
    const owner = await memberToken(server, 'owner', license.organizationId);
    const answer = await deactivate(device.id, { reason: 'Stolen in Lausanne' }, owner.auth);
    expect(answer.status).toBe(200);
    expect(Object.keys(answer.body)).toEqual(['device']);
    expect(answer.body.device).toMatchObject({
      state: 'remotelyDeactivated',
      seat: null,
      activatedAt: device.device.activatedAt,
      lastSeenAt: device.device.lastSeenAt,
      deactivationDate: null,
      leaseExpiresAt: device.device.leaseExpiresAt,
      endedBy: { kind: 'member', at: await now(server), reason: 'Stolen in Lausanne' },
      remoteDeactivation: { allowed: false, reason: 'deviceNotActive' },
    });
    expect(answer.body.device.version).toBeGreaterThan(device.device.version);
    expect((await activate(server, license)).device.seat).toBe(1);
  });

  it('needs no reason', async () => {
    const device = await activate(server, await issueLicense(server));
    expect((await deactivate(device.id)).body.device.endedBy).toMatchObject({ kind: 'operator', reason: null });
  });

  it('is a history row with the person and their words', async () => {
    const license = await issueLicense(server);
    const device = await activate(server, license);
    const manager = await memberToken(server, 'manager', license.organizationId);
    await deactivate(device.id, { reason: 'Lost on a train' }, manager.auth);
    expect((await historyOfDevice(server, device.id))[0]).toMatchObject({
      machine: 'device',
      subjectId: device.id,
      event: 'remotelyDeactivate',
      from: 'active',
      to: 'remotelyDeactivated',
      reason: null,
      note: 'Lost on a train',
      actor: { kind: 'member', id: manager.id, name: manager.name },
    });
  });

  it('sent twice has the effect of once (R12)', async () => {
    const device = await activate(server, await issueLicense(server));
    const first = await deactivate(device.id, { reason: 'Stolen' });
    const history = await historyOfDevice(server, device.id);
    await server.advance('PT1H');
    const second = await deactivate(device.id, { reason: 'Really stolen' });
    expect(second.status).toBe(200);
    expect(second.body).toEqual(first.body);
    expect(await historyOfDevice(server, device.id)).toEqual(history);
  });

  it.each(['suspend', 'revoke'] as const)('works after %s of the license', async (event) => {
    const license = await issueLicense(server);
    const device = await activate(server, license);
    await changeLicense(server, license.id, event);
    expect((await deactivate(device.id)).status).toBe(200);
  });

  it('repeated is harmless even where the setting has been disabled since', async () => {
    const license = await issueLicense(server);
    const device = await activate(server, license);
    await deactivate(device.id);
    await setRemoteDeactivation(server, license.id, false);
    expect((await deactivate(device.id)).status).toBe(200);
  });

  it('lets the device log in again', async () => {
    const license = await issueLicense(server);
    const device = await activate(server, license);
    await deactivate(device.id);
    const again = await activate(server, license, { fingerprint: device.fingerprint });
    expect(again.device).toMatchObject({ state: 'active', endedBy: null });
    expect((await readLicense(server, license.id)).activeDevices).toBe(1);
  });

  it.each([{ reason: 'r'.repeat(501) }, { reason: ' ' }, { reason: 7 }, { ticketId: 'x' }])(
    'refuses %j',
    async (body) => {
      const device = await activate(server, await issueLicense(server));
      expectProblem(await deactivate(device.id, body), 400, 'invalidRequest');
    },
  );

  it('takes a reason of 500 characters', async () => {
    const device = await activate(server, await issueLicense(server));
    const reason = 'r'.repeat(500);
    expect((await deactivate(device.id, { reason })).body.device.endedBy?.reason).toBe(reason);
  });
});

describe('a device that cannot be deactivated remotely', () => {
  it('says deviceNotActive where it was never activated', async () => {
    const { id } = await register(server, (await issueLicense(server)).id);
    expect(await expectRefused(id, 'deviceNotActive')).toMatchObject({ state: 'inactive', endedBy: null });
  });

  it('says deviceNotActive where it has logged out', async () => {
    const device = await activate(server, await issueLicense(server));
    await logOut(server, device);
    expect(await expectRefused(device.id, 'deviceNotActive')).toMatchObject({
      state: 'loggedOut',
      endedBy: { kind: 'device' },
    });
  });

  it('says deviceNotActive where it has expired', async () => {
    const device = await activate(server, await issueLicense(server));
    await server.advance('P30D');
    expect(await expectRefused(device.id, 'deviceNotActive')).toMatchObject({ state: 'expired' });
  });

  it('says remoteDeactivationDisabled where the setting is disabled', async () => {
    const device = await activate(server, await issueLicense(server, { remoteDeactivation: 'disabled' }));
    await expectRefused(device.id, 'remoteDeactivationDisabled');
  });

  it('says remoteDeactivationEnabling, and what blocks, while the setting is enabling', async () => {
    const license = await issueLicense(server, { remoteDeactivation: 'disabled' });
    const blocking = await activate(server, license, { name: 'Field 1' });
    await setRemoteDeactivation(server, license.id, true);
    const meanwhile = await activate(server, license);
    for (const { id } of [blocking, meanwhile]) {
      expect((await expectRefused(id, 'remoteDeactivationEnabling')).blockingDevices).toEqual([
        { id: blocking.id, name: 'Field 1', deactivationDate: blocking.device.deactivationDate },
      ]);
    }
  });

  it('says devicePredatesRemoteDeactivation where it was active before, until it has logged in again', async () => {
    const license = await issueLicense(server, { remoteDeactivation: 'disabled' });
    const device = await activate(server, license);
    const ticket = await openTicket(server, license.id);
    await server.request('POST', `/v1/licenses/${license.id}/remote-deactivation/forced`, {
      body: { ticketId: ticket.id },
    });
    await expectRefused(device.id, 'devicePredatesRemoteDeactivation');
    await logOut(server, device);
    await activate(server, license, { fingerprint: device.fingerprint });
    expect((await deactivate(device.id)).status).toBe(200);
  });

  it('is not deactivated by enabling anew what was disabled: it blocks', async () => {
    const license = await issueLicense(server);
    const device = await activate(server, license);
    await setRemoteDeactivation(server, license.id, false);
    expect((await setRemoteDeactivation(server, license.id, true)).state).toBe('enabling');
    await expectRefused(device.id, 'remoteDeactivationEnabling');
  });
});

describe('the decision shown with a device', () => {
  it('is the same for whoever asks, role aside', async () => {
    const license = await issueLicense(server);
    const device = await activate(server, license);
    const reader = await memberToken(server, 'reader', license.organizationId);
    for (const auth of [device.auth, reader.auth, undefined]) {
      const answer = await server.request<Device>('GET', `/v1/devices/${device.id}`, { auth });
      expect(answer.body.remoteDeactivation).toEqual({ allowed: true, reason: null, remedy: null });
    }
  });
});
