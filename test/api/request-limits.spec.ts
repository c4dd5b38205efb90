/** What is turned away at the door: too large, of another media type, or guessed too often. */
import { expectProblem } from '../support/problem.js';
import { activate, checkIn, issueLicense, memberToken } from '../support/scene.js';
import { startServer, type TestServer } from '../support/server.js';

const failuresMax = 5;
let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

const organization = (rawBody: string, contentType = 'application/json') =>
  server.request('POST', '/v1/organizations', { rawBody, headers: { 'content-type': contentType } });

describe('the size of a body', () => {
  it('may be 60,000 bytes, which are then looked at', async () => {
    expectProblem(await organization(JSON.stringify({ name: 'n'.repeat(60_000) })), 400, 'invalidRequest');
  });

  it('may not be 66,000 bytes', async () => {
    expectProblem(await organization(JSON.stringify({ name: 'n'.repeat(66_000) })), 413, 'tooLarge');
  });

  it('may not be 66,000 bytes either where the client does not say so beforehand', async () => {
    const chunks = new ReadableStream<Uint8Array>({
      start(controller) {
        for (let count = 0; count < 66; count += 1) controller.enqueue(new Uint8Array(1_000).fill(0x20));
        controller.close();
      },
    });
    const response = await fetch(`${server.url}/v1/organizations`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: chunks,
      duplex: 'half',
    } as RequestInit);
    expect(response.status).toBe(413);
    expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(await response.json()).toMatchObject({ code: 'tooLarge' });
  });
});

describe('the media type of a body', () => {
  it.each(['application/json', 'application/json; charset=utf-8', 'Application/JSON'])('may be %s', async (type) => {
    expect((await organization('{"name":"Typed"}', type)).status).toBe(201);
  });

  it.each([
    'text/plain',
    'application/xml',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'json',
  ])('may not be %s', async (type) => {
    expectProblem(await organization('{"name":"Typed"}', type), 415, 'unsupportedMediaType');
  });

  it('is not looked at where the body is empty', async () => {
    const device = await activate(server, await issueLicense(server));
    for (const type of ['application/json', 'text/plain']) {
      const answer = await server.request('POST', `/v1/devices/${device.id}/check-in`, {
        auth: device.auth,
        rawBody: '',
        headers: { 'content-type': type },
      });
      expect([type, answer.status]).toEqual([type, 200]);
    }
  });
});

describe('guessing credentials', () => {
  let guarded: TestServer;
  beforeAll(async () => {
    guarded = await startServer({ env: { SEATKEEPER_FAILED_CREDENTIALS_PER_MINUTE: String(failuresMax) } });
  });
  afterAll(() => guarded.stop());

  it('is answered with 429 and Retry-After after the limit, and correct credentials are never refused for it', async () => {
    const license = await issueLicense(guarded);
    const device = await activate(guarded, license);
    const member = await memberToken(guarded, 'reader', license.organizationId);
    const guess = (auth: string) => guarded.request('GET', '/v1/licenses', { auth });
    for (let count = 0; count < failuresMax; count += 1) {
      expectProblem(await guess(`Bearer ska_guess-number-${count}`), 401, 'unauthenticated');
    }
    let refused = await guess('Bearer ska_one-more');
    for (let count = 0; refused.status === 401 && count < failuresMax; count += 1) {
      refused = await guess(`Bearer ska_and-more-${count}`);
    }
    expectProblem(refused, 429, 'tooManyRequests');
    expect(refused.headers.get('retry-after')).toMatch(/^[1-9]\d*$/);
    expect(Number(refused.headers.get('retry-after'))).toBeLessThanOrEqual(60);

    expectProblem(await guess('Bearer skd_a-device'), 429, 'tooManyRequests');
    const knock = { auth: 'License guessed', body: { fingerprint: 'fingerprint' } };
    expectProblem(await guarded.request('POST', '/v1/devices', knock), 429, 'tooManyRequests');

    expect((await guarded.request('GET', '/v1/licenses')).status).toBe(200);
    expect((await guarded.request('GET', '/v1/licenses', { auth: member.auth })).status).toBe(200);
    expect((await activate(guarded, license)).status).toBe(201);
    expect((await checkIn(guarded, device)).state).toBe('active');
    expect((await guarded.request('GET', '/health/live', { auth: null })).status).toBe(200);
  });

  it('has no limit where the limit is 0', async () => {
    for (let count = 0; count < 100; count += 1) {
      const answer = await server.request('GET', '/v1/licenses', { auth: `Bearer ska_guess-${count}` });
      expect(answer.status).toBe(401);
    }
  });
});
