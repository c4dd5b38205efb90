/** Many clients at once at one server: seats, settings, terms and keys change under each other's hands, and the rules hold in every answer and in the file. */
import { randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { ClientLife, type KeyRing, roll, until } from '../support/lives.js';
import { type Activation, type Device, type License, type List, type Seat } from '../support/representations.js';
import {
  accepted,
  activate,
  freshFingerprint,
  issueLicense,
  newOrganization,
  openTicket,
  readAll,
  readLicense,
  setRemoteDeactivation,
} from '../support/scene.js';
import { startServer, type TestServer } from '../support/server.js';
import { brokenInDevices, brokenInLicense, brokenInSeats } from './rules-in-answer.js';
import { findingsIn } from './doctor-finds.js';
import { brokenRules } from './rules-in-file.js';

describe('many clients at one server', () => {
  let server: TestServer;

  beforeAll(async () => {
    server = await startServer();
  });

  afterAll(async () => {
    await server.stop();
  });

  it('gives seven seats to exactly seven of two hundred devices that come at once', async () => {
    const license = await issueLicense(server, { seats: 7 });
    const answers = await Promise.all(
      Array.from({ length: 200 }, () =>
        server.request<Activation>('POST', '/v1/devices', {
          auth: license.auth,
          body: { fingerprint: freshFingerprint() },
        }),
      ),
    );
    const seated = answers.filter((answer) => answer.status === 201);
    expect(seated.map((answer) => answer.body.device.seat).sort()).toEqual([1, 2, 3, 4, 5, 6, 7]);
    const refused = answers.filter((answer) => answer.status !== 201);
    expect(new Set(refused.map(({ status, body }) => `${status} ${(body as { code?: unknown }).code}`))).toEqual(
      new Set(['409 noSeatAvailable']),
    );
    expect(refused[0]?.body).toMatchObject({ seats: 7, activeDevices: 7 });
    const seats = await readAll<Seat>(server, `/v1/licenses/${license.id}/seats`);
    expect(seats.map((seat) => seat.device?.id).sort()).toEqual(seated.map((answer) => answer.body.device.id).sort());
    expect(await readAll<Device>(server, `/v1/licenses/${license.id}/devices`)).toHaveLength(7);
    expect(brokenRules(server.databaseUrl)).toEqual([]);
    expect(await findingsIn(server.databaseUrl)).toEqual([]);
  });

  it('activates one device once, however often its client asks at once', async () => {
    const license = await issueLicense(server, { seats: 2 });
    const fingerprint = freshFingerprint();
    const answers = await Promise.all(
      Array.from({ length: 30 }, () =>
        server.request<Activation>('POST', '/v1/devices', { auth: license.auth, body: { fingerprint } }),
      ),
    );
    expect(answers.filter((answer) => answer.status === 201)).toHaveLength(1);
    expect(answers.filter((answer) => answer.status === 200)).toHaveLength(29);
    expect(new Set(answers.map((answer) => answer.body.device.id)).size).toBe(1);
    expect(new Set(answers.map((answer) => answer.body.device.seat))).toEqual(new Set([1]));
    expect((await readLicense(server, license.id)).activeDevices).toBe(1);
    expect(brokenRules(server.databaseUrl)).toEqual([]);
    expect(await findingsIn(server.databaseUrl)).toEqual([]);
  });

  it('deactivates a device once, however many people and the device itself ask for its end at once', async () => {
    const license = await issueLicense(server, { seats: 2 });
    const device = await activate(server, license);
    const ticket = await openTicket(server, license.id);
    const answers = await Promise.all([
      ...Array.from({ length: 10 }, () => server.request('POST', `/v1/devices/${device.id}/remote-deactivation`)),
      ...Array.from({ length: 10 }, () =>
        server.request('POST', `/v1/devices/${device.id}/forced-deactivation`, {
          body: { ticketId: ticket.id, reason: 'stolen' },
        }),
      ),
      ...Array.from({ length: 10 }, () =>
        server.request('POST', `/v1/devices/${device.id}/log-out`, { auth: device.auth }),
      ),
    ]);
    expect(answers.every((answer) => answer.status === 200 || answer.body.code === 'deviceNotActive')).toBe(true);
    const history = await readAll<{ to: string; from: string; outcome: string }>(
      server,
      `/v1/devices/${device.id}/transitions`,
    );
    expect(history.filter((row) => row.from === 'active' && row.to !== 'active')).toHaveLength(1);
    expect(brokenRules(server.databaseUrl)).toEqual([]);
    expect(await findingsIn(server.databaseUrl)).toEqual([]);
  });

  it('keeps the rules while devices come and go and the setting, the seats and the key change', async () => {
    const license = await issueLicense(server, { seats: 5 });
    const ring: KeyRing = { key: license.key };
    const clients = Array.from({ length: 30 }, () => new ClientLife(server, ring, refusalsOfTheCrowd));
    const broken: string[] = [];
    let isOver = false;
    const admins = [
      () => toggle(server, license.id),
      () => resize(server, license.id),
      () => force(server, license.id),
    ].map((change) => repeat(25, change));
    const replacing = repeat(4, async () => {
      const enough = acknowledged(clients) + 40;
      await until('the clients know the present key', () => isOver || acknowledged(clients) >= enough, 30_000);
      await replaceKey(server, license.id, ring);
    });
    const reading = [0, 1].map(async () => {
      while (!isOver) broken.push(...(await brokenInReads(server, license.id)));
    });
    await Promise.all([...clients.map((client) => repeat(25, () => client.live())), ...admins]);
    isOver = true;
    await Promise.all([...reading, replacing]);
    expect(broken).toEqual([]);
    expect(await brokenInReads(server, license.id)).toEqual([]);
    expect(brokenRules(server.databaseUrl)).toEqual([]);
    expect(await findingsIn(server.databaseUrl)).toEqual([]);
    expect(clients.flatMap((client) => client.surprises)).toEqual([]);
    expect(acknowledged(clients)).toBeGreaterThan(100);
  });

  it('answers the same when the same idempotency key comes many times at once', async () => {
    const { id: organizationId } = await newOrganization(server);
    const headers = { 'idempotency-key': randomUUID() };
    const issue = (seats: number): Promise<{ status: number; text: string; body: { code?: string } }> =>
      server.request<{ code?: string }>('POST', '/v1/licenses', {
        headers,
        body: { organizationId, product: 'Mapper Pro', seats },
      });
    const answers = await Promise.all(Array.from({ length: 30 }, () => issue(2)));
    expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([201]));
    expect(new Set(answers.map((answer) => answer.text)).size).toBe(1);
    const licenses = await readAll<License>(server, '/v1/licenses');
    expect(licenses.filter((license) => license.organizationId === organizationId)).toHaveLength(1);
    const other = await issue(3);
    expect([other.status, other.body.code]).toEqual([422, 'idempotencyKeyReused']);
  });

  it('takes one of several bodies that come at once under the same idempotency key', async () => {
    const { id: organizationId } = await newOrganization(server);
    const headers = { 'idempotency-key': randomUUID() };
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        server.request<{ code?: string }>('POST', '/v1/licenses', {
          headers,
          body: { organizationId, product: 'Mapper Pro', seats: index + 1 },
        }),
      ),
    );
    expect(answers.filter((answer) => answer.status === 201)).toHaveLength(1);
    expect(answers.filter((answer) => answer.body.code === 'idempotencyKeyReused')).toHaveLength(19);
  });
});

