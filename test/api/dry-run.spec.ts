/** `?dryRun=true`: what a command would do, word for word, and nothing of it done. */
import { expectProblem } from '../support/problem.js';
import { type Transition } from '../support/representations.js';
import {
  activate,
  changeLicense,
  freshFingerprint,
  historyOfLicense,
  issueLicense,
  type LicenseScene,
  logOut,
  openTicket,
  readAll,
  readLicense,
  readTicket,
  register,
  setRemoteDeactivation,
} from '../support/scene.js';
import { type Answer, startServer, type TestServer } from '../support/server.js';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

interface Command {
  method: 'POST' | 'PUT';
  path: string;
  auth?: string;
  body?: object;
}
type Body = Record<string, unknown> & { transitions?: Transition[] };

const send = (command: Command, query = ''): Promise<Answer<Body>> =>
  server.request<Body>(command.method, `${command.path}${query}`, { auth: command.auth, body: command.body });

/** Everything of a license that anybody can read. */
async function everythingOf(license: LicenseScene) {
  return {
    license: await readLicense(server, license.id),
    devices: await readAll(server, `/v1/licenses/${license.id}/devices`),
    seats: await readAll(server, `/v1/licenses/${license.id}/seats`),
    history: await historyOfLicense(server, license.id),
  };
}

/** The parts of a row that a dry run can know: not when and by which request it is recorded, nor a new device's id. */
const foreseeable = ({
  machine,
  event,
  from,
  to,
  outcome,
  reason,
  note,
  count,
  checkIns,
  actor,
  ticketId,
  at,
}: Transition) =>
  JSON.stringify([machine, event, from, to, outcome, reason, note, count, checkIns, actor, ticketId, at]);

/** Sends a command dry and then in earnest, and expects the same answer and only the second one to be done. */
async function expectForeseen(license: LicenseScene, command: Command, ignored: { deviceId?: boolean } = {}) {
  const before = await everythingOf(license);
  const dry = await send(command, '?dryRun=true');
  expect(await everythingOf(license)).toEqual(before);
  const earnest = await send(command);
  expect(dry.status).toBe(earnest.status);
  const { dryRun, transitions, ...foreseen } = dry.body;
  expect(dryRun).toBe(true);
  const done = { ...earnest.body };
  if ('token' in done) done.token = null;
  if ('lease' in done) done.lease = null;
  const neutral = (body: object) =>
    ignored.deviceId ? { ...body, device: { ...(body as { device: object }).device, id: null } } : body;
  expect(neutral(foreseen)).toEqual(neutral(done));
  const rows = (await historyOfLicense(server, license.id)).slice(0, -before.history.length);
  expect((transitions ?? []).map(foreseeable).sort()).toEqual(rows.map(foreseeable).sort());
  return dry;
}

describe('a dry run', () => {
  it('of a first activation foresees the device, and gives neither token nor lease', async () => {
    const license = await issueLicense(server);
    const body = { fingerprint: freshFingerprint(), name: 'Field 1' };
    const command: Command = { method: 'POST', path: '/v1/devices', auth: license.auth, body };
    const dry = await expectForeseen(license, command, { deviceId: true });
    expect(dry.status).toBe(201);
    expect(dry.body).toMatchObject({ token: null, lease: null, device: { state: 'active', seat: 1 } });
  });

  it('of a known device’s activation foresees the same device', async () => {
    const license = await issueLicense(server);
    const device = await activate(server, license);
    const command: Command = {
      method: 'POST',
      path: '/v1/devices',
      auth: license.auth,
      body: { fingerprint: device.fingerprint, appVersion: '2' },
    };
    expect((await expectForeseen(license, command)).body.transitions).toEqual([]);
    await logOut(server, await activate(server, license, { fingerprint: device.fingerprint }));
    expect((await expectForeseen(license, command)).status).toBe(200);
  });

  it('of an activation ends no token', async () => {
    const license = await issueLicense(server);
    const device = await activate(server, license);
    await logOut(server, device);
    const body = { fingerprint: device.fingerprint };
    await send({ method: 'POST', path: '/v1/devices', auth: license.auth, body }, '?dryRun=true');
    expect((await server.request('GET', `/v1/devices/${device.id}`, { auth: device.auth })).status).toBe(200);
  });

  it('of a check-in foresees the dates, and gives no lease', async () => {
    const license = await issueLicense(server);
    const device = await activate(server, license);
    await server.advance('P1D');
    const command: Command = { method: 'POST', path: `/v1/devices/${device.id}/check-in`, auth: device.auth };
    const dry = await expectForeseen(license, command);
    expect(dry.body).toMatchObject({ lease: null, transitions: [], device: { checkInCount: 1 } });
  });

  it('of a log-out foresees the free seat', async () => {
    const license = await issueLicense(server);
    const device = await activate(server, license);
    await send({ method: 'POST', path: `/v1/devices/${device.id}/check-in`, auth: device.auth });
    const command: Command = { method: 'POST', path: `/v1/devices/${device.id}/log-out`, auth: device.auth };
    expect((await expectForeseen(license, command)).body).toMatchObject({ device: { state: 'loggedOut', seat: null } });
    expect((await expectForeseen(license, command)).body.transitions).toEqual([]);
  });

  it('of a log-out foresees that the setting becomes enabled with it', async () => {
    const license = await issueLicense(server, { remoteDeactivation: 'disabled' });
    const device = await activate(server, license);
    await setRemoteDeactivation(server, license.id, true);
    const command: Command = { method: 'POST', path: `/v1/devices/${device.id}/log-out`, auth: device.auth };
    expect((await expectForeseen(license, command)).body.transitions).toHaveLength(2);
  });

  it('of a remote deactivation', async () => {
    const license = await issueLicense(server);
    const device = await activate(server, license);
    const path = `/v1/devices/${device.id}/remote-deactivation`;
    await expectForeseen(license, { method: 'POST', path, body: { reason: 'Stolen' } });
  });

  it('of a forced deactivation leaves the ticket open', async () => {
    const license = await issueLicense(server);
    const device = await activate(server, license);
    const ticket = await openTicket(server, license.id);
    const path = `/v1/devices/${device.id}/forced-deactivation`;
    const command: Command = { method: 'POST', path, body: { ticketId: ticket.id, reason: 'Stolen' } };
    await send(command, '?dryRun=true');
    expect(await readTicket(server, ticket.id)).toEqual(ticket);
    await expectForeseen(license, command);
  });

  it('of the setting foresees 202 and the blocking devices', async () => {
    const license = await issueLicense(server, { remoteDeactivation: 'disabled' });
    const device = await activate(server, license);
    const path = `/v1/licenses/${license.id}/remote-deactivation`;
    const dry = await expectForeseen(license, { method: 'PUT', path, body: { enabled: true } });
    expect(dry.status).toBe(202);
    expect(dry.body).toMatchObject({ state: 'enabling', blockingDevices: [{ id: device.id }] });
    await expectForeseen(license, { method: 'PUT', path, body: { enabled: false } });
  });

  it('of forced enabling', async () => {
    const license = await issueLicense(server, { remoteDeactivation: 'disabled' });
    await activate(server, license);
    const ticket = await openTicket(server, license.id);
    const path = `/v1/licenses/${license.id}/remote-deactivation/forced`;
    await expectForeseen(license, { method: 'POST', path, body: { ticketId: ticket.id } });
  });
});

