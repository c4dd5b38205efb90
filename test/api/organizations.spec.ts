/** Organizations: made by operators, read by the vendor, and each by its own people. */
import { expectProblem } from '../support/problem.js';
import { type List, type Organization } from '../support/representations.js';
import { memberToken, newOrganization, readAll, supportToken, unknownId } from '../support/scene.js';
import { startServer, type TestServer } from '../support/server.js';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

describe('an organization', () => {
  it('is made with a name', async () => {
    const answer = await server.request<Organization>('POST', '/v1/organizations', {
      body: { name: 'Vermessung Süd' },
    });
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({ id: expect.any(String), name: 'Vermessung Süd' });
    expect((await server.request('GET', `/v1/organizations/${answer.body.id}`)).body).toEqual(answer.body);
  });

  it.each([{}, { name: '' }, { name: '  ' }, { name: null }, { name: 7 }, { name: 'n'.repeat(101) }, { nom: 'x' }, []])(
    'is not made of %j',
    async (body) => {
      expectProblem(await server.request('POST', '/v1/organizations', { body }), 400, 'invalidRequest');
    },
  );

  it('is read by support and the operator, whichever it is', async () => {
    const organization = await newOrganization(server);
    const { auth } = await supportToken(server);
    for (const asker of [auth, undefined]) {
      const answer = await server.request('GET', `/v1/organizations/${organization.id}`, { auth: asker });
      expect(answer.body).toEqual(organization);
      const ids = (await readAll<Organization>(server, '/v1/organizations', asker)).map(({ id }) => id);
      expect(ids).toContain(organization.id);
    }
  });

  it.each(['reader', 'editor', 'manager', 'owner'] as const)('is the only one that its %s sees', async (role) => {
    const organization = await newOrganization(server);
    const other = await newOrganization(server);
    const { auth } = await memberToken(server, role, organization.id);
    expect((await server.request('GET', `/v1/organizations/${organization.id}`, { auth })).body).toEqual(organization);
    expectProblem(await server.request('GET', `/v1/organizations/${other.id}`, { auth }), 404, 'notFound');
    const list = await server.request<List<Organization>>('GET', '/v1/organizations', { auth });
    expect(list.body).toEqual({ items: [organization], nextCursor: null });
  });

  it('that does not exist is not found', async () => {
    expectProblem(await server.request('GET', `/v1/organizations/${unknownId}`), 404, 'notFound');
    expectProblem(await server.request('GET', '/v1/organizations/acme'), 400, 'invalidRequest');
  });

  it('comes in pages with the others, each once', async () => {
    for (let count = 0; count < 3; count += 1) await newOrganization(server);
    const all = await readAll<Organization>(server, '/v1/organizations');
    const seen: Organization[] = [];
    let cursor: string | null = null;
    do {
      const query: string = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`;
      const page = await server.request<List<Organization>>('GET', `/v1/organizations?limit=2${query}`);
      seen.push(...page.body.items);
      cursor = page.body.nextCursor;
    } while (cursor !== null);
    expect(seen).toEqual(all);
    expect(new Set(seen.map(({ id }) => id)).size).toBe(seen.length);
  });
});