describe('a server whose queue is short', () => {
  let server: TestServer;

  beforeAll(async () => {
    server = await startServer({ env: { SEATKEEPER_QUEUE_LIMIT: '2' } });
  });

  afterAll(async () => {
    await server.stop();
  });

  it('answers 503 to what it cannot queue, and does everything else', async () => {
    const license = await issueLicense(server, { seats: 1_000 });
    const fingerprints = Array.from({ length: 100 }, () => freshFingerprint());
    const answers = await pipelined(server.port, license.auth, fingerprints);
    const overloaded = answers.filter(({ status }) => status === 503);
    expect(overloaded.length).toBeGreaterThan(0);
    for (const { text } of overloaded) {
      expect(text).toMatch(/retry-after: [1-9]/i);
      expect(text).toMatch(/"code":"overloaded"/);
      expect(text).toMatch(/"outcome":"none"/);
    }
    const done = fingerprints.filter((_, index) => answers[index]?.status === 201);
    expect(done.length).toBeGreaterThan(0);
    expect(done.length + overloaded.length).toBe(answers.length);
    const devices = await readAll<Device>(server, `/v1/licenses/${license.id}/devices?state=active`);
    expect(devices.map((device) => device.fingerprint).sort()).toEqual(done.sort());
    expect((await activate(server, license)).status).toBe(201);
    expect(brokenRules(server.databaseUrl)).toEqual([]);
    expect(await findingsIn(server.databaseUrl)).toEqual([]);
  });
});

