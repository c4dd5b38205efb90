/** Support tickets: who may open one about what, and how it goes from open to resolved to closed (R9). */
import { day, later, now } from '../support/clock.js';
import { expectProblem } from '../support/problem.js';
import { fieldsOf, type List, type Ticket } from '../support/representations.js';
import {
  activate,
  historyOfLicense,
  issueLicense,
  memberToken,
  openTicket,
  readAll,
  readTicket,
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

const open = (body: object, auth?: string) =>
  server.request<Ticket>('POST', '/v1/support-tickets', {
    auth,
    body: { topic: 'deviceDeactivation', message: 'Please help.', ...body },
  });
const patch = (id: string, status: unknown, auth?: string) =>
  server.request<Ticket>('PATCH', `/v1/support-tickets/${id}`, { auth, body: { status } });

describe('opening a ticket', () => {
  it('answers 201 with every field, and its author', async () => {
    const license = await issueLicense(server);
    const device = await activate(server, license);
    const editor = await memberToken(server, 'editor', license.organizationId);
    const answer = await open({ licenseId: license.id, deviceId: device.id, message: 'Stolen.' }, editor.auth);
    expect(answer.status).toBe(201);
    expect(Object.keys(answer.body).sort()).toEqual([...fieldsOf.ticket]);
    expect(answer.body).toMatchObject({
      licenseId: license.id,
      deviceId: device.id,
      topic: 'deviceDeactivation',
      message: 'Stolen.',
      status: 'open',
      createdAt: await now(server),
      createdBy: { kind: 'member', id: editor.id, name: editor.name },
    });
    expect(await readTicket(server, answer.body.id)).toEqual(answer.body);
  });

  it('about devices needs no Support & Upgrade', async () => {
    const license = await issueLicense(server, { supportAndUpgradeUntil: null });
    expect((await open({ licenseId: license.id })).status).toBe(201);
  });

  it.each(['billing', 'technical', 'other'])('about %s needs Support & Upgrade that has not ended', async (topic) => {
    const supportAndUpgradeUntil = later(await now(server), day);
    const license = await issueLicense(server, { supportAndUpgradeUntil });
    expect((await open({ licenseId: license.id, topic })).status).toBe(201);
    await server.advance('P1D');
    expectProblem(await open({ licenseId: license.id, topic }), 403, 'supportAndUpgradeRequired');
    expect((await open({ licenseId: license.id })).status).toBe(201);
  });

  it('of another topic without Support & Upgrade is refused to everybody', async () => {
    const license = await issueLicense(server);
    const owner = await memberToken(server, 'owner', license.organizationId);
    const agent = await supportToken(server);
    for (const { auth } of [owner, agent]) {
      const problem = expectProblem(
        await open({ licenseId: license.id, topic: 'billing' }, auth),
        403,
        'supportAndUpgradeRequired',
      );
      expect(problem.remedy).toMatch(/\S/);
    }
  });

  it('works for a support agent, for any license', async () => {
    const agent = await supportToken(server);
    const answer = await open({ licenseId: (await issueLicense(server)).id }, agent.auth);
    expect(answer.body.createdBy).toEqual({ kind: 'support', id: agent.id, name: agent.name });
  });

  it('finds neither unknown licenses nor unknown devices nor devices of another license', async () => {
    const license = await issueLicense(server);
    const other = await activate(server, await issueLicense(server, { organizationId: license.organizationId }));
    expectProblem(await open({ licenseId: unknownId }), 404, 'notFound');
    expectProblem(await open({ licenseId: license.id, deviceId: unknownId }), 404, 'notFound');
    expectProblem(await open({ licenseId: license.id, deviceId: other.id }), 404, 'notFound');
  });

  it.each([
    { topic: 'help' },
    { topic: null },
    { message: '' },
    { message: ' \n ' },
    { message: 'm'.repeat(2_001) },
    { message: undefined },
    { licenseId: 'seven' },
    { deviceId: 'seven' },
    { status: 'closed' },
  ])('refuses %j', async (body) => {
    const license = await issueLicense(server);
    expectProblem(await open({ licenseId: license.id, ...body }), 400, 'invalidRequest');
  });

  it('takes a message of 2,000 characters', async () => {
    const message = 'm'.repeat(2_000);
    expect((await open({ licenseId: (await issueLicense(server)).id, message })).body.message).toBe(message);
  });
});

describe('the status of a ticket', () => {
  it.each([
    ['open', 'resolved', 'resolve'],
    ['open', 'closed', 'close'],
    ['resolved', 'open', 'reopen'],
    ['resolved', 'closed', 'close'],
  ] as const)('goes from %s to %s, with a new version and a row', async (from, to, event) => {
    const license = await issueLicense(server);
    const ticket = await openTicket(server, license.id);
    const before = from === 'open' ? ticket : await setTicketStatus(server, ticket.id, from);
    const answer = await patch(ticket.id, to);
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({ ...before, status: to, version: expect.any(Number) });
    expect(answer.body.version).toBeGreaterThan(before.version);
    expect((await historyOfLicense(server, license.id))[0]).toMatchObject({
      machine: 'supportTicket',
      subjectId: ticket.id,
      event,
      from,
      to,
    });
  });

  it.each(['open', 'resolved', 'closed'] as const)('set to %s twice has the effect of once', async (status) => {
    const license = await issueLicense(server);
    const ticket = await openTicket(server, license.id);
    const first = await setTicketStatus(server, ticket.id, status);
    const history = await historyOfLicense(server, license.id);
    expect(await setTicketStatus(server, ticket.id, status)).toEqual(first);
    expect(await historyOfLicense(server, license.id)).toEqual(history);
  });

  it.each([
    ['resolved', 'resolve'],
    ['open', 'reopen'],
  ] as const)('closed never becomes %s again', async (status, event) => {
    const ticket = await openTicket(server, (await issueLicense(server)).id);
    await setTicketStatus(server, ticket.id, 'closed');
    const problem = expectProblem(await patch(ticket.id, status), 409, 'eventNotAllowed');
    expect(problem).toMatchObject({ state: 'closed', event });
  });

  it('is resolved and reopened by support only', async () => {
    const license = await issueLicense(server);
    const agent = await supportToken(server);
    const owner = await memberToken(server, 'owner', license.organizationId);
    const ticket = await openTicket(server, license.id, { auth: owner.auth });
    expectProblem(await patch(ticket.id, 'resolved', owner.auth), 403, 'forbidden');
    expect((await patch(ticket.id, 'resolved', agent.auth)).status).toBe(200);
    expectProblem(await patch(ticket.id, 'open', owner.auth), 403, 'forbidden');
    expect((await patch(ticket.id, 'open', agent.auth)).status).toBe(200);
  });

  it('is closed by its author and by support, and by no other member', async () => {
    const license = await issueLicense(server);
    const author = await memberToken(server, 'editor', license.organizationId);
    const owner = await memberToken(server, 'owner', license.organizationId);
    const agent = await supportToken(server);
    const one = await openTicket(server, license.id, { auth: author.auth });
    const two = await openTicket(server, license.id, { auth: author.auth });
    expectProblem(await patch(one.id, 'closed', owner.auth), 403, 'forbidden');
    expect((await patch(one.id, 'closed', author.auth)).body.status).toBe('closed');
    expect((await patch(two.id, 'closed', agent.auth)).body.status).toBe('closed');
  });

  it.each(['done', '', null, 7])('refuses %j', async (status) => {
    const ticket = await openTicket(server, (await issueLicense(server)).id);
    expectProblem(await patch(ticket.id, status), 400, 'invalidRequest');
  });

  it('of a ticket that does not exist is not found', async () => {
    expectProblem(await patch(unknownId, 'closed'), 404, 'notFound');
    expectProblem(await server.request('GET', `/v1/support-tickets/${unknownId}`), 404, 'notFound');
  });
});

describe('the list of tickets', () => {
  it("shows a member their organization's only, of every license", async () => {
    const license = await issueLicense(server);
    const sibling = await issueLicense(server, { organizationId: license.organizationId });
    const foreign = await openTicket(server, (await issueLicense(server)).id);
    const own = [await openTicket(server, license.id), await openTicket(server, sibling.id)];
    const reader = await memberToken(server, 'reader', license.organizationId);
    const seen = await readAll<Ticket>(server, '/v1/support-tickets', reader.auth);
    expect(seen.map(({ id }) => id).sort()).toEqual(own.map(({ id }) => id).sort());
    const answer = await server.request('GET', `/v1/support-tickets/${foreign.id}`, { auth: reader.auth });
    expectProblem(answer, 404, 'notFound');
  });

  it('is filtered by status', async () => {
    const license = await issueLicense(server);
    const { auth } = await memberToken(server, 'reader', license.organizationId);
    const tickets = [];
    for (const status of ['open', 'resolved', 'closed'] as const) {
      const { id } = await openTicket(server, license.id);
      tickets.push(await setTicketStatus(server, id, status));
    }
    for (const ticket of tickets) {
      const seen = await readAll<Ticket>(server, `/v1/support-tickets?status=${ticket.status}`, auth);
      expect(seen).toEqual([ticket]);
    }
  });

  it('comes in pages, each ticket once', async () => {
    const license = await issueLicense(server);
    const { auth } = await memberToken(server, 'reader', license.organizationId);
    const opened: string[] = [];
    for (let count = 0; count < 3; count += 1) opened.push((await openTicket(server, license.id)).id);
    const first = (await server.request<List<Ticket>>('GET', '/v1/support-tickets?limit=2', { auth })).body;
    const path = `/v1/support-tickets?limit=2&cursor=${encodeURIComponent(first.nextCursor ?? '')}`;
    const second = (await server.request<List<Ticket>>('GET', path, { auth })).body;
    expect(second.nextCursor).toBeNull();
    expect([...first.items, ...second.items].map(({ id }) => id).sort()).toEqual(opened.sort());
  });

  it.each(['status=done', 'status=', 'limit=0', 'cursor=x', 'topic=billing'])('refuses ?%s', async (query) => {
    expectProblem(await server.request('GET', `/v1/support-tickets?${query}`), 400, 'invalidRequest');
  });
});
