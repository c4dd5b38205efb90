/** Access tokens: who may give which role, what they show, and that an ended one is ended. */
import { expectProblem } from '../support/problem.js';
import { type AccessToken, type Role } from '../support/representations.js';
import {
  issueLicense,
  issueToken,
  memberToken,
  newOrganization,
  readAll,
  supportToken,
  unknownId,
} from '../support/scene.js';
import { startServer, type TestServer } from '../support/server.js';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

const give = (role: Role, organizationId: string | undefined, auth?: string) =>
  server.request<AccessToken>('POST', '/v1/tokens', { auth, body: { role, organizationId, name: `a ${role}` } });

describe('an access token', () => {
  it('is shown once, with its role and organization', async () => {
    const { id: organizationId } = await newOrganization(server);
    const answer = await give('editor', organizationId);
    expect(answer.status).toBe(201);
    expect(answer.body).toEqual({
      id: expect.any(String),
      role: 'editor',
      organizationId,
      name: 'a editor',
      token: expect.stringMatching(/^ska_\S{40,}$/),
    });
    const list = await server.request('GET', '/v1/tokens?limit=200');
    expect(list.text).toContain(answer.body.id);
    expect(list.text).not.toContain(answer.body.token);
  });

  it.each(['operator', 'support'] as const)('of the role %s belongs to no organization', async (role) => {
    const answer = await give(role, undefined);
    expect(answer.status).toBe(201);
    expect(answer.body.organizationId).toBeNull();
    const licenses = await server.request('GET', '/v1/licenses', { auth: `Bearer ${answer.body.token}` });
    expect(licenses.status).toBe(200);
  });

  it('of a member needs an organization that exists', async () => {
    expectProblem(await give('reader', undefined), 400, 'invalidRequest');
    expectProblem(await give('reader', unknownId), 404, 'notFound');
  });

  it('ends at once when it is deleted, and no other with it', async () => {
    const { id: organizationId } = await newOrganization(server);
    const one = await memberToken(server, 'reader', organizationId);
    const two = await memberToken(server, 'reader', organizationId);
    const answer = await server.request('DELETE', `/v1/tokens/${one.id}`);
    expect(answer.status).toBe(204);
    expect(answer.text).toBe('');
    expectProblem(await server.request('GET', '/v1/licenses', { auth: one.auth }), 401, 'unauthenticated');
    expect((await server.request('GET', '/v1/licenses', { auth: two.auth })).status).toBe(200);
    const ids = (await readAll<AccessToken>(server, '/v1/tokens')).map(({ id }) => id);
    expect(ids).not.toContain(one.id);
  });

  it('that does not exist is not found', async () => {
    expectProblem(await server.request('DELETE', `/v1/tokens/${unknownId}`), 404, 'notFound');
    expectProblem(await server.request('DELETE', '/v1/tokens/mine'), 400, 'invalidRequest');
  });

  it.each([
    { role: 'admin' },
    { role: null },
    { name: '' },
    { name: ' ' },
    { name: undefined },
    { name: 'n'.repeat(101) },
    { organizationId: 'acme' },
    { token: 'ska_of-my-own-choice' },
  ])('is not given for %j', async (body) => {
    const { id: organizationId } = await newOrganization(server);
    const answer = await server.request('POST', '/v1/tokens', {
      body: { role: 'reader', organizationId, name: 'a reader', ...body },
    });
    expectProblem(answer, 400, 'invalidRequest');
  });
});

