/** Registering a device from the panel before it is ever activated, and naming devices. */
import { expectProblem } from '../support/problem.js';
import { type Device, fieldsOf } from '../support/representations.js';
import {
  activate,
  freshFingerprint,
  historyOfDevice,
  historyOfLicense,
  issueLicense,
  memberToken,
  readDevice,
  readLicense,
  register,
  unknownId,
} from '../support/scene.js';
import { startServer, type TestServer } from '../support/server.js';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

describe('registering a device', () => {
  it('answers 201 with an inactive device that holds no seat (R3)', async () => {
    const license = await issueLicense(server);
    const fingerprint = freshFingerprint();
    const answer = await server.request<Device>('POST', `/v1/licenses/${license.id}/devices`, {
      body: { fingerprint, name: 'Drone cart' },
    });
    expect(answer.status).toBe(201);
    expect(Object.keys(answer.body).sort()).toEqual([...fieldsOf.device]);
    expect(answer.body).toMatchObject({
      licenseId: license.id,
      fingerprint,
      name: 'Drone cart',
      state: 'inactive',
      seat: null,
      activatedAt: null,
      lastSeenAt: null,
      deactivationDate: null,
      leaseExpiresAt: null,
      checkInCount: 0,
      remoteDeactivation: { allowed: false, reason: 'deviceNotActive', remedy: expect.stringMatching(/\S/) },
      endedBy: null,
    });
    expect((await readLicense(server, license.id)).activeDevices).toBe(0);
  });

  it('is a birth in the history, by the person', async () => {
    const license = await issueLicense(server);
    const editor = await memberToken(server, 'editor', license.organizationId);
    const answer = await server.request<Device>('POST', `/v1/licenses/${license.id}/devices`, {
      auth: editor.auth,
      body: { fingerprint: freshFingerprint() },
    });
    expect(await historyOfDevice(server, answer.body.id)).toMatchObject([
      {
        machine: 'device',
        subjectId: answer.body.id,
        event: 'register',
        from: null,
        to: 'inactive',
        outcome: 'accepted',
        actor: { kind: 'member', id: editor.id, name: editor.name },
      },
    ]);
  });

  it('again answers 200 with the device unchanged', async () => {
    const license = await issueLicense(server);
    const registered = await register(server, license.id, { name: 'Drone cart' });
    const history = await historyOfLicense(server, license.id);
    const answer = await server.request('POST', `/v1/licenses/${license.id}/devices`, {
      body: { fingerprint: registered.fingerprint, name: 'Another name' },
    });
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual(registered);
    expect(await historyOfLicense(server, license.id)).toEqual(history);
  });

  it('of an active device answers 200 and leaves it active', async () => {
    const license = await issueLicense(server);
    const device = await activate(server, license);
    const answer = await server.request('POST', `/v1/licenses/${license.id}/devices`, {
      body: { fingerprint: device.fingerprint },
    });
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual(await readDevice(server, device.id));
    expect(answer.body).toMatchObject({ state: 'active' });
  });

  it('makes more devices than there are seats, if asked to (R2)', async () => {
    const license = await issueLicense(server, { seats: 1 });
    await activate(server, license);
    expect((await register(server, license.id)).state).toBe('inactive');
  });

  it.each([
    {},
    { fingerprint: 'short' },
    { fingerprint: 'fingerprint', name: ' ' },
    { fingerprint: 'fingerprint', name: 'n'.repeat(101) },
    { fingerprint: 'fingerprint', platform: 'linux' },
  ])('refuses %j', async (body) => {
    const { id } = await issueLicense(server);
    expectProblem(await server.request('POST', `/v1/licenses/${id}/devices`, { body }), 400, 'invalidRequest');
  });
});

describe('naming a device', () => {
  it('answers 200 with the new name and a new version', async () => {
    const device = await activate(server, await issueLicense(server), { name: 'host-1' });
    const answer = await server.request<Device>('PATCH', `/v1/devices/${device.id}`, { body: { name: 'Field 1' } });
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ id: device.id, name: 'Field 1', state: 'active' });
    expect(answer.body.version).toBeGreaterThan(device.device.version);
    expect(await readDevice(server, device.id)).toEqual(answer.body);
  });

  it('works in every state', async () => {
    const registered = await register(server, (await issueLicense(server)).id);
    const answer = await server.request<Device>('PATCH', `/v1/devices/${registered.id}`, { body: { name: 'Spare' } });
    expect(answer.body).toMatchObject({ name: 'Spare', state: 'inactive' });
  });

  it('with the name it has makes no new version', async () => {
    const device = await activate(server, await issueLicense(server));
    const rename = () => server.request<Device>('PATCH', `/v1/devices/${device.id}`, { body: { name: 'Field 1' } });
    const first = await rename();
    expect((await rename()).body).toEqual(first.body);
  });

  it.each([{ name: '' }, { name: '  ' }, { name: 'n'.repeat(101) }, { name: 7 }, { name: 'x', state: 'active' }, []])(
    'refuses %j',
    async (body) => {
      const registered = await register(server, (await issueLicense(server)).id);
      const answer = await server.request('PATCH', `/v1/devices/${registered.id}`, { body });
      expectProblem(answer, 400, 'invalidRequest');
    },
  );

  it('finds no device that does not exist', async () => {
    const answer = await server.request('PATCH', `/v1/devices/${unknownId}`, { body: { name: 'Nobody' } });
    expectProblem(answer, 404, 'notFound');
  });
});
