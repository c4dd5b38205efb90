/** Access tokens over HTTP: who may issue, see and end which, and in which order refusals come. */
import { randomUUID } from 'node:crypto';
import { memberRoles, type Role, roles } from '../../src/auth/role.js';
import { hashSecret } from '../../src/auth/secret.js';
import { type AppAnswer, AuthApp, insertTokenRow } from './auth.app.js';

const operator = 'Bearer ska_operator';
const unknownId = '01890a5d-ac96-774b-bcce-b302099a8057';

let app: AuthApp;
let acme: string;
let other: string;

beforeAll(async () => {
  app = await AuthApp.start({ SEATKEEPER_FAILED_CREDENTIALS_PER_MINUTE: '0' });
  await insertTokenRow(app.database, 'ska_operator', { id: '00000000-0000-7000-8000-000000000000', role: 'operator' });
  acme = await newOrganization();
  other = await newOrganization();
});

afterAll(() => app.stop());

async function newOrganization(): Promise<string> {
  return (await app.request('POST', '/v1/organizations', operator, { name: 'Acme' })).body['id'] as string;
}

function issue(authorization: string | null, body: unknown, headers?: Record<string, string>): Promise<AppAnswer> {
  return app.request('POST', '/v1/tokens', authorization, body, headers);
}

interface Holder {
  id: string;
  auth: string;
}

async function holder(role: Role, organizationId?: string): Promise<Holder> {
  const { status, body } = await issue(operator, { role, organizationId, name: `The ${role}` });
  if (status !== 201) throw new Error(`no token: ${JSON.stringify(body)}`);
  return { id: body['id'] as string, auth: `Bearer ${String(body['token'])}` };
}

function end(authorization: string, id: string): Promise<AppAnswer> {
  return app.request('DELETE', `/v1/tokens/${id}`, authorization);
}

async function listed(authorization: string, limit = 200): Promise<Record<string, unknown>[]> {
  const items: Record<string, unknown>[] = [];
  let path: string | null = `/v1/tokens?limit=${limit}`;
  while (path !== null) {
    const { status, body }: AppAnswer = await app.request('GET', path, authorization);
    if (status !== 200) throw new Error(JSON.stringify(body));
    items.push(...(body['items'] as Record<string, unknown>[]));
    path = body['nextCursor'] === null ? null : `/v1/tokens?limit=${limit}&cursor=${String(body['nextCursor'])}`;
  }
  return items;
}

