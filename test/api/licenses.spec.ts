/** Issuing licenses and reading them. */
import { day, later, now } from '../support/clock.js';
import { expectProblem } from '../support/problem.js';
import { fieldsOf, type License, type List } from '../support/representations.js';
import {
  activate,
  checkIn,
  issueLicense,
  memberToken,
  newOrganization,
  readAll,
  readLicense,
  setRemoteDeactivation,
  supportToken,
  unknownId,
} from '../support/scene.js';
import { startServer, type TestServer } from '../support/server.js';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

describe('issuing a license', () => {
  it('answers 201 with every field and the key, which is shown here only', async () => {
    const { id: organizationId } = await newOrganization(server);
    const answer = await server.request<{ license: License; key: string }>('POST', '/v1/licenses', {
      body: { organizationId, product: 'Mapper Pro', seats: 5 },
    });
    expect(answer.status).toBe(201);
    expect(Object.keys(answer.body).sort()).toEqual(['key', 'license']);
    const { license, key } = answer.body;
    expect(Object.keys(license).sort()).toEqual([...fieldsOf.license]);
    expect(license).toMatchObject({
      organizationId,
      product: 'Mapper Pro',
      status: 'active',
      seats: 5,
      activeDevices: 0,
      checkInPeriod: 'P30D',
      validUntil: null,
      supportAndUpgradeUntil: null,
      remoteDeactivation: { state: 'enabled', blockingDevices: [], blockingDeviceCount: 0, enabledAtLatest: null },
    });
    const read = await server.request('GET', `/v1/licenses/${license.id}`);
    expect(read.body).toEqual(license);
    expect(read.text).not.toContain(key);
    expect(license.keyHint.length).toBeLessThan(key.length / 2);
  });

  it('gives each license a key of its own with much to guess', async () => {
    const one = await issueLicense(server);
    const two = await issueLicense(server);
    expect(one.key).not.toBe(two.key);
    expect(one.key.length).toBeGreaterThanOrEqual(43);
  });

  it('can leave remote deactivation disabled, as older licenses have it (R5)', async () => {
    const { license } = await issueLicense(server, { remoteDeactivation: 'disabled' });
    expect(license.remoteDeactivation.state).toBe('disabled');
  });

  it('keeps times to the millisecond', async () => {
    const validUntil = later(await now(server), 400 * day + 7);
    const supportAndUpgradeUntil = later(await now(server), 100 * day + 8);
    const { license } = await issueLicense(server, { validUntil, supportAndUpgradeUntil });
    expect(license).toMatchObject({ validUntil, supportAndUpgradeUntil });
  });

  it('takes null as without end, and as without Support & Upgrade', async () => {
    const { license } = await issueLicense(server, { validUntil: null, supportAndUpgradeUntil: null });
    expect(license).toMatchObject({ validUntil: null, supportAndUpgradeUntil: null });
  });

  it.each(['PT1S', 'PT90S', 'PT36H', 'P30D', 'P1DT12H', 'P366D', 'PT1H30M', 'P0DT1S', 'PT0H90M'])(
    'gives the check-in period %s back as it was given',
    async (checkInPeriod) => {
      const { license } = await issueLicense(server, { checkInPeriod });
      expect(license.checkInPeriod).toBe(checkInPeriod);
    },
  );

  it.each([1, 100_000])('takes %d seats', async (seats) => {
    expect((await issueLicense(server, { seats })).license.seats).toBe(seats);
  });

  it.each([
    ['no seats at all', { seats: 0 }],
    ['fewer than none', { seats: -1 }],
    ['100,001 seats', { seats: 100_001 }],
    ['half a seat', { seats: 1.5 }],
    ['seats as text', { seats: '5' }],
    ['no number of seats', { seats: null }],
    ['no product', { product: undefined }],
    ['a blank product', { product: ' ' }],
    ['a product with U+0000', { product: 'Map\u0000per' }],
    ['a period in months', { checkInPeriod: 'P1M' }],
    ['a period in weeks', { checkInPeriod: 'P1W' }],
    ['an empty period', { checkInPeriod: 'P' }],
    ['a period of nothing', { checkInPeriod: 'PT0S' }],
    ['a period of half a second', { checkInPeriod: 'PT0.5S' }],
    ['a period of 367 days', { checkInPeriod: 'P367D' }],
    ['a period just above 366 days', { checkInPeriod: 'P366DT1S' }],
    ['a negative period', { checkInPeriod: '-P1D' }],
    ['a period without its P', { checkInPeriod: '30D' }],
    ['a number of days', { checkInPeriod: 30 }],
    ['an end that is no time', { validUntil: 'tomorrow' }],
    ['an end in a month 13', { validUntil: '2030-13-01T00:00:00.000Z' }],
    ['an end on 30 February', { validUntil: '2030-02-30T00:00:00.000Z' }],
    ['an end as a number', { validUntil: 1_900_000_000 }],
    ['another end of Support & Upgrade', { supportAndUpgradeUntil: 'never' }],
    ['an unknown setting', { remoteDeactivation: 'enabling' }],
    ['an organization that is no id', { organizationId: 'acme' }],
    ['no organization', { organizationId: undefined }],
    ['an unknown field', { tier: 'gold' }],
    ['a prototype', JSON.parse('{"__proto__": {"seats": 3}}') as object],
  ])('refuses %s', async (_what, terms) => {
    const { id: organizationId } = await newOrganization(server);
    const body = { organizationId, product: 'Mapper Pro', seats: 5, ...terms };
    expectProblem(await server.request('POST', '/v1/licenses', { body }), 400, 'invalidRequest');
  });

  it('finds no organization that does not exist', async () => {
    const body = { organizationId: unknownId, product: 'Mapper Pro', seats: 5 };
    expectProblem(await server.request('POST', '/v1/licenses', { body }), 404, 'notFound');
  });
});

