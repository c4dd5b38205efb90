/** The outer shell of HTTP on a real port: limits, headers, malformed requests. */
import { startTinyApp, type TinyApp } from './tiny-app.js';

let app: TinyApp;
beforeAll(async () => {
  app = await startTinyApp();
});
afterAll(() => app.close());
afterEach(() => app.overload(false));

const json = { 'content-type': 'application/json' };
const request = (method: string, path: string, init: RequestInit = {}) =>
  fetch(`${app.url}${path}`, { method, ...init });

/** The status and the code of a refusal, having checked that it is a whole problem document. */
async function refusal(response: Response): Promise<[number, unknown]> {
  expect(response.headers.get('content-type')).toContain('application/problem+json');
  const body = (await response.json()) as Record<string, unknown>;
  expect(Object.keys(body).slice(0, 7)).toEqual(['type', 'title', 'status', 'detail', 'instance', 'code', 'remedy']);
  expect(body['status']).toBe(response.status);
  expect(body['instance']).toBe(new URL(response.url).pathname);
  const page = await fetch(String(body['type']));
  expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
  expect(await page.text()).toContain(`<code>${String(body['code'])}</code>`);
  return [response.status, body['code']];
}

describe('what comes before authentication', () => {
  it('is the size and the type of the body, not whether it is JSON', async () => {
    const large = await request('POST', '/v1/secret', { headers: json, body: `"${'x'.repeat(64 * 1024)}"` });
    expect(await refusal(large)).toEqual([413, 'tooLarge']);
    const typed = await request('POST', '/v1/secret', { headers: { 'content-type': 'text/plain' }, body: '{}' });
    expect(await refusal(typed)).toEqual([415, 'unsupportedMediaType']);
    const untyped = await request('POST', '/v1/secret', { body: Buffer.from('{}') });
    expect(await refusal(untyped)).toEqual([415, 'unsupportedMediaType']);
    const malformedType = await request('POST', '/v1/secret', { headers: { 'content-type': 'nonsense' }, body: '{}' });
    expect(await refusal(malformedType)).toEqual([415, 'unsupportedMediaType']);
    const malformed = await request('POST', '/v1/secret', { headers: json, body: '{' });
    expect(await refusal(malformed)).toEqual([401, 'unauthenticated']);
    expect(malformed.headers.get('www-authenticate')).toContain('Bearer');
  });

  it('takes a body of exactly 64 kB', async () => {
    const body = `{"a":"${'x'.repeat(64 * 1024 - 8)}"}`;
    expect(Buffer.byteLength(body)).toBe(64 * 1024);
    expect(await refusal(await request('POST', '/v1/nothing', { headers: json, body }))).toEqual([
      400,
      'invalidRequest',
    ]);
  });

  it('is the overload, for everything but reads', async () => {
    app.overload(true);
    const refused = await request('POST', '/v1/secret');
    const body = (await refused.clone().json()) as Record<string, unknown>;
    expect(await refusal(refused)).toEqual([503, 'overloaded']);
    expect([refused.headers.get('retry-after'), body['outcome']]).toEqual(['1', 'none']);
    expect((await request('GET', '/v1/things')).status).toBe(200);
    expect((await request('HEAD', '/v1/things')).status).toBe(200);
  });

  it('is told to a page of an allowed origin in a way that it may read', async () => {
    const origin = 'https://app.example';
    const busy = await startTinyApp({ SEATKEEPER_ALLOWED_ORIGINS: origin });
    busy.overload(true);
    const refused = await fetch(`${busy.url}/v1/devices`, { method: 'POST', headers: { origin } });
    const headers = Object.fromEntries(refused.headers);
    await busy.close();
    expect(refused.status).toBe(503);
    expect(headers).toMatchObject({
      'access-control-allow-origin': origin,
      'access-control-expose-headers': 'retry-after, x-request-id',
      'retry-after': '1',
      vary: 'origin',
    });
  });
});

describe('the old license manager', () => {
  it.each(['GET', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'PROPFIND'])(
    'is gone for %s, before everything else',
    async (method) => {
      app.overload(true);
      for (const path of [
        '/account/licenses',
        '/account/licenses/',
        '/account/licenses/7/devices?x=1',
        '/%61ccount/licenses',
      ]) {
        const response = await request(method, path, { headers: { 'content-type': 'text/plain' } });
        const body = (await response.clone().json()) as Record<string, unknown>;
        expect(await refusal(response)).toEqual([410, 'legacyLicenseManager']);
        expect(body['panel']).toBe(`${app.url}/licenses`);
      }
    },
  );

  it('is gone with a body too large, of another kind and under a malformed address', async () => {
    const body = 'x'.repeat(100_000);
    expect(
      (await request('POST', '/account/licenses', { headers: { 'content-type': 'text/plain' }, body })).status,
    ).toBe(410);
    expect((await request('GET', '/account/licenses/%zz')).status).toBe(410);
  });

  it('links to the panel where a page is preferred', async () => {
    const accept = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8';
    const response = await request('GET', '/account/licenses', { headers: { accept } });
    expect([response.status, response.headers.get('content-type')]).toEqual([410, 'text/html; charset=utf-8']);
    expect(await response.text()).toContain(`<a href="${app.url}/licenses">`);
    for (const other of ['*/*', 'application/json', 'text/html;q=0.5, application/json']) {
      const answer = await request('GET', '/account/licenses', { headers: { accept: other } });
      expect(answer.headers.get('content-type')).toContain('application/problem+json');
    }
  });

  it('is nothing but that address', async () => {
    for (const path of ['/account/licensesx', '/account', '/account%2flicense', '/Account/licenses']) {
      expect(await refusal(await request('GET', path))).toEqual([404, 'notFound']);
    }
  });
});

