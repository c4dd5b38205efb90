/** Client software in pages of other origins: what they may call, once the operator has named them, and that nobody else gains by it. */
import { signedIn } from '../support/cookie-jar.js';
import { expectProblem } from '../support/problem.js';
import {
  activate,
  addMember,
  changeLicense,
  type DeviceScene,
  freshFingerprint,
  issueLicense,
  type LicenseScene,
} from '../support/scene.js';
import { type Answer, startServer, type TestServer } from '../support/server.js';

const friend = 'https://app.example';
const otherFriend = 'http://localhost:5173';
const strangers = [
  'https://elsewhere.example',
  'http://app.example',
  'https://app.example.elsewhere.example',
  'https://app.example:8443',
  'https://APP.example',
  'null',
  '',
];

let server: TestServer;
let license: LicenseScene;
let device: DeviceScene;
beforeAll(async () => {
  server = await startServer({
    env: {
      SEATKEEPER_ALLOWED_ORIGINS: `${friend},${otherFriend}`,
      SEATKEEPER_FAILED_CREDENTIALS_PER_MINUTE: '5',
    },
  });
  license = await issueLicense(server, { seats: 1 });
  device = await activate(server, license);
});
afterAll(() => server.stop());

/** The headers of an answer that are about other origins. */
function granted(answer: Answer<unknown>): Record<string, string> {
  const names = [...answer.headers.keys()].filter((name) => name.startsWith('access-control-') || name === 'vary');
  return Object.fromEntries(names.map((name) => [name, answer.headers.get(name) ?? '']));
}

const preflight = (path: string, method: string, origin: string = friend) =>
  server.request('OPTIONS', path, {
    auth: null,
    headers: {
      origin,
      'access-control-request-method': method,
      'access-control-request-headers': 'authorization,content-type',
    },
  });

/** What client software asks for; `{device}` and `{license}` stand for ids. */
const open: [method: string, path: string][] = [
  ['POST', '/v1/devices'],
  ['POST', '/v1/devices?dryRun=true'],
  ['POST', '/v1/devices/{device}/check-in'],
  ['POST', '/v1/devices/{device}/log-out'],
  ['GET', '/v1/devices/{device}'],
  ['GET', '/v1/devices/{device}/stream'],
  ['GET', '/.well-known/jwks.json'],
];

/** What is for the panel, for programs of the vendor, or for nobody. */
const closed: [method: string, path: string][] = [
  ['GET', '/v1/devices'],
  ['PATCH', '/v1/devices/{device}'],
  ['DELETE', '/v1/devices/{device}'],
  ['GET', '/v1/devices/{device}/check-in'],
  ['GET', '/v1/devices/{device}/transitions'],
  ['POST', '/v1/devices/{device}/stream'],
  ['POST', '/v1/devices/{device}/remote-deactivation'],
  ['POST', '/v1/devices/{device}/forced-deactivation'],
  ['POST', '/v1/devices/{device}/check-in/more'],
  ['GET', '/v1/licenses'],
  ['GET', '/v1/licenses/{license}/stream'],
  ['POST', '/v1/licenses/{license}/devices'],
  ['POST', '/v1/session'],
  ['GET', '/v1/session'],
  ['POST', '/v1/tokens'],
  ['POST', '/v1/test-clock'],
  ['GET', '/openapi.json'],
  ['GET', '/health/live'],
  ['GET', '/licenses'],
  ['POST', '/.well-known/jwks.json'],
  ['GET', '/v1/dev%69ces/x'],
];

const at = (path: string): string => path.replace('{device}', device.id).replace('{license}', license.id);

describe('a preflight', () => {
  it.each(open)('is answered for %s %s', async (method, path) => {
    for (const origin of [friend, otherFriend]) {
      const answer = await preflight(at(path), method, origin);
      expect([answer.status, answer.text]).toEqual([204, '']);
      expect(granted(answer)).toEqual({
        'access-control-allow-origin': origin,
        'access-control-allow-methods': method,
        'access-control-allow-headers': 'authorization, content-type, last-event-id',
        'access-control-max-age': '600',
        vary: 'origin',
      });
      expect(answer.headers.get('x-request-id')).not.toBeNull();
    }
  });

  it.each(closed)('finds nothing for %s %s', async (method, path) => {
    const answer = await preflight(at(path), method);
    expectProblem(answer, 404, 'notFound');
    expect(granted(answer)).toEqual({});
  });

  it.each(open)('of a stranger finds nothing for %s %s', async (method, path) => {
    for (const origin of strangers) {
      const answer = await preflight(at(path), method, origin);
      expectProblem(answer, 404, 'notFound');
      expect([origin, granted(answer)]).toEqual([origin, { vary: 'origin' }]);
    }
  });

  it('says which method it is for, and whose it is', async () => {
    const path = '/v1/devices';
    const silent = await server.request('OPTIONS', path, { auth: null, headers: { origin: friend } });
    expectProblem(silent, 404, 'notFound');
    expect(granted(silent)).toEqual({});
    const headers = { 'access-control-request-method': 'POST' };
    const nobody = await server.request('OPTIONS', path, { auth: null, headers });
    expectProblem(nobody, 404, 'notFound');
    expect(granted(nobody)).toEqual({ vary: 'origin' });
  });

  it('comes after the old page', async () => {
    const answer = await preflight('/account/licenses', 'GET');
    expectProblem(answer, 410, 'legacyLicenseManager');
    expect(granted(answer)).toEqual({ vary: 'accept' });
  });
});

