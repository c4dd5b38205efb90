/** Changing seats, check-in period and Support & Upgrade of a license, guarded by its version. */
import { day, later, now } from '../support/clock.js';
import { expectProblem } from '../support/problem.js';
import { type License, type List, type Seat } from '../support/representations.js';
import {
  activate,
  checkIn,
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

const change = (id: string, body: object, ifMatch: string | null = '*') =>
  server.request<License>('PATCH', `/v1/licenses/${id}`, {
    body,
    headers: ifMatch === null ? {} : { 'if-match': ifMatch },
  });

const occupants = async (id: string) => {
  const { body } = await server.request<List<Seat>>('GET', `/v1/licenses/${id}/seats`);
  return body.items.map(({ number, device }) => [number, device?.id ?? null]);
};

describe('the version of a license', () => {
  it('lets a change through that names the present one, and grows with it', async () => {
    const { id, license } = await issueLicense(server);
    const answer = await change(id, { seats: 7 }, `"${license.version}"`);
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ seats: 7 });
    expect(answer.body.version).toBeGreaterThan(license.version);
    expect(answer.headers.get('etag')).toBe(`"${answer.body.version}"`);
    expect(await readLicense(server, id)).toEqual(answer.body);
  });

  it('is required: 428 without If-Match', async () => {
    const { id } = await issueLicense(server);
    expectProblem(await change(id, { seats: 7 }, null), 428, 'versionRequired');
    expect((await readLicense(server, id)).seats).toBe(3);
  });

  it('must be the present one: 412 otherwise', async () => {
    const { id, license } = await issueLicense(server);
    const next = await change(id, { seats: 7 }, `"${license.version}"`);
    expectProblem(await change(id, { seats: 9 }, `"${license.version}"`), 412, 'versionMismatch');
    expectProblem(await change(id, { seats: 9 }, `"${next.body.version + 1}"`), 412, 'versionMismatch');
    expect((await readLicense(server, id)).seats).toBe(7);
  });

  it('may be any: *', async () => {
    const { id } = await issueLicense(server);
    expect((await change(id, { seats: 7 }, '*')).status).toBe(200);
  });

  it('lets one of two simultaneous changes through', async () => {
    const { id, license } = await issueLicense(server);
    const answers = await Promise.all([4, 5, 6].map((seats) => change(id, { seats }, `"${license.version}"`)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412]);
  });

  it('grows with the status too', async () => {
    const { id, license } = await issueLicense(server);
    await server.request('POST', `/v1/licenses/${id}/suspend`);
    expectProblem(await change(id, { seats: 7 }, `"${license.version}"`), 412, 'versionMismatch');
  });
});

describe('a change of terms', () => {
  it('is a history row from and to the same status', async () => {
    const { id } = await issueLicense(server);
    await change(id, { seats: 4, checkInPeriod: 'P7D' });
    expect((await historyOfLicense(server, id))[0]).toMatchObject({
      machine: 'license',
      subjectId: id,
      event: 'change',
      from: 'active',
      to: 'active',
      outcome: 'accepted',
      actor: { kind: 'operator' },
    });
  });

  it('that changes nothing writes no row and makes no new version (R12)', async () => {
    const { id, license } = await issueLicense(server);
    const history = await historyOfLicense(server, id);
    for (const body of [{ seats: 3 }, { checkInPeriod: 'P30D' }, { seats: null }, {}]) {
      const answer = await change(id, body);
      expect(answer.status).toBe(200);
      expect(answer.body.version).toBe(license.version);
    }
    expect(await historyOfLicense(server, id)).toEqual(history);
  });

  it('gives Support & Upgrade an end, or takes it away with null', async () => {
    const { id } = await issueLicense(server);
    const supportAndUpgradeUntil = later(await now(server), day);
    expect((await change(id, { supportAndUpgradeUntil })).body).toMatchObject({ supportAndUpgradeUntil });
    expect((await change(id, { supportAndUpgradeUntil: null })).body).toMatchObject({ supportAndUpgradeUntil: null });
  });

  it.each([
    { seats: 0 },
    { seats: 100_001 },
    { seats: '4' },
    { checkInPeriod: 'P400D' },
    { checkInPeriod: 'PT0.5S' },
    { supportAndUpgradeUntil: 'soon' },
    { validUntil: null },
    { product: 'Other' },
    { status: 'revoked' },
    [],
  ])('refuses %j', async (body) => {
    const { id } = await issueLicense(server);
    expectProblem(await change(id, body), 400, 'invalidRequest');
  });
});