describe('every answer', () => {
  const ofRefusals = {
    'cache-control': 'no-store',
    'content-security-policy': "default-src 'none';base-uri 'none';form-action 'none';frame-ancestors 'none'",
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
  };

  it('has a request id of ours and the security headers', async () => {
    const response = await request('GET', '/v1/things', { headers: { 'x-request-id': 'theirs' } });
    expect(response.headers.get('x-request-id')).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'cache-control': 'no-store',
      'content-security-policy': "default-src 'none';base-uri 'none';form-action 'none';frame-ancestors 'none'",
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
    });
    expect(response.headers.has('x-powered-by')).toBe(false);
    expect(response.headers.has('strict-transport-security')).toBe(false);
  });

  it('has them where it is a refusal, too', async () => {
    for (const path of ['/nowhere', '/v1/fails', '/v1/things?x', '/account/licenses', '/%zz']) {
      const { headers } = await request('GET', path);
      expect(headers.has('x-request-id')).toBe(true);
      expect({ path, ...Object.fromEntries(headers) }).toMatchObject({ path, ...ofRefusals });
    }
  });

  it('has them where nothing but the parser has seen the request', async () => {
    const answer = await app.send('nonsense\r\n\r\n');
    for (const [name, value] of Object.entries(ofRefusals)) expect(answer).toContain(`\r\n${name}: ${value}\r\n`);
  });

  it('allows scripts of this server at /docs only', async () => {
    const policy = async (path: string) => (await request('GET', path)).headers.get('content-security-policy') ?? '';
    expect(await policy('/docs')).toContain("script-src 'self'");
    expect(await policy('/docsx')).not.toContain('script-src');
    expect(await policy('/problems')).not.toContain('script-src');
  });

  it('demands https where the public address has it', async () => {
    const encrypted = await startTinyApp({ SEATKEEPER_PUBLIC_URL: 'https://seats.example' });
    const { headers } = await fetch(`${encrypted.url}/v1/things`);
    await encrypted.close();
    expect(headers.get('strict-transport-security')).toContain('max-age=');
  });
});

describe('what the framework refuses', () => {
  it.each([
    ['GET', '/nowhere', 404, 'notFound'],
    ['DELETE', '/v1/things', 404, 'notFound'],
    ['PROPFIND', '/v1/things', 404, 'notFound'],
    ['OPTIONS', '/v1/things', 404, 'notFound'],
    ['GET', '/v1/things/', 404, 'notFound'],
    ['GET', '/problems/nonsense', 404, 'notFound'],
    ['GET', '/%zz', 400, 'invalidRequest'],
    ['GET', '/v1/teapot', 503, 'overloaded'],
  ])('%s %s is %d %s', async (method, path, status, code) => {
    const response = await request(method, path);
    expect(await refusal(response)).toEqual([status, code]);
  });

  it('says when to try again', async () => {
    expect((await request('GET', '/v1/limited')).headers.get('retry-after')).toBe('13');
  });

  it.each([
    ['no HTTP at all', 'nonsense\r\n\r\n', '400', 'invalidRequest'],
    ['an unknown method', 'NONSENSE / HTTP/1.1\r\nHost: a\r\n\r\n', '400', 'invalidRequest'],
    ['headers too large', `GET / HTTP/1.1\r\nHost: a\r\nx: ${'x'.repeat(20_000)}\r\n\r\n`, '413', 'tooLarge'],
    ['no host', 'GET /v1/things HTTP/1.1\r\nConnection: close\r\n\r\n', '400', 'invalidRequest'],
    ['a target that is no path', 'GET * HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n', '404', 'notFound'],
    [
      'an unknown expectation',
      'GET /x HTTP/1.1\r\nHost: a\r\nExpect: x\r\nConnection: close\r\n\r\n',
      '404',
      'notFound',
    ],
  ])('answers %s with a problem document', async (_name, bytes, status, code) => {
    const answer = await app.send(bytes);
    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(answer.toLowerCase()).toContain('content-type: application/problem+json');
    expect(answer.toLowerCase()).toContain('x-request-id: ');
    expect(answer).toContain(`"code":"${code}"`);
  });
});

describe('a fault of the server', () => {
  it('tells nothing to the one who asked, and is logged under the request id without parameters', async () => {
    const response = await request('GET', '/v1/fails', { headers: { authorization: 'Bearer secret-token' } });
    const text = await response.clone().text();
    expect(await refusal(response)).toEqual([500, 'internalError']);
    expect(text).not.toMatch(/SELECT|SQLITE|\.ts|stack/);
    const id = response.headers.get('x-request-id') ?? '';
    const lines = app.log.filter((line) => line.includes(id));
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      level: 50,
      err: { message: expect.stringContaining('SQLITE_ERROR') },
    });
    expect(app.log.join('')).not.toMatch(/hidden-parameter|secret-token/);
  });
});

describe('the log', () => {
  it('has a line for each request from debug on, without its query', async () => {
    const talkative = await startTinyApp({ LOG_LEVEL: 'debug' });
    const response = await fetch(`${talkative.url}/v1/things?limit=7`);
    await response.text();
    await talkative.close();
    const lines = talkative.log.filter((line) => line.includes(response.headers.get('x-request-id') ?? ''));
    expect(lines.map((line): unknown => JSON.parse(line))).toMatchObject([
      { level: 20, method: 'GET', path: '/v1/things', status: 200 },
    ]);
  });

  it('has none at info', async () => {
    const before = app.log.length;
    await (await request('GET', '/v1/things')).text();
    await (await request('GET', '/nowhere')).text();
    expect(app.log.slice(before)).toEqual([]);
  });
});
