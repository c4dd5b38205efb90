/** What stands around the API: the old page, health, metrics and the headers that every answer carries. */
import { expectProblem } from '../support/problem.js';
import { activate, issueLicense, unknownId } from '../support/scene.js';
import { startServer, type TestServer } from '../support/server.js';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

describe('the old license manager (R10)', () => {
  it.each([
    ['GET', '/account/licenses'],
    ['GET', '/account/licenses/'],
    ['GET', '/account/licenses/42/devices?tab=2'],
    ['POST', '/account/licenses/42/deactivate'],
    ['PUT', '/account/licenses'],
    ['PATCH', '/account/licenses/42'],
    ['DELETE', '/account/licenses/42'],
  ])('is gone and points to the panel: %s %s', async (method, path) => {
    for (const auth of [null, 'Bearer ska_unknown', undefined]) {
      const problem = expectProblem(await server.request(method, path, { auth }), 410, 'legacyLicenseManager');
      expect(problem.panel).toEqual(expect.stringMatching(/\S/));
      expect(problem.instance).toBe(path.split('?')[0]);
    }
  });

  it('answers HEAD with 410 too', async () => {
    expect((await server.request('HEAD', '/account/licenses', { auth: null })).status).toBe(410);
  });

  it('is gone before anything else is looked at', async () => {
    const answer = await server.request('POST', '/account/licenses', {
      auth: null,
      rawBody: 'x'.repeat(100_000),
      headers: { 'content-type': 'text/plain' },
    });
    expectProblem(answer, 410, 'legacyLicenseManager');
  });

  it('does not take its neighbours along', async () => {
    expectProblem(await server.request('GET', '/account/licensesque'), 404, 'notFound');
    expectProblem(await server.request('GET', '/account'), 404, 'notFound');
  });
});

describe('health', () => {
  it.each(['/health/live', '/health/ready'])('%s answers 200 to anybody', async (path) => {
    expect((await server.request('GET', path, { auth: null })).status).toBe(200);
  });
});

describe('the metrics', () => {
  it('are in the text format of Prometheus, and name no license, device or organization', async () => {
    const license = await issueLicense(server);
    const device = await activate(server, license);
    const answer = await server.request('GET', '/metrics', { auth: null });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toMatch(/^text\/plain/);
    expect(answer.text).toMatch(/^# HELP \S+ .+/m);
    expect(answer.text).toMatch(/^# TYPE \S+ (counter|gauge|histogram|summary)$/m);
    for (const id of [license.id, device.id, license.organizationId]) expect(answer.text).not.toContain(id);
  });
});

describe('every answer', () => {
  const paths = ['/v1/licenses', `/v1/licenses/${unknownId}`, '/health/live', '/nowhere', '/docs', '/openapi.json'];

  it.each(paths)('%s forbids sniffing and framing, and does not say what the server is made with', async (path) => {
    const { headers } = await server.request('GET', path);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(`${headers.get('content-security-policy')} ${headers.get('x-frame-options')}`).toMatch(
      /frame-ancestors '(none|self)'|DENY|SAMEORIGIN/,
    );
    expect(headers.get('content-security-policy')).toMatch(/default-src/);
    expect(headers.get('referrer-policy')).toMatch(/no-referrer|same-origin/);
    expect(headers.get('x-powered-by')).toBeNull();
    expect(headers.get('server')).toBeNull();
  });

  it('to a route that does not exist is a problem document', async () => {
    for (const [method, path] of [
      ['GET', '/'],
      ['GET', '/v1'],
      ['GET', '/v1/nothing'],
      ['PUT', '/v1/licenses'],
      ['DELETE', '/v1/licenses'],
      ['POST', '/health/live'],
      ['GET', '/v2/licenses'],
    ] as const) {
      const answer = await server.request(method, path);
      if (path === '/' && answer.status < 400) continue;
      expect([400, 404]).toContain(answer.status);
      expectProblem(answer, answer.status, answer.status === 404 ? 'notFound' : 'invalidRequest');
    }
  });
});
