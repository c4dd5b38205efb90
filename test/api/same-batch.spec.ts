/** Requests that arrive together and are decided in one transaction: what each is told has to hold together, too. */
import { connect } from 'node:net';
import {
  activate,
  freshFingerprint,
  historyOfLicense,
  issueLicense,
  logOut,
  openTicket,
  setRemoteDeactivation,
} from '../support/scene.js';
import { operatorToken, startServer, type TestServer } from '../support/server.js';

const tries = 40;

const operator = `Bearer ${operatorToken}`;

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

describe('identical refusals in one batch', () => {
  it('are one row, and one more that counts the others when the minute has ended (R11)', async () => {
    const license = await issueLicense(server, { seats: 1 });
    await activate(server, license);
    const body = { fingerprint: freshFingerprint() };
    const one = { method: 'POST', target: '/v1/devices', auth: license.auth, body };
    const told = await together(Array.from({ length: 20 }, () => one));
    expect(told.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 409));
    const refused = async () =>
      (await historyOfLicense(server, license.id)).filter(({ outcome }) => outcome === 'refused');
    expect((await refused()).map(({ count }) => count)).toEqual([1]);
    await server.advance('PT61S');
    await server.stop();
    await server.start();
    expect((await refused()).map(({ count }) => count)).toEqual([19, 1]);
  });
});

/** Both have a body, and an asker who is looked up, so the requests are submitted in their order, and share a batch. */
describe('a deactivation right behind', () => {
  it('enabling lets nobody be told of an enabling that waits for no device (R6)', async () => {
    const license = await issueLicense(server, { seats: 1, remoteDeactivation: 'disabled' });
    const ticket = await openTicket(server, license.id);
    for (let attempt = 0; attempt < tries; attempt += 1) {
      const device = await activate(server, license);
      const target = `/v1/licenses/${license.id}/remote-deactivation`;
      const [told] = await together([
        { method: 'PUT', target, auth: operator, body: { enabled: true } },
        {
          method: 'POST',
          target: `/v1/devices/${device.id}/forced-deactivation`,
          auth: operator,
          body: { ticketId: ticket.id, reason: 'lost' },
        },
      ]);
      const isEnabling = told?.body.state === 'enabling';
      expect(told).toMatchObject(
        isEnabling
          ? { status: 202, body: { blockingDeviceCount: 1, blockingDevices: [{ id: device.id }] } }
          : { status: 200, body: { state: 'enabled', blockingDeviceCount: 0, blockingDevices: [] } },
      );
      await setRemoteDeactivation(server, license.id, false);
    }
  });

  it('an activation lets nobody be told that all seats are occupied while one is free (R13)', async () => {
    const license = await issueLicense(server, { seats: 1 });
    for (let attempt = 0; attempt < tries; attempt += 1) {
      const first = await activate(server, license, { fingerprint: 'the-first-device' });
      const body = { fingerprint: 'the-second-device' };
      const [told] = await together([
        { method: 'POST', target: '/v1/devices', auth: license.auth, body },
        deactivationOf(first),
      ]);
      if (told?.status === 409) {
        expect(told.body).toMatchObject({ code: 'noSeatAvailable', seats: 1, activeDevices: 1 });
        continue;
      }
      const { device, token } = told?.body as { device: { id: string }; token: string };
      await logOut(server, { id: device.id, auth: `Bearer ${token}` });
    }
  });

  it('a change of seats lets nobody be told of so few devices that they would fit (R13)', async () => {
    const license = await issueLicense(server, { seats: 2 });
    await activate(server, license);
    const change = (seats: number): Asked => ({
      method: 'PATCH',
      target: `/v1/licenses/${license.id}`,
      auth: operator,
      headers: ['if-match: *'],
      body: { seats },
    });
    for (let attempt = 0; attempt < tries; attempt += 1) {
      const second = await activate(server, license, { fingerprint: 'the-second-device' });
      const [told] = await together([change(1), deactivationOf(second)]);
      if (told?.status === 409) expect(told.body).toMatchObject({ code: 'seatsInUse', deviceCount: 2 });
      else expect(told).toMatchObject({ status: 200, body: { seats: 1, activeDevices: 1 } });
      expect(await together([change(2)])).toMatchObject([{ status: 200 }]);
    }
  });
});

describe('a target in another spelling', () => {
  it('in the absolute form is read as its path', async () => {
    const gone = { method: 'GET', target: `${server.url}/account/licenses/old`, auth: null };
    const found = { method: 'GET', target: `${server.url}/v1/licenses`, auth: operator };
    expect((await together([gone, found])).map(({ status }) => status)).toEqual([410, 200]);
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

interface Asked {
  readonly method: string;
  readonly target: string;
  readonly auth: string | null;
  readonly headers?: readonly string[];
  readonly body?: object;
}

interface Told {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

/** Writes requests at once into one connection, so that they are read together; gives their answers in order. */
function together(asked: readonly Asked[]): Promise<Told[]> {
  return new Promise((resolve, reject) => {
    const socket = connect(server.port, '127.0.0.1');
    const chunks: Buffer[] = [];
    socket.write(asked.map((one, index) => written(one, index === asked.length - 1)).join(''));
    socket.on('data', (chunk: Buffer) => chunks.push(chunk));
    socket.on('error', reject);
    socket.on('close', () => resolve(answersIn(Buffer.concat(chunks))));
  });
}

function written({ method, target, auth, headers = [], body }: Asked, isLast: boolean): string {
  const text = body === undefined ? '' : JSON.stringify(body);
  const head = [`${method} ${target} HTTP/1.1`, 'host: seats.test', `content-length: ${text.length}`, ...headers];
  if (body !== undefined) head.push('content-type: application/json');
  if (auth !== null) head.push(`authorization: ${auth}`);
  if (isLast) head.push('connection: close');
  return `${head.join('\r\n')}\r\n\r\n${text}`;
}

function answersIn(received: Buffer): Told[] {
  const answers: Told[] = [];
  for (let rest = received; rest.length > 0;) {
    const end = rest.indexOf('\r\n\r\n');
    const head = rest.subarray(0, end).toString();
    const length = Number(/content-length: *(\d+)/i.exec(head)?.[1] ?? 0);
    const text = rest.subarray(end + 4, end + 4 + length).toString();
    answers.push({
      status: Number(head.slice(9, 12)),
      body: text.startsWith('{') ? (JSON.parse(text) as Record<string, unknown>) : {},
    });
    rest = rest.subarray(end + 4 + length);
  }
  return answers;
}

function deactivationOf(device: { id: string }): Asked {
  const target = `/v1/devices/${device.id}/remote-deactivation`;
  return { method: 'POST', target, auth: operator, body: { reason: 'lost' } };
}