describe('a request', () => {
  const toFriend = {
    'access-control-allow-origin': friend,
    'access-control-expose-headers': 'retry-after, x-request-id',
    vary: 'origin',
  };
  const from = (origin: string) => ({ headers: { origin } });
  const bodyOf = (path: string) => (path.startsWith('/v1/devices?') ? { fingerprint: freshFingerprint() } : undefined);
  const asClient = (path: string) => (path.startsWith('/v1/devices?') ? license.auth : device.auth);
  /** All but the activation in earnest, for which there is no seat. */
  const asked = open.slice(1);

  it.each(asked)('that succeeds may be read: %s %s', async (method, path) => {
    const other = await issueLicense(server);
    const target = at(path);
    const auth = target.startsWith('/v1/devices?') ? other.auth : device.auth;
    const dry = target.endsWith('/log-out') ? `${target}?dryRun=true` : target;
    const answer = await server.request(method, dry, { auth, body: bodyOf(target), ...from(friend) });
    expect([answer.status < 300, granted(answer)]).toEqual([true, toFriend]);
  });

  it('that is refused may be read, by whatever it is refused', async () => {
    const refusals: [number, string, Promise<Answer>][] = [
      [
        409,
        'noSeatAvailable',
        server.request('POST', '/v1/devices', {
          auth: license.auth,
          body: { fingerprint: freshFingerprint() },
          ...from(friend),
        }),
      ],
      [401, 'unauthenticated', server.request('GET', `/v1/devices/${device.id}`, { auth: null, ...from(friend) })],
      [403, 'forbidden', server.request('POST', '/v1/devices', { auth: device.auth, body: {}, ...from(friend) })],
      [400, 'invalidRequest', server.request('POST', '/v1/devices', { auth: license.auth, body: {}, ...from(friend) })],
      [
        413,
        'tooLarge',
        server.request('POST', '/v1/devices', { auth: license.auth, rawBody: ' '.repeat(70_000), ...from(friend) }),
      ],
      [
        415,
        'unsupportedMediaType',
        server.request('POST', '/v1/devices', {
          auth: license.auth,
          rawBody: 'x',
          headers: { origin: friend, 'content-type': 'text/plain' },
        }),
      ],
      [
        400,
        'invalidRequest',
        server.request('GET', `/v1/devices/${device.id}/stream?x=1`, { auth: device.auth, ...from(friend) }),
      ],
    ];
    for (const [status, code, asking] of refusals) {
      const answer = await asking;
      expectProblem(answer, status, code);
      expect([code, granted(answer)]).toEqual([code, toFriend]);
    }
  });

  it('says when to come back', async () => {
    const guess = () => server.request('POST', '/v1/devices', { auth: 'License skl_wrong', body: {}, ...from(friend) });
    let answer = await guess();
    for (let count = 0; count < 6 && answer.status !== 429; count += 1) answer = await guess();
    expectProblem(answer, 429, 'tooManyRequests');
    expect(answer.headers.get('retry-after')).toMatch(/^\d+$/);
    expect(granted(answer)).toEqual(toFriend);
  });

  it.each(asked)('of a stranger is answered as ever, and may not be read: %s %s', async (method, path) => {
    const target = at(path);
    for (const origin of strangers) {
      const dry = target.includes('?') ? target : target.replace(/log-out$/, 'log-out?dryRun=true');
      const answer = await server.request(method, dry, {
        auth: asClient(target),
        body: bodyOf(target),
        ...from(origin),
      });
      expect([origin, granted(answer)]).toEqual([origin, { vary: 'origin' }]);
    }
    const answer = await server.request(method, target.replace(/log-out$/, 'log-out?dryRun=true'), {
      auth: asClient(target),
      body: bodyOf(target),
    });
    expect(granted(answer)).toEqual({ vary: 'origin' });
  });

  it.each(closed)('may not be read: %s %s', async (method, path) => {
    const answer = await server.request(method, at(path), { auth: device.auth, ...from(friend) });
    expect(granted(answer)).toEqual({});
  });
});

describe('a person who is signed in', () => {
  it('is nothing to a page of an allowed origin: with the cookie it may read nothing, and change nothing', async () => {
    const owner = await addMember(server, license.organizationId, 'owner');
    const jar = await signedIn(server, owner);
    const headers = { origin: friend };
    const read = await jar.request('GET', `/v1/licenses/${license.id}`, { headers });
    expect(granted(read)).toEqual({});
    const shown = await jar.request('GET', `/v1/devices/${device.id}`, { headers });
    expect(shown.headers.has('access-control-allow-credentials')).toBe(false);
    const deactivation = `/v1/devices/${device.id}/remote-deactivation`;
    expectProblem(await jar.request('POST', deactivation, { headers }), 403, 'forbidden');
    expectProblem(await jar.request('POST', '/v1/session', { headers, body: {} }), 403, 'forbidden');
  });
});

describe('a server that was told of no origin', () => {
  it('has not heard of any of this', async () => {
    const silent = await startServer();
    const headers = { origin: friend, 'access-control-request-method': 'POST' };
    const answer = await silent.request('OPTIONS', '/v1/devices', { auth: null, headers });
    expectProblem(answer, 404, 'notFound');
    const keys = await silent.request('GET', '/.well-known/jwks.json', { headers });
    await silent.stop();
    expect([granted(answer), granted(keys)]).toEqual([{}, {}]);
  });
});

describe('a license on hold', () => {
  it('says so to the page', async () => {
    const held = await issueLicense(server);
    const holder = await activate(server, held);
    await changeLicense(server, held.id, 'suspend');
    const answer = await server.request('POST', `/v1/devices/${holder.id}/check-in`, {
      auth: holder.auth,
      headers: { origin: friend },
    });
    expectProblem(answer, 403, 'licenseSuspended');
    expect(granted(answer)['access-control-allow-origin']).toBe(friend);
  });
});
