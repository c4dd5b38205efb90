/** Every refusal the contract knows, met at least once: its document, its words and the page behind its type. */
import { later, now } from '../support/clock.js';
import { expectProblem, kebab, statusOfCode } from '../support/problem.js';
import {
  activate,
  changeLicense,
  freshFingerprint,
  issueLicense,
  logOut,
  openTicket,
  register,
  setRemoteDeactivation,
  setTicketStatus,
  supportToken,
  unknownId,
} from '../support/scene.js';
import { type Answer, startServer, type TestServer } from '../support/server.js';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

const knock = (auth: string) =>
  server.request('POST', '/v1/devices', { auth, body: { fingerprint: freshFingerprint() } });
const remotely = (id: string) => server.request('POST', `/v1/devices/${id}/remote-deactivation`);
const older = () => issueLicense(server, { remoteDeactivation: 'disabled' });

/** How each code is met. Three cannot be met here: see the tests that follow. */
const met: Record<string, () => Promise<Answer>> = {
  legacyLicenseManager: () => server.request('GET', '/account/licenses'),
  tooLarge: () => server.request('POST', '/v1/organizations', { body: { name: 'x'.repeat(70_000) } }),
  unsupportedMediaType: () =>
    server.request('POST', '/v1/organizations', { rawBody: 'name=x', headers: { 'content-type': 'text/plain' } }),
  unauthenticated: () => server.request('GET', '/v1/licenses', { auth: null }),
  forbidden: async () => server.request('GET', '/v1/tokens', { auth: (await supportToken(server)).auth }),
  invalidRequest: () => server.request('POST', '/v1/organizations', { body: {} }),
  notFound: () => server.request('GET', `/v1/licenses/${unknownId}`),
  idempotencyKeyReused: async () => {
    const headers = { 'idempotency-key': 'one-key-for-two-bodies' };
    await server.request('POST', '/v1/organizations', { body: { name: 'One' }, headers });
    return server.request('POST', '/v1/organizations', { body: { name: 'Two' }, headers });
  },
  versionRequired: async () =>
    server.request('PATCH', `/v1/licenses/${(await issueLicense(server)).id}`, { body: { seats: 4 } }),
  versionMismatch: async () =>
    server.request('PATCH', `/v1/licenses/${(await issueLicense(server)).id}`, {
      body: { seats: 4 },
      headers: { 'if-match': '"999"' },
    }),
  supportAndUpgradeRequired: async () =>
    server.request('POST', '/v1/support-tickets', {
      body: { licenseId: (await issueLicense(server)).id, topic: 'billing', message: 'An invoice is missing.' },
    }),
  ticketNotApplicable: async () => {
    const license = await issueLicense(server);
    const device = await activate(server, license);
    const { id: ticketId } = await openTicket(server, license.id);
    await setTicketStatus(server, ticketId, 'closed');
    const body = { ticketId, reason: 'Stolen' };
    return server.request('POST', `/v1/devices/${device.id}/forced-deactivation`, { body });
  },
  seatsInUse: async () => {
    const license = await issueLicense(server);
    await activate(server, license);
    await activate(server, license);
    const headers = { 'if-match': '*' };
    return server.request('PATCH', `/v1/licenses/${license.id}`, { body: { seats: 1 }, headers });
  },
  deviceNotActive: async () => {
    const device = await activate(server, await issueLicense(server));
    await logOut(server, device);
    return server.request('POST', `/v1/devices/${device.id}/check-in`, { auth: device.auth });
  },
  licenseSuspended: async () => {
    const license = await issueLicense(server);
    await changeLicense(server, license.id, 'suspend');
    return knock(license.auth);
  },
  licenseExpired: async () => {
    const license = await issueLicense(server, { validUntil: later(await now(server), 1) });
    await server.advance('PT0.001S');
    return knock(license.auth);
  },
  licenseRevoked: async () => {
    const license = await issueLicense(server);
    await changeLicense(server, license.id, 'revoke');
    return knock(license.auth);
  },
  noSeatAvailable: async () => {
    const license = await issueLicense(server, { seats: 1 });
    await activate(server, license);
    return knock(license.auth);
  },
  remoteDeactivationDisabled: async () => remotely((await activate(server, await older())).id),
  remoteDeactivationEnabling: async () => {
    const license = await older();
    const device = await activate(server, license);
    await setRemoteDeactivation(server, license.id, true);
    return remotely(device.id);
  },
  devicePredatesRemoteDeactivation: async () => {
    const license = await older();
    const device = await activate(server, license);
    const { id: ticketId } = await openTicket(server, license.id);
    await server.request('POST', `/v1/licenses/${license.id}/remote-deactivation/forced`, { body: { ticketId } });
    return remotely(device.id);
  },
  eventNotAllowed: async () => {
    const { id } = await issueLicense(server);
    await changeLicense(server, id, 'revoke');
    return server.request('POST', `/v1/licenses/${id}/suspend`);
  },
};
/** A page's text with its escaped characters as they are read. */
const unescaped = (html: string) =>
  html
    .replace(/&#(\d+);/g, (_all, code: string) => String.fromCodePoint(Number(code)))
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');

const met429 = 'tooManyRequests';
const notMet = ['overloaded', 'emailInUse'];

describe('a refusal', () => {
  it.each(Object.keys(met))('as %s is a problem document with its own page', async (code) => {
    const problem = expectProblem(await (met[code] as () => Promise<Answer>)(), statusOfCode[code] ?? 0, code);
    const page = await fetch(new URL(new URL(problem.type, server.url).pathname, server.url));
    expect(page.status).toBe(200);
    expect(page.headers.get('content-type')).toMatch(/^text\/html/);
    expect(unescaped(await page.text())).toContain(problem.title);
  });

  it('of every other code of the contract has its page, too', async () => {
    expect(Object.keys(statusOfCode).sort()).toEqual([...Object.keys(met), met429, ...notMet].sort());
    for (const code of [met429, 'overloaded']) {
      expect((await fetch(`${server.url}/problems/${kebab(code)}`)).status).toBe(200);
    }
  });

  it('as an unknown problem has no page', async () => {
    expectProblem(await server.request('GET', '/problems/no-such-problem'), 404, 'notFound');
  });

  it('names the path of the request, without its query', async () => {
    const path = `/v1/licenses/${unknownId}/devices`;
    const answer = await server.request('GET', `${path}?state=active`);
    expect(expectProblem(answer, 404, 'notFound').instance).toBe(path);
  });

  it('says where the request is wrong, issue by issue', async () => {
    const body = { organizationId: unknownId, product: ' ', seats: 'three', gold: true };
    const { issues } = expectProblem(await server.request('POST', '/v1/licenses', { body }), 400, 'invalidRequest');
    const paths = JSON.stringify((issues as { path: unknown }[]).map(({ path }) => path));
    expect(paths).toContain('product');
    expect(paths).toContain('seats');
    expect(JSON.stringify(issues)).toContain('gold');
    for (const issue of issues as object[]) {
      expect(issue).toEqual({ path: expect.anything(), message: expect.stringMatching(/\S/) });
    }
  });

  it.each(['{', '{"name": "x"', '{"name": x}', '"text', 'nul', '{"name":"x"}}', '\u0000', '[', '{"a":1,}'])(
    'of malformed JSON (%j) says so as invalidRequest',
    async (rawBody) => {
      const problem = expectProblem(
        await server.request('POST', '/v1/organizations', { rawBody }),
        400,
        'invalidRequest',
      );
      expect(problem.issues).toEqual(expect.any(Array));
      expect((problem.issues as unknown[]).length).toBeGreaterThan(0);
    },
  );

  it.each(['null', '7', '"text"', 'true', '[]'])(
    'of a body that is no object (%s) is invalidRequest',
    async (rawBody) => {
      expectProblem(await server.request('POST', '/v1/organizations', { rawBody }), 400, 'invalidRequest');
    },
  );

  it('tells no stranger anything: no stack, no SQL, no file', async () => {
    const answers = [
      await server.request('POST', '/v1/organizations', { rawBody: '{', auth: null }),
      await server.request('POST', '/v1/organizations', { rawBody: '{' }),
      await server.request('GET', "/v1/licenses/'%20OR%201=1--"),
      await server.request('GET', '/v1/licenses?cursor=%27%3B%20DROP%20TABLE%20device'),
      await register(server, (await issueLicense(server)).id).then(({ id }) => remotely(id)),
    ];
    for (const { text } of answers) {
      expect(text).not.toMatch(/\bat \S+ \(|node_modules|\.js:\d|SQLITE|SELECT |FROM |typeorm|fastify|zod/i);
    }
  });

  it('carries no ETag and is not stored by a cache', async () => {
    const answer = await server.request('GET', `/v1/licenses/${unknownId}`);
    expect(answer.headers.get('etag')).toBeNull();
    expect(answer.headers.get('cache-control') ?? 'no-store').toMatch(/no-store|no-cache|private/);
  });
});