describe('a dry run that is refused', () => {
  /** Expects the same refusal dry and in earnest. */
  async function expectSameRefusal(command: Command, status: number, code: string) {
    const dry = expectProblem(await send(command, '?dryRun=true'), status, code);
    const earnest = expectProblem(await send(command), status, code);
    expect(dry).toMatchObject(earnest);
  }

  it('gives the refusal of an activation, and records nothing', async () => {
    const license = await issueLicense(server, { seats: 1 });
    await activate(server, license);
    const body = { fingerprint: freshFingerprint() };
    const command: Command = { method: 'POST', path: '/v1/devices', auth: license.auth, body };
    const before = await everythingOf(license);
    expectProblem(await send(command, '?dryRun=true'), 409, 'noSeatAvailable');
    await server.advance('PT1M');
    expect((await everythingOf(license)).history).toEqual(before.history);
    await expectSameRefusal(command, 409, 'noSeatAvailable');
  });

  it('gives the refusal of a check-in', async () => {
    const license = await issueLicense(server);
    const device = await activate(server, license);
    await changeLicense(server, license.id, 'suspend');
    const command: Command = { method: 'POST', path: `/v1/devices/${device.id}/check-in`, auth: device.auth };
    await expectSameRefusal(command, 403, 'licenseSuspended');
  });

  it('gives the refusal of a remote deactivation', async () => {
    const license = await issueLicense(server, { remoteDeactivation: 'disabled' });
    const inactive = await register(server, license.id);
    const active = await activate(server, license);
    const path = (id: string) => `/v1/devices/${id}/remote-deactivation`;
    await expectSameRefusal({ method: 'POST', path: path(inactive.id) }, 409, 'deviceNotActive');
    await expectSameRefusal({ method: 'POST', path: path(active.id) }, 409, 'remoteDeactivationDisabled');
  });

  it('gives the refusal of a ticket', async () => {
    const license = await issueLicense(server);
    const device = await activate(server, license);
    const ticket = await openTicket(server, (await issueLicense(server)).id);
    const path = `/v1/devices/${device.id}/forced-deactivation`;
    const command: Command = { method: 'POST', path, body: { ticketId: ticket.id, reason: 'Stolen' } };
    await expectSameRefusal(command, 409, 'ticketNotApplicable');
  });
});

describe('the parameter dryRun', () => {
  it('says false for in earnest', async () => {
    const license = await issueLicense(server);
    const device = await activate(server, license);
    const command: Command = { method: 'POST', path: `/v1/devices/${device.id}/log-out`, auth: device.auth };
    const answer = await send(command, '?dryRun=false');
    expect(Object.keys(answer.body)).toEqual(['device']);
    expect((await readLicense(server, license.id)).activeDevices).toBe(0);
  });

  it.each(['maybe', '', '1', 'TRUE'])('refuses %j', async (value) => {
    const device = await activate(server, await issueLicense(server));
    const command: Command = { method: 'POST', path: `/v1/devices/${device.id}/log-out`, auth: device.auth };
    expectProblem(await send(command, `?dryRun=${value}`), 400, 'invalidRequest');
  });

  it('is unknown where nothing about a device or a setting is commanded', async () => {
    const body = { name: 'Dry' };
    expectProblem(
      await send({ method: 'POST', path: '/v1/organizations', body }, '?dryRun=true'),
      400,
      'invalidRequest',
    );
    const { id } = await issueLicense(server);
    const suspend: Command = { method: 'POST', path: `/v1/licenses/${id}/suspend` };
    expectProblem(await send(suspend, '?dryRun=true'), 400, 'invalidRequest');
    expect((await readLicense(server, id)).status).toBe('active');
  });
});
