/** What a support agent does on a ticket, whatever the setting says (R9). */
import { day, later, now } from '../support/clock.js';
import { expectProblem } from '../support/problem.js';
import { type Device, type RemoteDeactivation } from '../support/representations.js';
import {
  activate,
  changeLicense,
  historyOfDevice,
  historyOfLicense,
  issueLicense,
  logOut,
  openTicket,
  readDevice,
  readLicense,
  readTicket,
  register,
  setRemoteDeactivation,
  setTicketStatus,
  supportToken,
  unknownId,
} from '../support/scene.js';
import { startServer, type TestServer } from '../support/server.js';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

const deactivate = (id: string, body: object, auth?: string) =>
  server.request<{ device: Device }>('POST', `/v1/devices/${id}/forced-deactivation`, {
    auth,
    body: { reason: 'Out of reach', ...body },
  });
const enable = (licenseId: string, body: object, auth?: string) =>
  server.request<RemoteDeactivation>('POST', `/v1/licenses/${licenseId}/remote-deactivation/forced`, { auth, body });

describe('a forced deactivation', () => {
  it.each(['enabled', 'disabled'] as const)('frees the seat where the setting is %s', async (remoteDeactivation) => {
    const license = await issueLicense(server, { seats: 1, remoteDeactivation });
    const device = await activate(server, license);
    const ticket = await openTicket(server, license.id);
    const agent = await supportToken(server);
    const answer = await deactivate(device.id, { ticketId: ticket.id, reason: 'Stolen' }, agent.auth);
    expect(answer.status).toBe(200);
    expect(Object.keys(answer.body)).toEqual(['device']);
    expect(answer.body.device).toMatchObject({
      state: 'remotelyDeactivated',
      seat: null,
      deactivationDate: null,
      endedBy: { kind: 'support', at: await now(server), reason: 'Stolen' },
    });
    expect((await activate(server, license)).device.seat).toBe(1);
  });

  it('resolves the ticket, and is recorded with it', async () => {
    const license = await issueLicense(server);
    const device = await activate(server, license);
    const ticket = await openTicket(server, license.id);
    const agent = await supportToken(server);
    await deactivate(device.id, { ticketId: ticket.id, reason: 'Stolen' }, agent.auth);
    expect((await readTicket(server, ticket.id)).status).toBe('resolved');
    expect((await historyOfDevice(server, device.id))[0]).toMatchObject({
      event: 'forceDeactivate',
      from: 'active',
      to: 'remotelyDeactivated',
      note: 'Stolen',
      ticketId: ticket.id,
      actor: { kind: 'support', id: agent.id, name: agent.name },
    });
    const rows = await historyOfLicense(server, license.id);
    expect(rows.find(({ machine }) => machine === 'supportTicket')).toMatchObject({
      subjectId: ticket.id,
      event: 'resolve',
      from: 'open',
      to: 'resolved',
    });
  });

  it('serves further devices and repeats on the same ticket', async () => {
    const license = await issueLicense(server);
    const one = await activate(server, license);
    const two = await activate(server, license);
    const ticket = await openTicket(server, license.id);
    await deactivate(one.id, { ticketId: ticket.id });
    expect((await deactivate(two.id, { ticketId: ticket.id })).status).toBe(200);
    const before = await readTicket(server, ticket.id);
    const history = await historyOfLicense(server, license.id);
    expect((await deactivate(one.id, { ticketId: ticket.id, reason: 'Again' })).status).toBe(200);
    expect(await readTicket(server, ticket.id)).toEqual(before);
    expect(await historyOfLicense(server, license.id)).toEqual(history);
  });

  it('by the operator says so', async () => {
    const license = await issueLicense(server);
    const device = await activate(server, license);
    const ticket = await openTicket(server, license.id);
    expect((await deactivate(device.id, { ticketId: ticket.id })).body.device.endedBy?.kind).toBe('operator');
  });

  it('works for any active device of the license, also where the ticket names another', async () => {
    const license = await issueLicense(server);
    const one = await activate(server, license);
    const two = await activate(server, license);
    const ticket = await openTicket(server, license.id, { deviceId: one.id });
    expect((await deactivate(two.id, { ticketId: ticket.id })).status).toBe(200);
  });

  it('works whatever the status of the license', async () => {
    const license = await issueLicense(server);
    const device = await activate(server, license);
    const ticket = await openTicket(server, license.id);
    await changeLicense(server, license.id, 'revoke');
    expect((await deactivate(device.id, { ticketId: ticket.id })).status).toBe(200);
  });

  it('of a device that is not active is refused, and the ticket stays as it is', async () => {
    const license = await issueLicense(server);
    const ticket = await openTicket(server, license.id);
    const inactive = await register(server, license.id);
    const loggedOut = await activate(server, license);
    await logOut(server, loggedOut);
    for (const { id } of [inactive, loggedOut]) {
      expectProblem(await deactivate(id, { ticketId: ticket.id }), 409, 'deviceNotActive');
    }
    expect((await readTicket(server, ticket.id)).status).toBe('open');
  });

  it.each([{ ticketId: undefined }, { ticketId: 'seven' }, { reason: undefined }, { reason: ' ' }, { reason: null }])(
    'refuses %j',
    async (body) => {
      const license = await issueLicense(server);
      const device = await activate(server, license);
      const ticket = await openTicket(server, license.id);
      expectProblem(await deactivate(device.id, { ticketId: ticket.id, ...body }), 400, 'invalidRequest');
      expect((await readDevice(server, device.id)).state).toBe('active');
    },
  );
});

