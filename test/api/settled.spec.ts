/** At `now >= deactivationDate` a device is expired and its seat free, for everybody who asks (R4). One reader, one test. */
import { advanceTo, later, now } from '../support/clock.js';
import { expectProblem } from '../support/problem.js';
import { type Device, type List, type RemoteDeactivation, type Seat } from '../support/representations.js';
import {
  activate,
  freshFingerprint,
  historyOfDevice,
  issueLicense,
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

/** A license with its only seat taken, and the clock one millisecond before the deactivation date. */
async function lastMillisecond(remoteDeactivation: 'enabled' | 'disabled' = 'enabled') {
  const license = await issueLicense(server, { seats: 1, remoteDeactivation });
  const device = await activate(server, license);
  const due = device.device.deactivationDate ?? '';
  if (remoteDeactivation === 'disabled') await setRemoteDeactivation(server, license.id, true);
  await advanceTo(server, later(due, -1));
  return { license, device, due };
}
const tick = () => server.advance('PT0.001S');

describe('from one millisecond to the next, at the deactivation date', () => {
  it('the device itself reads that it has expired, at that date', async () => {
    const { device, due } = await lastMillisecond();
    const read = () => server.request<Device>('GET', `/v1/devices/${device.id}`, { auth: device.auth });
    expect((await read()).body).toMatchObject({ state: 'active', seat: 1, deactivationDate: due });
    await tick();
    expect(await now(server)).toBe(due);
    expect((await read()).body).toMatchObject({
      state: 'expired',
      seat: null,
      deactivationDate: null,
      endedBy: { kind: 'expiry', at: due, reason: null },
      remoteDeactivation: { allowed: false, reason: 'deviceNotActive' },
    });
  });

  it('the license counts one active device less', async () => {
    const { license } = await lastMillisecond();
    expect((await readLicense(server, license.id)).activeDevices).toBe(1);
    await tick();
    expect((await readLicense(server, license.id)).activeDevices).toBe(0);
  });

  it('the list of active devices loses it, and the list of expired ones has it', async () => {
    const { license, device } = await lastMillisecond();
    const ids = async (state: string) => {
      const path = `/v1/licenses/${license.id}/devices?state=${state}`;
      return (await server.request<List<Device>>('GET', path)).body.items.map(({ id }) => id);
    };
    expect([await ids('active'), await ids('expired')]).toEqual([[device.id], []]);
    await tick();
    expect([await ids('active'), await ids('expired')]).toEqual([[], [device.id]]);
  });

  it('its seat shows as free', async () => {
    const { license, device } = await lastMillisecond();
    const seats = async () =>
      (await server.request<List<Seat>>('GET', `/v1/licenses/${license.id}/seats`)).body.items.map(
        (seat) => seat.device?.id ?? null,
      );
    expect(await seats()).toEqual([device.id]);
    await tick();
    expect(await seats()).toEqual([null]);
  });

  it('a check-in comes too late', async () => {
    const { device, due } = await lastMillisecond();
    await tick();
    const answer = await server.request('POST', `/v1/devices/${device.id}/check-in`, { auth: device.auth });
    expect(expectProblem(answer, 409, 'deviceNotActive')).toMatchObject({
      state: 'expired',
      endedBy: { kind: 'expiry', at: due },
    });
  });

  it('a check-in one millisecond earlier is in time', async () => {
    const { device, due } = await lastMillisecond();
    const path = `/v1/devices/${device.id}/check-in`;
    expect((await server.request('POST', path, { auth: device.auth })).status).toBe(200);
    await tick();
    expect(await readDevice(server, device.id)).toMatchObject({
      state: 'active',
      deactivationDate: later(due, 30 * 24 * 3_600_000 - 1),
    });
  });

  it('another device finds the seat free', async () => {
    const { license } = await lastMillisecond();
    const fingerprint = freshFingerprint();
    const ask = () => server.request('POST', '/v1/devices', { auth: license.auth, body: { fingerprint } });
    expectProblem(await ask(), 409, 'noSeatAvailable');
    await tick();
    expect((await ask()).status).toBe(201);
  });

  it('a log-out comes too late', async () => {
    const { device } = await lastMillisecond();
    await tick();
    const answer = await server.request('POST', `/v1/devices/${device.id}/log-out`, { auth: device.auth });
    expectProblem(answer, 409, 'deviceNotActive');
  });

  it('a remote deactivation comes too late', async () => {
    const { device } = await lastMillisecond();
    await tick();
    expectProblem(await server.request('POST', `/v1/devices/${device.id}/remote-deactivation`), 409, 'deviceNotActive');
  });

  it('the setting that waited for it is enabled', async () => {
    const { license } = await lastMillisecond('disabled');
    const put = () =>
      server.request<RemoteDeactivation>('PUT', `/v1/licenses/${license.id}/remote-deactivation`, {
        body: { enabled: true },
      });
    expect((await put()).status).toBe(202);
    await tick();
    expect((await readLicense(server, license.id)).remoteDeactivation.state).toBe('enabled');
    expect((await put()).status).toBe(200);
  });

  it('the history has it, with that instant', async () => {
    const { device, due } = await lastMillisecond();
    expect((await historyOfDevice(server, device.id))[0]?.event).toBe('activate');
    await tick();
    expect((await historyOfDevice(server, device.id))[0]).toMatchObject({ event: 'expire', at: due, recordedAt: due });
  });
});
