/** The same without any sweep: on the system clock, swept once an hour, everybody still sees an overdue device as expired. */
import { expectProblem } from '../support/problem.js';
import { type Device, type List, type Seat } from '../support/representations.js';
import { activate, historyOfDevice, issueLicense, readDevice, readLicense } from '../support/scene.js';
import { startServer, type TestServer } from '../support/server.js';

let server: TestServer;
beforeAll(async () => {
  server = await startServer({ clock: 'system', env: { SEATKEEPER_SWEEP_INTERVAL: 'PT1H' } });
});
afterAll(() => server.stop());

/** Asks for the device until it has expired; its check-in period is one second. */
async function untilExpired(id: string): Promise<Device> {
  const deadline = Date.now() + 10_000;
  for (;;) {
    const device = await readDevice(server, id);
    if (device.state === 'expired') return device;
    if (Date.now() > deadline) throw new Error(`device still ${device.state}, due ${device.deactivationDate}`);
  }
}

describe('with nothing swept', () => {
  it('an overdue device is expired for every reader and its seat is free for the next', async () => {
    const license = await issueLicense(server, { seats: 1, checkInPeriod: 'PT1S' });
    const device = await activate(server, license);
    const due = device.device.deactivationDate;
    const expired = await untilExpired(device.id);
    expect(expired).toMatchObject({ seat: null, deactivationDate: null, endedBy: { kind: 'expiry', at: due } });
    expect((await readLicense(server, license.id)).activeDevices).toBe(0);
    const seats = await server.request<List<Seat>>('GET', `/v1/licenses/${license.id}/seats`);
    expect(seats.body.items).toEqual([{ number: 1, device: null }]);
    for (const [state, count] of [
      ['active', 0],
      ['expired', 1],
    ] as const) {
      const path = `/v1/licenses/${license.id}/devices?state=${state}`;
      expect((await server.request<List<Device>>('GET', path)).body.items).toHaveLength(count);
    }
    const checkIn = await server.request('POST', `/v1/devices/${device.id}/check-in`, { auth: device.auth });
    expect(expectProblem(checkIn, 409, 'deviceNotActive')).toMatchObject({
      state: 'expired',
      endedBy: { kind: 'expiry', at: due },
    });
    expect((await activate(server, license)).device.seat).toBe(1);
  });

  it('the version a reader saw is the one that is written later', async () => {
    const license = await issueLicense(server, { seats: 1, checkInPeriod: 'PT1S' });
    const device = await activate(server, license);
    const seen = await untilExpired(device.id);
    expect(seen.version).toBeGreaterThan(device.device.version);
    await activate(server, license);
    expect((await readDevice(server, device.id)).version).toBe(seen.version);
    const [row] = await historyOfDevice(server, device.id);
    expect(row).toMatchObject({ event: 'expire', at: device.device.deactivationDate });
    expect(row && row.recordedAt >= row.at).toBe(true);
  });

  it('a setting that waited for an overdue device is enabled', async () => {
    const license = await issueLicense(server, { checkInPeriod: 'PT1S', remoteDeactivation: 'disabled' });
    const device = await activate(server, license);
    await server.request('PUT', `/v1/licenses/${license.id}/remote-deactivation`, { body: { enabled: true } });
    await untilExpired(device.id);
    expect((await readLicense(server, license.id)).remoteDeactivation).toMatchObject({
      state: 'enabled',
      blockingDeviceCount: 0,
    });
  });

  it('a license past its validity is expired', async () => {
    const validUntil = new Date(Date.now() + 1_000).toISOString();
    const { id } = await issueLicense(server, { validUntil });
    const deadline = Date.now() + 10_000;
    let status = '';
    while (status !== 'expired' && Date.now() < deadline) status = (await readLicense(server, id)).status;
    expect(status).toBe('expired');
  });
});

describe('with the system clock', () => {
  it('there is no test clock', async () => {
    expectProblem(await server.request('GET', '/v1/test-clock'), 404, 'notFound');
    const advance = await server.request('POST', '/v1/test-clock', { body: { advance: 'P1D' } });
    expectProblem(advance, 404, 'notFound');
  });
});