describe('the ticket of a forced action', () => {
  it('must exist', async () => {
    const license = await issueLicense(server);
    const device = await activate(server, license);
    expectProblem(await deactivate(device.id, { ticketId: unknownId }), 404, 'notFound');
    expectProblem(await enable(license.id, { ticketId: unknownId }), 404, 'notFound');
  });

  it('must be about this license', async () => {
    const license = await issueLicense(server);
    const device = await activate(server, license);
    const sibling = await issueLicense(server, { organizationId: license.organizationId });
    const ticket = await openTicket(server, sibling.id);
    expectProblem(await deactivate(device.id, { ticketId: ticket.id }), 409, 'ticketNotApplicable');
    expectProblem(await enable(license.id, { ticketId: ticket.id }), 409, 'ticketNotApplicable');
    expect((await readTicket(server, ticket.id)).status).toBe('open');
  });

  it('must be about device deactivation', async () => {
    const license = await issueLicense(server, { supportAndUpgradeUntil: later(await now(server), 30 * day) });
    const device = await activate(server, license);
    const ticket = await openTicket(server, license.id, { topic: 'billing' });
    expectProblem(await deactivate(device.id, { ticketId: ticket.id }), 409, 'ticketNotApplicable');
    expectProblem(await enable(license.id, { ticketId: ticket.id }), 409, 'ticketNotApplicable');
  });

  it('must not be closed, not even for a repeat', async () => {
    const license = await issueLicense(server);
    const one = await activate(server, license);
    const two = await activate(server, license);
    const ticket = await openTicket(server, license.id);
    await deactivate(one.id, { ticketId: ticket.id });
    await setTicketStatus(server, ticket.id, 'closed');
    expectProblem(await deactivate(one.id, { ticketId: ticket.id }), 409, 'ticketNotApplicable');
    expectProblem(await deactivate(two.id, { ticketId: ticket.id }), 409, 'ticketNotApplicable');
    expectProblem(await enable(license.id, { ticketId: ticket.id }), 409, 'ticketNotApplicable');
  });
});

describe('forced enabling', () => {
  it('enables at once although devices block, and resolves the ticket', async () => {
    const license = await issueLicense(server, { remoteDeactivation: 'disabled' });
    const device = await activate(server, license);
    const ticket = await openTicket(server, license.id);
    const agent = await supportToken(server);
    const answer = await enable(license.id, { ticketId: ticket.id }, agent.auth);
    expect(answer.status).toBe(200);
    expect(answer.body.state).toBe('enabled');
    expect((await readLicense(server, license.id)).remoteDeactivation).toEqual(answer.body);
    expect((await readTicket(server, ticket.id)).status).toBe('resolved');
    expect((await readDevice(server, device.id)).remoteDeactivation.reason).toBe('devicePredatesRemoteDeactivation');
    const rows = await historyOfLicense(server, license.id);
    expect(rows.find(({ event }) => event === 'forceEnable')).toMatchObject({
      machine: 'remoteDeactivation',
      subjectId: license.id,
      from: 'disabled',
      to: 'enabled',
      ticketId: ticket.id,
      actor: { kind: 'support', id: agent.id },
    });
  });

  it('while enabling keeps what activated meanwhile deactivatable', async () => {
    const license = await issueLicense(server, { remoteDeactivation: 'disabled' });
    const blocking = await activate(server, license);
    await setRemoteDeactivation(server, license.id, true);
    const meanwhile = await activate(server, license);
    const ticket = await openTicket(server, license.id);
    expect((await enable(license.id, { ticketId: ticket.id })).body.state).toBe('enabled');
    expect((await readDevice(server, meanwhile.id)).remoteDeactivation.allowed).toBe(true);
    expect((await readDevice(server, blocking.id)).remoteDeactivation.allowed).toBe(false);
  });

  it('where it is enabled changes nothing', async () => {
    const license = await issueLicense(server);
    const device = await activate(server, license);
    const ticket = await openTicket(server, license.id);
    const answer = await enable(license.id, { ticketId: ticket.id });
    expect(answer.status).toBe(200);
    expect(answer.body.state).toBe('enabled');
    expect((await readDevice(server, device.id)).remoteDeactivation.allowed).toBe(true);
    const rows = await historyOfLicense(server, license.id);
    expect(rows.filter(({ event }) => event === 'forceEnable')).toEqual([]);
  });

  it('after which a plain disable and enable start anew', async () => {
    const license = await issueLicense(server, { remoteDeactivation: 'disabled' });
    await activate(server, license);
    const ticket = await openTicket(server, license.id);
    await enable(license.id, { ticketId: ticket.id });
    await setRemoteDeactivation(server, license.id, false);
    expect((await setRemoteDeactivation(server, license.id, true)).state).toBe('enabling');
  });

  it.each([{}, { ticketId: null }, { ticketId: 'seven' }, { ticketId: unknownId, force: true }])(
    'refuses %j',
    async (body) => {
      const license = await issueLicense(server);
      expectProblem(await enable(license.id, body), 400, 'invalidRequest');
    },
  );
});
