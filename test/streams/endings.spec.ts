/** How streams end, and who gets none: ended credentials, limits, shutdown, and requests that are not right. */
import { EventReader } from '../support/event.reader.js';
import { expectProblem, type Problem } from '../support/problem.js';
import { signedIn } from '../support/cookie-jar.js';
import {
  activate,
  addMember,
  type DeviceScene,
  issueLicense,
  type LicenseScene,
  logOut,
  memberToken,
} from '../support/scene.js';
import { operatorToken, startServer, type TestServer } from '../support/server.js';
import {
  closeStreams,
  heardWithinMillis,
  listen,
  listenToDevice,
  listenToLicense,
  metricOf,
} from '../support/streams.js';

let server: TestServer;
let license: LicenseScene;
let device: DeviceScene;
beforeAll(async () => {
  server = await startServer({
    env: { SEATKEEPER_STREAM_HEARTBEAT: 'PT0.2S', SEATKEEPER_STREAMS_PER_TOKEN: '3', SEATKEEPER_STREAM_LIMIT: '8' },
  });
});
afterAll(() => server.stop());
beforeEach(async () => {
  license = await issueLicense(server);
  device = await activate(server, license);
});
afterEach(async () => {
  closeStreams();
  while ((await metric('seatkeeper_open_streams')) > 0);
});

const metric = (name: string): Promise<number> => metricOf(server, name);
const refused = (path: string, auth?: string | null, headers: Record<string, string> = {}) =>
  server.request('GET', path, { auth, headers });
const ended = (reason: string) => metric(`seatkeeper_ended_streams_total{reason="${reason}"}`);

describe('an open stream', () => {
  it('gets a comment now and then, while nothing happens', async () => {
    const reader = await listenToDevice(server, device);
    await reader.until(() => reader.comments >= 4);
    expect(reader.names).toEqual(['device']);
  });

  it('ends when its access token is revoked', async () => {
    const token = await memberToken(server, 'reader', license.organizationId);
    const reader = await listenToLicense(server, license, { auth: token.auth });
    const others = await ended('credential');
    await server.request('DELETE', `/v1/tokens/${token.id}`);
    await reader.closed();
    expect(reader.hasEnded).toBe(true);
    expect(await ended('credential')).toBe(others + 1);
  });

  it('ends when the session by which it was opened has ended, and no other of that person', async () => {
    const member = await addMember(server, license.organizationId, 'reader');
    const [one, other] = [await signedIn(server, member), await signedIn(server, member)];
    const path = `/v1/licenses/${license.id}/stream`;
    const reader = await listen(server, path, { auth: null, cookie: one.header });
    const kept = await listen(server, path, { auth: null, cookie: other.header });
    const others = await ended('credential');
    await one.request('DELETE', '/v1/session');
    await reader.closed();
    expect(reader.hasEnded).toBe(true);
    expect(await ended('credential')).toBe(others + 1);
    const comments = kept.comments;
    await kept.until(() => kept.comments >= comments + 3);
    expect(kept.isClosed).toBe(false);
  });

  it('ends when the person by whose session it was opened is removed, or gets another role', async () => {
    for (const change of ['DELETE', 'PATCH'] as const) {
      const member = await addMember(server, license.organizationId, 'reader');
      const jar = await signedIn(server, member);
      const reader = await listen(server, `/v1/licenses/${license.id}/stream`, { auth: null, cookie: jar.header });
      const body = change === 'PATCH' ? { role: 'editor' } : undefined;
      await server.request(change, `/v1/organizations/${license.organizationId}/members/${member.id}`, { body });
      await reader.closed();
      expect(reader.hasEnded).toBe(true);
    }
  });

  it('ends when the device has activated again and its token is another one, and goes on with that', async () => {
    const reader = await listenToDevice(server, device);
    await logOut(server, device);
    const again = await activate(server, license, { fingerprint: device.fingerprint });
    await reader.closed();
    expect(reader.hasEnded).toBe(true);
    const fresh = await listenToDevice(server, again);
    await fresh.until(() => fresh.comments >= 3);
    expect(fresh.isClosed).toBe(false);
  });

  it('ends the token before it, when it is opened with the newest one', async () => {
    const reader = await listenToDevice(server, device);
    const again = await activate(server, license, { fingerprint: device.fingerprint });
    await reader.until(() => reader.comments >= 4);
    const fresh = await listenToDevice(server, again);
    await reader.closed();
    expect(fresh.isClosed).toBe(false);
    expect((await refused(`/v1/devices/${device.id}`, device.auth)).status).toBe(401);
  });

  it('goes on after a log-out and a deactivation, since the token does', async () => {
    const reader = await listenToDevice(server, device);
    await logOut(server, device);
    await reader.until(() => reader.named('device').length === 2);
    const comments = reader.comments;
    await reader.until(() => reader.comments >= comments + 3);
    expect(reader.isClosed).toBe(false);
  });
});