describe('issuing a token', () => {
  it('answers 201 with the token, which works and is stored as a hash only', async () => {
    const { status, body } = await issue(operator, { role: 'editor', organizationId: acme, name: 'Build server' });
    expect(status).toBe(201);
    expect(body).toEqual({
      id: expect.any(String) as string,
      role: 'editor',
      organizationId: acme,
      name: 'Build server',
      token: expect.stringMatching(/^ska_[\w-]{43}$/) as string,
    });
    const asked = await app.request('GET', '/asked/anybody', `Bearer ${String(body['token'])}`);
    expect(asked.body).toMatchObject({ kind: 'member', role: 'editor', organizationId: acme, id: body['id'] });
    const [row] = await app.database.read((session) =>
      session.all<{ hash: string }>('SELECT * FROM token WHERE id = ?', [body['id'] as string]),
    );
    expect(row?.hash).toBe(hashSecret(String(body['token'])));
    expect(JSON.stringify(row)).not.toContain(String(body['token']));
  });

  it('gives the vendor’s roles without an organization', async () => {
    const { status, body } = await issue(operator, { role: 'support', organizationId: null, name: 'Help desk' });
    expect([status, body['organizationId']]).toEqual([201, null]);
  });

  const mayGive: Record<string, readonly Role[]> = {
    operator: roles,
    owner: memberRoles,
    manager: ['manager', 'editor', 'reader'],
    support: [],
    editor: [],
    reader: [],
  };
  const pairs = roles.flatMap((own) => roles.map((given): [Role, Role] => [own, given]));

  it.each(pairs)('as %s, of the role %s, follows the order of roles', async (own, given) => {
    const isMember = (role: Role) => (memberRoles as readonly string[]).includes(role);
    const asker = await holder(own, isMember(own) ? acme : undefined);
    const answer = await issue(asker.auth, {
      role: given,
      ...(isMember(given) ? { organizationId: acme } : {}),
      name: 'Given',
    });
    expect(answer.status).toBe(mayGive[own]?.includes(given) === true ? 201 : 403);
  });

  it('is 404 for an organization that is not there, or is not the asker’s', async () => {
    const owner = await holder('owner', acme);
    for (const [auth, organizationId] of [
      [operator, unknownId],
      [owner.auth, unknownId],
      [owner.auth, other],
    ] as const) {
      const { status, body } = await issue(auth, { role: 'reader', organizationId, name: 'x' });
      expect([status, body['code']]).toEqual([404, 'notFound']);
    }
  });

  it.each([
    ['no organization for a member', { role: 'reader', name: 'x' }, 'organizationId'],
    ['an organization for the vendor', { role: 'support', organizationId: unknownId, name: 'x' }, 'organizationId'],
    ['a malformed organization', { role: 'reader', organizationId: 'acme', name: 'x' }, 'organizationId'],
    ['an unknown role', { role: 'admin', name: 'x' }, 'role'],
    ['no role', { name: 'x' }, 'role'],
    ['no name', { role: 'support' }, 'name'],
    ['a name of blanks', { role: 'support', name: ' \t' }, 'name'],
    ['a name of 101 characters', { role: 'support', name: 'x'.repeat(101) }, 'name'],
    ['an unknown field', { role: 'support', name: 'x', admin: true }, 'admin'],
    ['no object', ['x'], ''],
    ['malformed JSON', '{', ''],
  ])('is 400 with %s', async (_name, body, path) => {
    const answer = await issue(operator, body);
    expect([answer.status, answer.body['code']]).toEqual([400, 'invalidRequest']);
    expect((answer.body['issues'] as { path: string }[]).map((found) => found.path)).toContain(path);
  });

  it('is 400 with an unknown query parameter', async () => {
    const answer = await app.request('POST', '/v1/tokens?dryRun=true', operator, { role: 'support', name: 'x' });
    expect(answer.status).toBe(400);
  });

  it('refuses a role above the asker’s before it looks at the rest of the body', async () => {
    const manager = await holder('manager', acme);
    expect((await issue(manager.auth, { role: 'owner', unknown: 1 })).status).toBe(403);
    expect((await issue(manager.auth, { role: 'operator', organizationId: acme, name: 'x' })).status).toBe(403);
    expect((await issue(manager.auth, { role: 'reader', unknown: 1 })).status).toBe(400);
  });
});

describe('issuing a token with an Idempotency-Key', () => {
  const wish = { role: 'support', name: 'Help desk' };

  it('issues one, however often it is asked, and gives the same secret', async () => {
    const key = { 'idempotency-key': randomUUID() };
    const before = (await listed(operator)).length;
    const answers = await Promise.all(Array.from({ length: 5 }, () => issue(operator, wish, key)));
    expect(answers.map((answer) => answer.status)).toEqual([201, 201, 201, 201, 201]);
    expect(new Set(answers.map((answer) => JSON.stringify(answer.body))).size).toBe(1);
    expect(await listed(operator)).toHaveLength(before + 1);
  });

  it('is 422 with another body, after 404 and 400', async () => {
    const key = { 'idempotency-key': randomUUID() };
    await issue(operator, wish, key);
    const reused = await issue(operator, { ...wish, name: 'Other' }, key);
    expect([reused.status, reused.body['code']]).toEqual([422, 'idempotencyKeyReused']);
    expect((await issue(operator, { ...wish, name: '' }, key)).status).toBe(400);
    expect((await issue(operator, { role: 'reader', organizationId: unknownId, name: 'x' }, key)).status).toBe(404);
  });

  it('does not give one principal the answer of another', async () => {
    const key = { 'idempotency-key': randomUUID() };
    const [one, two] = [await holder('owner', acme), await holder('owner', acme)];
    const body = { role: 'reader', organizationId: acme, name: 'x' };
    const first = await issue(one.auth, body, key);
    const second = await issue(two.auth, body, key);
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.body['token']).not.toBe(first.body['token']);
  });

  it.each(['short', 'with blanks in the key', 'x'.repeat(256)])(
    'is 400 where the key is malformed (%#)',
    async (key) => {
      const { status, body } = await issue(operator, wish, { 'idempotency-key': key });
      expect([status, body['issues']]).toMatchObject([400, [{ path: 'Idempotency-Key' }]]);
    },
  );
});