describe('a new check-in period', () => {
  it('counts from the next connection of each device', async () => {
    const license = await issueLicense(server);
    const device = await activate(server, license);
    const before = device.device.deactivationDate;
    await change(license.id, { checkInPeriod: 'P7D' });
    expect((await readDevice(server, device.id)).deactivationDate).toBe(before);
    expect((await checkIn(server, device)).deactivationDate).toBe(later(await now(server), 7 * day));
  });

  it('is given back as it was given', async () => {
    const { id } = await issueLicense(server);
    expect((await change(id, { checkInPeriod: 'PT36H' })).body.checkInPeriod).toBe('PT36H');
  });
});

describe('more seats', () => {
  it('are free at once, numbered on', async () => {
    const license = await issueLicense(server, { seats: 1 });
    const one = await activate(server, license);
    await change(license.id, { seats: 3 });
    const two = await activate(server, license);
    expect(await occupants(license.id)).toEqual([
      [1, one.id],
      [2, two.id],
      [3, null],
    ]);
  });
});

describe('fewer seats', () => {
  it('than active devices are refused, and the devices named', async () => {
    const license = await issueLicense(server);
    const one = await activate(server, license);
    await server.advance('PT1H');
    const two = await activate(server, license);
    const problem = expectProblem(await change(license.id, { seats: 1 }), 409, 'seatsInUse');
    expect(problem.deviceCount).toBe(2);
    expect(problem.devices).toMatchObject([{ id: one.id }, { id: two.id }]);
    expect((await readLicense(server, license.id)).seats).toBe(3);
  });

  it('than active devices name the twenty with the earliest dates, and count all', async () => {
    const license = await issueLicense(server, { seats: 22 });
    for (let count = 0; count < 22; count += 1) {
      await activate(server, license);
      await server.advance('PT1S');
    }
    const problem = expectProblem(await change(license.id, { seats: 21 }), 409, 'seatsInUse');
    expect(problem.deviceCount).toBe(22);
    expect(problem.devices).toHaveLength(20);
  });

  it('take the highest numbers away', async () => {
    const license = await issueLicense(server, { seats: 4 });
    const device = await activate(server, license);
    expect((await change(license.id, { seats: 2 })).body).toMatchObject({ seats: 2, activeDevices: 1 });
    expect(await occupants(license.id)).toEqual([
      [1, device.id],
      [2, null],
    ]);
  });

  it('move a device from a seat that goes to the lowest free one, as a reseat in the history', async () => {
    const license = await issueLicense(server, { seats: 4 });
    const one = await activate(server, license);
    const two = await activate(server, license);
    const three = await activate(server, license);
    const four = await activate(server, license);
    await logOut(server, one);
    await logOut(server, three);
    expect((await change(license.id, { seats: 2 })).status).toBe(200);
    expect(await occupants(license.id)).toEqual([
      [1, four.id],
      [2, two.id],
    ]);
    expect(await readDevice(server, four.id)).toMatchObject({ state: 'active', seat: 1 });
    const rows = await historyOfLicense(server, license.id);
    expect(rows.filter(({ event }) => event === 'reseat')).toMatchObject([
      { machine: 'device', subjectId: four.id, from: 'active', to: 'active', outcome: 'accepted' },
    ]);
    expect((await checkIn(server, four)).state).toBe('active');
  });

  it('do not count devices that are overdue', async () => {
    const license = await issueLicense(server, { seats: 2 });
    await activate(server, license);
    await activate(server, license);
    await server.advance('P30D');
    expect((await change(license.id, { seats: 1 })).status).toBe(200);
    expect(await occupants(license.id)).toEqual([[1, null]]);
  });

  it('hold against activations that come at the same time (R1)', async () => {
    const license = await issueLicense(server, { seats: 4 });
    await Promise.all([
      change(license.id, { seats: 1 }),
      ...Array.from({ length: 4 }, (_, index) =>
        server.request('POST', '/v1/devices', { auth: license.auth, body: { fingerprint: `simultaneous-${index}` } }),
      ),
    ]);
    const after = await readLicense(server, license.id);
    expect(after.activeDevices).toBeLessThanOrEqual(after.seats);
  });

  it('leave devices that hold no seat alone', async () => {
    const license = await issueLicense(server);
    const registered = await register(server, license.id);
    await change(license.id, { seats: 1 });
    expect(await readDevice(server, registered.id)).toEqual(registered);
  });
});