describe('reading a license', () => {
  it('carries its version as an ETag, which does not move with devices or the setting', async () => {
    const license = await issueLicense(server);
    const first = await server.request<License>('GET', `/v1/licenses/${license.id}`);
    expect(first.headers.get('etag')).toBe(`"${first.body.version}"`);
    await checkIn(server, await activate(server, license));
    await setRemoteDeactivation(server, license.id, false);
    const second = await server.request<License>('GET', `/v1/licenses/${license.id}`);
    expect(second.body.version).toBe(first.body.version);
    expect(second.headers.get('etag')).toBe(first.headers.get('etag'));
  });

  it('shows how many devices are active', async () => {
    const license = await issueLicense(server);
    await activate(server, license);
    await activate(server, license);
    expect((await readLicense(server, license.id)).activeDevices).toBe(2);
  });

  it('is open to every role of its organization and of the vendor, alike', async () => {
    const license = await issueLicense(server);
    const expected = await readLicense(server, license.id);
    const tokens = [await supportToken(server)];
    for (const role of ['reader', 'editor', 'manager', 'owner'] as const) {
      tokens.push(await memberToken(server, role, license.organizationId));
    }
    for (const { auth } of tokens) {
      const answer = await server.request('GET', `/v1/licenses/${license.id}`, { auth });
      expect(answer.body).toEqual(expected);
    }
  });

  it('answers 404 to an id that names nothing and 400 to what is no id', async () => {
    expectProblem(await server.request('GET', `/v1/licenses/${unknownId}`), 404, 'notFound');
    expectProblem(await server.request('GET', '/v1/licenses/seven'), 400, 'invalidRequest');
  });

  it('refuses a query parameter that it does not know', async () => {
    const { id } = await issueLicense(server);
    expectProblem(await server.request('GET', `/v1/licenses/${id}?verbose=true`), 400, 'invalidRequest');
    expectProblem(await server.request('GET', `/v1/licenses/${id}?dryRun=true`), 400, 'invalidRequest');
  });
});

describe('the list of licenses', () => {
  it('gives each license of an organization once, over pages of any size', async () => {
    const { id: organizationId } = await newOrganization(server);
    const issued: string[] = [];
    for (let count = 0; count < 5; count += 1) issued.push((await issueLicense(server, { organizationId })).id);
    const { auth } = await memberToken(server, 'reader', organizationId);
    const seen: string[] = [];
    let path = '/v1/licenses?limit=2';
    for (let page = 1; page <= 3; page += 1) {
      const { body } = await server.request<List<License>>('GET', path, { auth });
      expect(Object.keys(body).sort()).toEqual(['items', 'nextCursor']);
      expect(body.items).toHaveLength(page === 3 ? 1 : 2);
      expect(body.nextCursor === null).toBe(page === 3);
      seen.push(...body.items.map(({ id }) => id));
      path = `/v1/licenses?limit=2&cursor=${encodeURIComponent(body.nextCursor ?? '')}`;
    }
    expect([...seen].sort()).toEqual([...issued].sort());
  });

  it('shows the operator the licenses of every organization', async () => {
    const one = await issueLicense(server);
    const two = await issueLicense(server);
    const ids = (await readAll<License>(server, '/v1/licenses')).map(({ id }) => id);
    expect(ids).toEqual(expect.arrayContaining([one.id, two.id]));
  });

  it('shows each license as reading it does', async () => {
    const license = await issueLicense(server);
    await activate(server, license);
    const { auth } = await memberToken(server, 'reader', license.organizationId);
    const [listed] = await readAll<License>(server, '/v1/licenses', auth);
    expect(listed).toEqual(await readLicense(server, license.id));
  });

  it.each([
    'limit=0',
    'limit=201',
    'limit=-1',
    'limit=ten',
    'limit=1.5',
    'limit=',
    'cursor=nonsense',
    'page=2',
    'cursor=',
  ])('refuses ?%s', async (query) => {
    expectProblem(await server.request('GET', `/v1/licenses?${query}`), 400, 'invalidRequest');
  });
});