describe('listing tokens', () => {
  it('shows an operator everybody’s in the order they were made, page after page, without secrets', async () => {
    await holder('reader', other);
    const all = await listed(operator);
    expect(all.length).toBeGreaterThan(5);
    expect(await listed(operator, 3)).toEqual(all);
    expect(all.map((token) => token['id'])).toEqual(all.map((token) => token['id']).sort());
    for (const token of all) expect(Object.keys(token)).toEqual(['id', 'role', 'organizationId', 'name']);
  });

  it('shows an owner and a manager those of their organization only', async () => {
    const lonely = await newOrganization();
    const owner = await holder('owner', lonely);
    const manager = await holder('manager', lonely);
    const expected = [owner.id, manager.id];
    expect((await listed(owner.auth)).map((token) => token['id'])).toEqual(expected);
    expect((await listed(manager.auth, 1)).map((token) => token['id'])).toEqual(expected);
  });

  it('is forbidden to everybody else', async () => {
    for (const role of ['support', 'editor', 'reader'] as const) {
      const asker = await holder(role, role === 'support' ? undefined : acme);
      expect((await app.request('GET', '/v1/tokens', asker.auth)).status).toBe(403);
    }
    expect((await app.request('GET', '/v1/tokens', null)).status).toBe(401);
  });

  it.each(['limit=0', 'limit=201', 'limit=x', 'cursor=!', 'cursor=e30', 'cursor=IngiCg', 'page=2'])(
    'is 400 with %s',
    async (query) => {
      expect((await app.request('GET', `/v1/tokens?${query}`, operator)).status).toBe(400);
    },
  );
});

describe('ending a token', () => {
  it('answers 204, and the token is unknown at once and no longer there', async () => {
    const support = await holder('support');
    const answer = await end(operator, support.id);
    expect([answer.status, answer.body]).toEqual([204, {}]);
    expect((await app.request('GET', '/v1/organizations', support.auth)).status).toBe(401);
    expect((await end(operator, support.id)).status).toBe(404);
  });

  it('is possible for one’s own', async () => {
    const owner = await holder('owner', acme);
    expect((await end(owner.auth, owner.id)).status).toBe(204);
    expect((await end(owner.auth, owner.id)).status).toBe(401);
  });

  it('is 404 for another organization’s and the vendor’s, as if they did not exist', async () => {
    const owner = await holder('owner', acme);
    const ids = [(await holder('reader', other)).id, (await holder('support')).id, unknownId];
    const answers = await Promise.all(ids.map((id) => end(owner.auth, id)));
    for (const [index, answer] of answers.entries()) {
      expect(answer.status).toBe(404);
      expect({ ...answer.body, instance: '' }).toEqual({ ...answers[0]?.body, instance: '' });
      expect(answer.body['instance']).toBe(`/v1/tokens/${ids[index]}`);
    }
  });

  it('is forbidden for a role above the asker’s, and allowed up to it', async () => {
    const manager = await holder('manager', acme);
    expect((await end(manager.auth, (await holder('owner', acme)).id)).status).toBe(403);
    expect((await end(manager.auth, (await holder('manager', acme)).id)).status).toBe(204);
    expect((await end(manager.auth, (await holder('reader', acme)).id)).status).toBe(204);
  });

  it('is forbidden to roles that never may, before the id is looked at', async () => {
    const reader = await holder('reader', acme);
    expect((await end(reader.auth, reader.id)).status).toBe(403);
    expect((await end(reader.auth, 'no-id')).status).toBe(403);
    expect((await end(operator, 'no-id')).status).toBe(400);
  });
});