describe('a stream that is not opened', () => {
  it('is one more than the device or the access token may keep open', async () => {
    const own = [];
    for (let count = 0; count < 4; count += 1) own.push(await listenToDevice(server, device));
    const answer = await refused(`/v1/devices/${device.id}/stream`, device.auth);
    expectProblem(answer, 429, 'tooManyRequests');
    expect(answer.headers.get('retry-after')).toMatch(/^\d+$/);
    for (let count = 0; count < 3; count += 1) await listenToLicense(server, license);
    expectProblem(await refused(`/v1/licenses/${license.id}/stream`), 429, 'tooManyRequests');
    // The order of refusals: 429 before 400 and 404.
    expectProblem(await refused('/v1/licenses/none/stream'), 429, 'tooManyRequests');

    own[0]?.close();
    let again = await EventReader.open(`${server.url}/v1/devices/${device.id}/stream`, device.auth);
    while (again.status === 429) {
      again = await EventReader.open(`${server.url}/v1/devices/${device.id}/stream`, device.auth);
    }
    expect(again.status).toBe(200);
    again.close();
  });

  it('is one more than the process takes', async () => {
    for (let count = 0; count < 2; count += 1) {
      const another = await activate(server, license);
      for (let streams = 0; streams < 4; streams += 1) await listenToDevice(server, another);
    }
    const answer = await refused(`/v1/devices/${device.id}/stream`, device.auth);
    expectProblem(answer, 503, 'overloaded');
    expect(answer.headers.get('retry-after')).toMatch(/^\d+$/);
    expect((answer.body as Problem)['outcome']).toBe('none');
  });

  it('gives its place back where it is refused', async () => {
    for (let count = 0; count < 5; count += 1) {
      expectProblem(await refused('/v1/licenses/none/stream'), 400, 'invalidRequest');
      expectProblem(await refused(`/v1/licenses/${device.id}/stream`), 404, 'notFound');
    }
    expect((await listenToLicense(server, license)).status).toBe(200);
  });

  it.each([
    ['an unknown parameter', '?since=3', {}],
    ['an id of no event', '', { 'last-event-id': '-1' }],
    ['an id that is no number', '', { 'last-event-id': 'seven' }],
  ])('has %s', async (_what, query, headers) => {
    const answer = await refused(`/v1/licenses/${license.id}/stream${query}`, undefined, headers);
    expectProblem(answer, 400, 'invalidRequest');
  });

  it('is another device’s, or another organization’s', async () => {
    const other = await activate(server, license);
    expectProblem(await refused(`/v1/devices/${other.id}/stream`, device.auth), 404, 'notFound');
    const stranger = await memberToken(server, 'owner', (await issueLicense(server)).organizationId);
    expectProblem(await refused(`/v1/licenses/${license.id}/stream`, stranger.auth), 404, 'notFound');
    expectProblem(await refused(`/v1/devices/${device.id}/stream`, stranger.auth), 404, 'notFound');
    expectProblem(await refused(`/v1/licenses/${license.id}/stream`, device.auth), 403, 'forbidden');
    expectProblem(await refused(`/v1/devices/${device.id}/stream`, license.auth), 403, 'forbidden');
    expectProblem(await refused(`/v1/devices/${device.id}/stream`, null), 401, 'unauthenticated');
  });

  it('is only asked about', async () => {
    const url = `${server.url}/v1/licenses/${license.id}/stream`;
    const head = await EventReader.open(url, `Bearer ${operatorToken}`, undefined, 'HEAD');
    expect([head.status, head.headers['content-type']]).toEqual([200, 'text/event-stream']);
    head.resume();
    await head.closed();
    expect(await metric('seatkeeper_open_streams')).toBe(0);
  });
});

describe('at the end of the server', () => {
  it('ends in good order, and keeps nobody waiting', async () => {
    const own = await startServer();
    const issued = await issueLicense(own);
    const readers = [
      await listen(own, `/v1/licenses/${issued.id}/stream`),
      await listen(own, `/v1/licenses/${issued.id}/stream`),
    ];
    const begun = performance.now();
    expect(await own.stop()).toBe(0);
    expect(performance.now() - begun).toBeLessThan(heardWithinMillis);
    for (const reader of readers) {
      await reader.closed();
      expect(reader.hasEnded).toBe(true);
    }
  });
});