describe('who gives which role', () => {
  const roles: Role[] = ['reader', 'editor', 'manager', 'owner', 'support', 'operator'];
  const mayGive: Record<'manager' | 'owner' | 'operator', Role[]> = {
    manager: ['reader', 'editor', 'manager'],
    owner: ['reader', 'editor', 'manager', 'owner'],
    operator: roles,
  };

  it.each(Object.entries(mayGive))('%s gives %j and nothing above', async (giver, given) => {
    const { id: organizationId } = await newOrganization(server);
    const { auth } =
      giver === 'operator'
        ? await issueToken(server, 'operator')
        : await memberToken(server, giver as 'manager' | 'owner', organizationId);
    for (const role of roles) {
      const isVendor = role === 'support' || role === 'operator';
      const answer = await give(role, isVendor ? undefined : organizationId, auth);
      if (given.includes(role)) {
        expect(answer.status).toBe(201);
        const used = await server.request('GET', '/v1/licenses', { auth: `Bearer ${answer.body.token}` });
        expect(used.status).toBe(200);
      } else expectProblem(answer, 403, 'forbidden');
    }
  });

  it.each(['reader', 'editor', 'support'] as const)('%s gives none, sees none, ends none', async (role) => {
    const { id: organizationId } = await newOrganization(server);
    const { auth } = await issueToken(server, role, role === 'support' ? undefined : organizationId);
    const other = await memberToken(server, 'reader', organizationId);
    expectProblem(await give('reader', organizationId, auth), 403, 'forbidden');
    expectProblem(await server.request('GET', '/v1/tokens', { auth }), 403, 'forbidden');
    expectProblem(await server.request('DELETE', `/v1/tokens/${other.id}`, { auth }), 403, 'forbidden');
  });

  it("finds no other organization's tokens, and gives none there (R14)", async () => {
    const own = await newOrganization(server);
    const foreign = await newOrganization(server);
    const { auth } = await memberToken(server, 'owner', own.id);
    const token = await memberToken(server, 'reader', foreign.id);
    expectProblem(await give('reader', foreign.id, auth), 404, 'notFound');
    expectProblem(await server.request('DELETE', `/v1/tokens/${token.id}`, { auth }), 404, 'notFound');
    const seen = await readAll<AccessToken>(server, '/v1/tokens', auth);
    expect(seen.every(({ organizationId }) => organizationId === own.id)).toBe(true);
    expect((await server.request('GET', '/v1/licenses', { auth: token.auth })).status).toBe(200);
  });

  it('lets an owner end a token of their organization', async () => {
    const { id } = await newOrganization(server);
    const owner = await memberToken(server, 'owner', id);
    const editor = await memberToken(server, 'editor', id);
    expect((await server.request('DELETE', `/v1/tokens/${editor.id}`, { auth: owner.auth })).status).toBe(204);
    expectProblem(await server.request('GET', '/v1/licenses', { auth: editor.auth }), 401, 'unauthenticated');
  });

  it("does not let a manager end an owner's token", async () => {
    const { id } = await newOrganization(server);
    const owner = await memberToken(server, 'owner', id);
    const manager = await memberToken(server, 'manager', id);
    const answer = await server.request('DELETE', `/v1/tokens/${owner.id}`, { auth: manager.auth });
    expect([403, 404]).toContain(answer.status);
    expect((await server.request('GET', '/v1/licenses', { auth: owner.auth })).status).toBe(200);
  });
});

describe('credentials that are none', () => {
  it.each([
    ['nothing', null],
    ['an unknown access token', 'Bearer ska_0123456789abcdef0123456789abcdef0123456789abcdef'],
    ['an unknown device token', 'Bearer skd_0123456789abcdef0123456789abcdef0123456789abcdef'],
    ['an unknown license key', 'License 0123456789abcdef0123456789abcdef0123456789abcdef'],
    ['a scheme without a token', 'Bearer'],
    ['an unknown scheme', 'Basic b3BlcmF0b3I6b3BlcmF0b3I='],
    ['blanks', '   '],
    ['a token without a scheme', 'ska_0123456789abcdef0123456789abcdef0123456789abcdef'],
  ])('are refused as unauthenticated: %s', async (_what, auth) => {
    const problem = expectProblem(await server.request('GET', '/v1/licenses', { auth }), 401, 'unauthenticated');
    expect(JSON.stringify(problem)).not.toContain('0123456789abcdef');
  });

  it('include a license key that is sent as a Bearer token, and a token sent as a License', async () => {
    const license = await issueLicense(server);
    const { token } = await supportToken(server);
    const asBearer = await server.request('GET', '/v1/licenses', { auth: `Bearer ${license.key}` });
    expectProblem(asBearer, 401, 'unauthenticated');
    const asLicense = await server.request('POST', '/v1/devices', {
      auth: `License ${token}`,
      body: { fingerprint: 'fingerprint' },
    });
    expectProblem(asLicense, 401, 'unauthenticated');
  });
});
