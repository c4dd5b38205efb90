/** Idempotency-Key: a creation sent again gives the same answer, secrets included, and creates nothing more. */
import { randomUUID } from 'node:crypto';
import { expectProblem } from '../support/problem.js';
import { type AccessToken, type License, type Organization, type Ticket } from '../support/representations.js';
import {
  activate,
  issueLicense,
  issueToken,
  memberToken,
  newOrganization,
  readAll,
  unknownId,
} from '../support/scene.js';
import { startServer, type TestServer } from '../support/server.js';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

const freshKey = () => `create-${randomUUID()}`;
const post = <Body>(path: string, key: string, body: object, auth?: string) =>
  server.request<Body>('POST', path, { auth, body, headers: { 'idempotency-key': key } });

describe('a creation sent again with its Idempotency-Key', () => {
  it('gives the same license and the same license key', async () => {
    const { id: organizationId } = await newOrganization(server);
    const key = freshKey();
    const body = { organizationId, product: 'Mapper Pro', seats: 2 };
    const first = await post<{ license: License; key: string }>('/v1/licenses', key, body);
    const second = await post<{ license: License; key: string }>('/v1/licenses', key, body);
    expect(second.status).toBe(201);
    expect(second.body).toEqual(first.body);
    const { auth } = await memberToken(server, 'reader', organizationId);
    expect(await readAll<License>(server, '/v1/licenses', auth)).toHaveLength(1);
    expect((await activate(server, { auth: `License ${second.body.key}` })).status).toBe(201);
  });

  it('gives the same token, which works', async () => {
    const { id: organizationId } = await newOrganization(server);
    const key = freshKey();
    const body = { role: 'reader', organizationId, name: 'CI' };
    const first = await post<AccessToken>('/v1/tokens', key, body);
    const second = await post<AccessToken>('/v1/tokens', key, body);
    expect(second.status).toBe(201);
    expect(second.body).toEqual(first.body);
    const used = await server.request('GET', '/v1/licenses', { auth: `Bearer ${second.body.token}` });
    expect(used.status).toBe(200);
  });

  it('gives the same organization and the same ticket', async () => {
    const license = await issueLicense(server);
    const key = freshKey();
    const organization = { name: 'Twice' };
    const ticket = { licenseId: license.id, topic: 'deviceDeactivation', message: 'Twice' };
    const organizations = [
      await post<Organization>('/v1/organizations', key, organization),
      await post<Organization>('/v1/organizations', key, organization),
    ];
    expect(organizations[1]?.body).toEqual(organizations[0]?.body);
    const tickets = [
      await post<Ticket>('/v1/support-tickets', key, ticket),
      await post<Ticket>('/v1/support-tickets', key, ticket),
    ];
    expect(tickets.map(({ status }) => status)).toEqual([201, 201]);
    expect(tickets[1]?.body).toEqual(tickets[0]?.body);
  });

  it('gives one answer also when all arrive at once', async () => {
    const key = freshKey();
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => post<Organization>('/v1/organizations', key, { name: 'At once' })),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array<number>(10).fill(201));
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
  });

  it('gives the answer of then, also where the thing has changed since', async () => {
    const { id: organizationId } = await newOrganization(server);
    const key = freshKey();
    const body = { organizationId, product: 'Mapper Pro', seats: 2 };
    const first = await post<{ license: License }>('/v1/licenses', key, body);
    await server.request('POST', `/v1/licenses/${first.body.license.id}/suspend`);
    expect((await post('/v1/licenses', key, body)).body).toEqual(first.body);
  });

  it('with another body is refused, and creates nothing', async () => {
    const { id: organizationId } = await newOrganization(server);
    const { auth } = await memberToken(server, 'reader', organizationId);
    const key = freshKey();
    await post('/v1/licenses', key, { organizationId, product: 'Mapper Pro', seats: 2 });
    const answer = await post('/v1/licenses', key, { organizationId, product: 'Mapper Pro', seats: 3 });
    expectProblem(answer, 422, 'idempotencyKeyReused');
    expect(await readAll<License>(server, '/v1/licenses', auth)).toHaveLength(1);
  });

  it('of another principal is another creation', async () => {
    const license = await issueLicense(server);
    const one = await memberToken(server, 'editor', license.organizationId);
    const two = await memberToken(server, 'editor', license.organizationId);
    const key = freshKey();
    const body = { licenseId: license.id, topic: 'deviceDeactivation', message: 'Mine' };
    const first = await post<Ticket>('/v1/support-tickets', key, body, one.auth);
    const second = await post<Ticket>('/v1/support-tickets', key, body, two.auth);
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.body.id).not.toBe(first.body.id);
  });

  it('with another key or none is another creation', async () => {
    const body = { name: 'Same name' };
    const answers = [
      await post<Organization>('/v1/organizations', freshKey(), body),
      await post<Organization>('/v1/organizations', freshKey(), body),
      await server.request<Organization>('POST', '/v1/organizations', { body }),
    ];
    expect(new Set(answers.map((answer) => answer.body.id)).size).toBe(3);
  });

  it('succeeds after a refusal, which is not kept', async () => {
    const { id: organizationId } = await newOrganization(server);
    const key = freshKey();
    const body = { product: 'Mapper Pro', seats: 2 };
    expectProblem(await post('/v1/licenses', key, { ...body, organizationId: unknownId }), 404, 'notFound');
    expectProblem(await post('/v1/licenses', key, { ...body, organizationId, seats: 0 }), 400, 'invalidRequest');
    expect((await post('/v1/licenses', key, { ...body, organizationId })).status).toBe(201);
  });

  it('is refused once its credential has ended', async () => {
    const operator = await issueToken(server, 'operator');
    const key = freshKey();
    await post('/v1/organizations', key, { name: 'Once' }, operator.auth);
    await server.request('DELETE', `/v1/tokens/${operator.id}`);
    const again = await post('/v1/organizations', key, { name: 'Once' }, operator.auth);
    expectProblem(again, 401, 'unauthenticated');
  });

  it('survives a restart', async () => {
    const { id: organizationId } = await newOrganization(server);
    const key = freshKey();
    const body = { organizationId, product: 'Mapper Pro', seats: 2 };
    const first = await post('/v1/licenses', key, body);
    await server.stop();
    await server.start();
    expect((await post('/v1/licenses', key, body)).body).toEqual(first.body);
  });
});

describe('an Idempotency-Key', () => {
  it.each([
    ['of 15 characters', 'k'.repeat(15)],
    ['of 256 characters', 'k'.repeat(256)],
    ['with a blank in it', 'two words in one key'],
    ['with a letter beyond ASCII', 'kéy-0123456789abcdef'],
  ])('%s is refused', async (_what, key) => {
    expectProblem(await post('/v1/organizations', key, { name: 'Never' }), 400, 'invalidRequest');
  });

  it.each([16, 255])('of %d characters is taken', async (length) => {
    const key = freshKey().padEnd(length, '~').slice(-length);
    expect((await post('/v1/organizations', key, { name: 'Taken' })).status).toBe(201);
  });
});
