/** Tenants: another organization's things look as if they did not exist (R14). */
import { expectProblem, type Problem } from '../support/problem.js';
import { type List } from '../support/representations.js';
import {
  activate,
  freshFingerprint,
  historyOfLicense,
  issueLicense,
  memberToken,
  newOrganization,
  openTicket,
  readAll,
  readDevice,
  readLicense,
  readTicket,
  unknownId,
} from '../support/scene.js';
import { startServer, type TestServer } from '../support/server.js';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

/** What one organization has, and an owner of another. */
async function neighbours() {
  const license = await issueLicense(server);
  const device = await activate(server, license, { name: 'Secret project' });
  const ticket = await openTicket(server, license.id);
  const token = await memberToken(server, 'reader', license.organizationId);
  const stranger = await memberToken(server, 'owner', (await newOrganization(server)).id);
  return { license, device, ticket, token, stranger };
}

/** Every request of an owner that names something, with that name as a parameter. */
const requests: [what: string, of: keyof Ids, method: string, path: (id: string) => string, body?: object][] = [
  ['reading a license', 'license', 'GET', (id) => `/v1/licenses/${id}`],
  ['reading its seats', 'license', 'GET', (id) => `/v1/licenses/${id}/seats`],
  ['reading its devices', 'license', 'GET', (id) => `/v1/licenses/${id}/devices`],
  ['reading its history', 'license', 'GET', (id) => `/v1/licenses/${id}/transitions`],
  ['reading its occupancy', 'license', 'GET', (id) => `/v1/licenses/${id}/occupancy`],
  ['replacing its key', 'license', 'POST', (id) => `/v1/licenses/${id}/key`],
  ['its setting', 'license', 'PUT', (id) => `/v1/licenses/${id}/remote-deactivation`, { enabled: false }],
  [
    'registering',
    'license',
    'POST',
    (id) => `/v1/licenses/${id}/devices`,
    { fingerprint: 'fingerprint-of-a-stranger' },
  ],
  ['reading a device', 'device', 'GET', (id) => `/v1/devices/${id}`],
  ['reading a device’s history', 'device', 'GET', (id) => `/v1/devices/${id}/transitions`],
  ['naming it', 'device', 'PATCH', (id) => `/v1/devices/${id}`, { name: 'Mine' }],
  ['deactivating it', 'device', 'POST', (id) => `/v1/devices/${id}/remote-deactivation`],
  ['deactivating it dry', 'device', 'POST', (id) => `/v1/devices/${id}/remote-deactivation?dryRun=true`],
  ['reading a ticket', 'ticket', 'GET', (id) => `/v1/support-tickets/${id}`],
  ['closing it', 'ticket', 'PATCH', (id) => `/v1/support-tickets/${id}`, { status: 'closed' }],
  ['reading an organization', 'organization', 'GET', (id) => `/v1/organizations/${id}`],
  ['ending a token', 'token', 'DELETE', (id) => `/v1/tokens/${id}`],
];
interface Ids {
  license: string;
  device: string;
  ticket: string;
  organization: string;
  token: string;
}

describe("another organization's things", () => {
  it.each(requests.map(([what, of, method, path, body]) => ({ what, of, method, path, body })))(
    'look as if they did not exist: $what',
    async ({ of, method, path, body }) => {
      const { license, device, ticket, token, stranger } = await neighbours();
      const ids: Ids = {
        license: license.id,
        device: device.id,
        ticket: ticket.id,
        organization: license.organizationId,
        token: token.id,
      };
      const before = [await readLicense(server, license.id), await readDevice(server, device.id)];
      const history = await historyOfLicense(server, license.id);
      const ask = async (id: string): Promise<Partial<Problem>> => {
        const answer = await server.request(method, path(id), { auth: stranger.auth, body });
        const problem = expectProblem(answer, 404, 'notFound');
        return JSON.parse(JSON.stringify(problem).replaceAll(id, 'the id')) as Problem;
      };
      expect(await ask(ids[of])).toEqual(await ask(unknownId));
      expect([await readLicense(server, license.id), await readDevice(server, device.id)]).toEqual(before);
      expect(await historyOfLicense(server, license.id)).toEqual(history);
      expect(await readTicket(server, ticket.id)).toEqual(ticket);
      expect((await server.request('GET', '/v1/licenses', { auth: token.auth })).status).toBe(200);
    },
  );

  it.each([
    ['an organization for a token', 'POST', '/v1/tokens', 'organizationId', { role: 'reader', name: 'x' }],
    [
      'a license for a ticket',
      'POST',
      '/v1/support-tickets',
      'licenseId',
      { topic: 'deviceDeactivation', message: 'x' },
    ],
  ] as const)('named in a body look as if they did not exist: %s', async (_what, method, path, field, body) => {
    const { license, stranger } = await neighbours();
    const named = field === 'licenseId' ? license.id : license.organizationId;
    const answers = [];
    for (const id of [named, unknownId]) {
      const answer = await server.request(method, path, { auth: stranger.auth, body: { ...body, [field]: id } });
      answers.push(expectProblem(answer, 404, 'notFound'));
    }
    expect(answers[0]).toEqual(answers[1]);
  });

  it('cannot be named as the device of a ticket about one’s own license', async () => {
    const { device, stranger } = await neighbours();
    const own = await issueLicense(server, { organizationId: stranger.organizationId ?? '' });
    const body = { licenseId: own.id, deviceId: device.id, topic: 'deviceDeactivation', message: 'x' };
    expectProblem(await server.request('POST', '/v1/support-tickets', { auth: stranger.auth, body }), 404, 'notFound');
  });

  it.each(['/v1/licenses', '/v1/support-tickets'])('are in no list: %s', async (path) => {
    const { stranger } = await neighbours();
    const list = await server.request<List<object>>('GET', path, { auth: stranger.auth });
    expect(list.body).toEqual({ items: [], nextCursor: null });
  });

  it('are not reached with a cursor made for somebody else', async () => {
    const { stranger, license } = await neighbours();
    await issueLicense(server, { organizationId: license.organizationId });
    const page = await server.request<List<object>>('GET', '/v1/licenses?limit=1');
    const cursor = encodeURIComponent(page.body.nextCursor ?? '');
    const answer = await server.request<List<object>>('GET', `/v1/licenses?limit=1&cursor=${cursor}`, {
      auth: stranger.auth,
    });
    if (answer.status === 200) expect(answer.body.items).toEqual([]);
    else expectProblem(answer, 400, 'invalidRequest');
  });

  it('have fingerprints of their own: the same one elsewhere says nothing', async () => {
    const { device, stranger } = await neighbours();
    const own = await issueLicense(server, { organizationId: stranger.organizationId ?? '' });
    const answer = await server.request('POST', `/v1/licenses/${own.id}/devices`, {
      auth: stranger.auth,
      body: { fingerprint: device.fingerprint },
    });
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({ licenseId: own.id, name: null, state: 'inactive' });
  });
});

describe('one organization with two licenses', () => {
  it('sees both, and each keeps its devices', async () => {
    const one = await issueLicense(server);
    const two = await issueLicense(server, { organizationId: one.organizationId });
    const device = await activate(server, one, { fingerprint: freshFingerprint() });
    const { auth } = await memberToken(server, 'owner', one.organizationId);
    expect(await readAll(server, '/v1/licenses', auth)).toHaveLength(2);
    expect(await readAll(server, `/v1/licenses/${two.id}/devices`, auth)).toEqual([]);
    expect(await readAll(server, `/v1/licenses/${one.id}/devices`, auth)).toMatchObject([{ id: device.id }]);
  });
});