/** Codes that a client has to reckon with while others change everything. */
const refusalsOfTheCrowd = [
  'noSeatAvailable',
  'deviceNotActive',
  'unauthenticated',
  'remoteDeactivationDisabled',
  'remoteDeactivationEnabling',
  'devicePredatesRemoteDeactivation',
];

function acknowledged(clients: ClientLife[]): number {
  return clients.reduce((sum, client) => sum + client.acknowledged, 0);
}

async function repeat(times: number, act: () => Promise<unknown>): Promise<void> {
  for (let time = 0; time < times; time += 1) await act();
}

async function toggle(server: TestServer, licenseId: string): Promise<void> {
  await setRemoteDeactivation(server, licenseId, roll(3) > 0);
}

async function resize(server: TestServer, licenseId: string): Promise<void> {
  const answer = await server.request('PATCH', `/v1/licenses/${licenseId}`, {
    headers: { 'if-match': '*' },
    body: { seats: 3 + roll(5) },
  });
  if (answer.body.code !== 'seatsInUse') accepted(answer);
}

async function force(server: TestServer, licenseId: string): Promise<void> {
  const { id: ticketId } = await openTicket(server, licenseId);
  const { items } = accepted(
    await server.request<List<Device>>('GET', `/v1/licenses/${licenseId}/devices?state=active`),
  );
  const device = items[roll(items.length)];
  if (device === undefined || roll(4) === 0) {
    accepted(
      await server.request('POST', `/v1/licenses/${licenseId}/remote-deactivation/forced`, { body: { ticketId } }),
    );
    return;
  }
  const answer = await server.request('POST', `/v1/devices/${device.id}/forced-deactivation`, {
    body: { ticketId, reason: 'the owner asked for it' },
  });
  if (answer.body.code !== 'deviceNotActive') accepted(answer);
}

async function replaceKey(server: TestServer, licenseId: string, ring: KeyRing): Promise<void> {
  ring.key = accepted(await server.request<{ key: string }>('POST', `/v1/licenses/${licenseId}/key`)).key;
}

async function brokenInReads(server: TestServer, licenseId: string): Promise<string[]> {
  const path = `/v1/licenses/${licenseId}`;
  const license = accepted(await server.request<License>('GET', path));
  const seats = accepted(await server.request<List<Seat>>('GET', `${path}/seats`));
  const devices = accepted(await server.request<List<Device>>('GET', `${path}/devices`));
  return [...brokenInLicense(license), ...brokenInSeats(seats.items), ...brokenInDevices(devices.items)];
}

/** Sends activations in one piece on one connection, so that the server has them all at the same moment. */
function pipelined(port: number, auth: string, fingerprints: string[]): Promise<{ status: number; text: string }[]> {
  const requests = fingerprints.map((fingerprint) => {
    const body = JSON.stringify({ fingerprint });
    return [
      'POST /v1/devices HTTP/1.1',
      'Host: 127.0.0.1',
      `Authorization: ${auth}`,
      'Content-Type: application/json',
      `Content-Length: ${body.length}`,
      '',
      body,
    ].join('\r\n');
  });
  return new Promise((done, fail) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(requests.join('')));
    let received = '';
    socket.on('error', fail);
    socket.on('data', (chunk: Buffer) => {
      received += chunk.toString();
      const answers = received.split(/(?=HTTP\/1\.1 \d{3} )/);
      if (answers.length < fingerprints.length || !received.endsWith('}')) return;
      socket.destroy();
      done(answers.map((text) => ({ status: Number(text.slice(9, 12)), text })));
    });
  });
}
