/** Requests that arrive together and are decided in one transaction: what each is told has to hold together, too. */
import { connect } from 'node:net';
import { type License, type RemoteDeactivation } from '../support/representations.js';
import {
  activate,
  freshFingerprint,
  historyOfLicense,
  issueLicense,
  logOut,
  setRemoteDeactivation,
} from '../support/scene.js';
import { operatorToken, startServer, type TestServer } from '../support/server.js';

const tries = 40;

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

describe('identical refusals in one batch', () => {
  it('are one row, and one more that counts the others when the minute has ended (R11)', async () => {
    const license = await issueLicense(server, { seats: 1 });
    await activate(server, license);
    const body = JSON.stringify({ fingerprint: freshFingerprint() });
    const statuses = await pipelined(20, 'POST', '/v1/devices', license.auth, body);
    expect(statuses).toEqual(Array.from({ length: 20 }, () => 409));
    const refused = async () =>
      (await historyOfLicense(server, license.id)).filter(({ outcome }) => outcome === 'refused');
    expect((await refused()).map(({ count }) => count)).toEqual([1]);
    await server.advance('PT61S');
    await server.stop();
    await server.start();
    expect((await refused()).map(({ count }) => count)).toEqual([19, 1]);
  });
});

describe('a log-out that arrives together with', () => {
  it('enabling lets nobody be told of an enabling that waits for no device (R6)', async () => {
    const license = await issueLicense(server, { seats: 1, remoteDeactivation: 'disabled' });
    const states = new Set<string>();
    for (let attempt = 0; attempt < tries; attempt += 1) {
      const device = await activate(server, license);
      const path = `/v1/licenses/${license.id}/remote-deactivation`;
      const [answer] = await Promise.all([
        server.request<RemoteDeactivation>('PUT', path, { body: { enabled: true } }),
        logOut(server, device),
      ]);
      const { state, blockingDevices, blockingDeviceCount } = answer.body;
      states.add(state);
      expect([answer.status, state, blockingDeviceCount]).toEqual(
        state === 'enabling' ? [202, 'enabling', 1] : [200, 'enabled', 0],
      );
      expect(blockingDevices.length).toBe(blockingDeviceCount);
      await setRemoteDeactivation(server, license.id, false);
    }
    expect(states).toContain('enabled');
  });

  it('an activation lets nobody be told that all seats are occupied while one is free (R13)', async () => {
    const license = await issueLicense(server, { seats: 1 });
    for (let attempt = 0; attempt < tries; attempt += 1) {
      const first = await activate(server, license, { fingerprint: 'the-first-device' });
      const second = { fingerprint: 'the-second-device' };
      const [answer] = await Promise.all([
        server.request<{ activeDevices?: number; token?: string; device?: { id: string } }>('POST', '/v1/devices', {
          auth: license.auth,
          body: second,
        }),
        logOut(server, first),
      ]);
      if (answer.status === 409) {
        expect(answer.body).toMatchObject({ code: 'noSeatAvailable', seats: 1, activeDevices: 1 });
        continue;
      }
      await logOut(server, { id: answer.body.device?.id ?? '', auth: `Bearer ${answer.body.token}` });
    }
  });

  it('a change of seats lets nobody be told of so few devices that they would fit (R13)', async () => {
    const license = await issueLicense(server, { seats: 2 });
    await activate(server, license);
    for (let attempt = 0; attempt < tries; attempt += 1) {
      const second = await activate(server, license, { fingerprint: 'the-second-device' });
      const change = (seats: number) =>
        server.request<License & { deviceCount?: number }>('PATCH', `/v1/licenses/${license.id}`, {
          headers: { 'if-match': '*' },
          body: { seats },
        });
      const [answer] = await Promise.all([change(1), logOut(server, second)]);
      if (answer.status === 409) expect(answer.body).toMatchObject({ code: 'seatsInUse', deviceCount: 2 });
      else expect(answer.body).toMatchObject({ seats: 1, activeDevices: 1 });
      expect((await change(2)).status).toBe(200);
    }
  });
});

describe('a target in another spelling', () => {
  it('in the absolute form is read as its path', async () => {
    const [gone] = await pipelined(1, 'GET', `${server.url}/account/licenses/old`, null, '');
    expect(gone).toBe(410);
    const [found] = await pipelined(1, 'GET', `${server.url}/v1/licenses`, `Bearer ${operatorToken}`, '');
    expect(found).toBe(200);
  });

  it('with escaped letters is stored by no cache either', async () => {
    for (const path of ['/v1/licenses', '/%761/licenses', '/v%31/licenses']) {
      const { status, headers } = await server.request('GET', path);
      expect([path, status, headers.get('cache-control')]).toEqual([path, 200, 'no-store']);
    }
  });

  it('with escaped letters repeats what was created under the same idempotency key', async () => {
    const request = { body: { name: 'Once' }, headers: { 'idempotency-key': 'the-same-thing-twice' } };
    const first = await server.request('POST', '/v1/organizations', request);
    const second = await server.request('POST', '/%761/organizations', request);
    expect([second.status, second.body]).toEqual([201, first.body]);
  });
});

it('refuses a body with a content encoding before it asks who sends it', async () => {
  const headers = { 'content-encoding': 'gzip' };
  const answer = await server.request('POST', '/v1/organizations', { auth: null, headers, body: { name: 'Packed' } });
  expect([answer.status, answer.body['code']]).toEqual([415, 'unsupportedMediaType']);
  const plain = { 'content-encoding': 'identity' };
  const taken = await server.request('POST', '/v1/organizations', { headers: plain, body: { name: 'Plain' } });
  expect(taken.status).toBe(201);
});

/** Writes a request several times at once into one connection; gives the statuses of the answers. */
function pipelined(
  count: number,
  method: string,
  target: string,
  auth: string | null,
  body: string,
): Promise<number[]> {
  return new Promise((resolve, reject) => {
    const socket = connect(server.port, '127.0.0.1');
    let received = '';
    const head = [`${method} ${target} HTTP/1.1`, 'host: seats.test', `content-length: ${Buffer.byteLength(body)}`];
    if (body !== '') head.push('content-type: application/json');
    if (auth !== null) head.push(`authorization: ${auth}`);
    const one = `${head.join('\r\n')}\r\n\r\n${body}`;
    const last = `${[...head, 'connection: close'].join('\r\n')}\r\n\r\n${body}`;
    socket.write(one.repeat(count - 1) + last);
    socket.on('data', (chunk: Buffer) => (received += chunk.toString()));
    socket.on('error', reject);
    socket.on('close', () =>
      resolve([...received.matchAll(/HTTP\/1\.1 (\d{3})/g)].map(([, status]) => Number(status))),
    );
  });
}
