/** The people of an organization: who adds, changes and removes whom, and how somebody comes in by an invitation. */
import { CookieJar, signedIn } from '../support/cookie-jar.js';
import { timePattern } from '../support/clock.js';
import { expectProblem } from '../support/problem.js';
import { type Member, type Role, type SessionView } from '../support/representations.js';
import {
  addMember,
  freshEmail,
  memberToken,
  type MemberScene,
  newOrganization,
  password,
  readAll,
  secretIn,
  supportToken,
  unknownId,
} from '../support/scene.js';
import { type RequestOptions, startServer, type TestServer } from '../support/server.js';

let server: TestServer;
let organizationId: string;

beforeAll(async () => {
  server = await startServer();
  organizationId = (await newOrganization(server)).id;
});
afterAll(() => server.stop());

interface Invitation {
  url: string;
  endsAt: string;
}

const pathOf = (member?: { id: string }, organization = organizationId) =>
  `/v1/organizations/${organization}/members${member === undefined ? '' : `/${member.id}`}`;
const add = (body: object, options: RequestOptions = {}) =>
  server.request<Member & { invitation: Invitation | null }>('POST', pathOf(), { ...options, body });
const invite = (member: { id: string }, auth?: string) =>
  server.request<Invitation>('POST', `${pathOf(member)}/invitation`, { auth });
const accept = (secret: string, chosen: string = password) =>
  server.request<SessionView>('POST', '/v1/invitations', { auth: null, body: { secret, password: chosen } });
const look = (secret: string) => server.request('POST', '/v1/invitations/look', { auth: null, body: { secret } });

describe('adding a member', () => {
  it('gives a link to send them, shown once', async () => {
    const email = freshEmail();
    const before = Date.now();
    const answer = await add({ email, role: 'manager' });
    expect(answer.status).toBe(201);
    const { invitation, ...member } = answer.body;
    expect(member).toEqual({
      id: expect.any(String),
      organizationId,
      email,
      role: 'manager',
      state: 'invited',
      createdAt: expect.stringMatching(timePattern),
      lastSignedInAt: null,
    });
    expect(invitation?.url).toMatch(new RegExp(`^${server.url}/invitation#sko_[\\w-]{43}$`));
    const lasts = Date.parse(invitation?.endsAt ?? '') - before;
    expect(Math.abs(lasts - 7 * 86_400_000)).toBeLessThan(60_000);
    const list = await server.request('GET', `${pathOf()}?limit=200`);
    expect(list.text).toContain(member.id);
    expect(list.text).not.toContain(secretIn(invitation?.url ?? ''));
  });

  it('with a password needs no link', async () => {
    const answer = await add({ email: freshEmail(), role: 'reader', password });
    expect(answer.body).toMatchObject({ state: 'active', invitation: null });
  });

  it('is refused where the address is taken, in whatever organization and letters', async () => {
    const elsewhere = (await newOrganization(server)).id;
    const { email } = await addMember(server, elsewhere, 'owner');
    for (const written of [email, ` ${email.toUpperCase()} `]) {
      const problem = expectProblem(await add({ email: written, role: 'reader' }), 409, 'emailInUse');
      expect(JSON.stringify(problem)).not.toContain(elsewhere);
    }
  });

  it('gives an address to one of several who want it at once', async () => {
    const email = freshEmail();
    const answers = await Promise.all(Array.from({ length: 6 }, () => add({ email, role: 'reader', password })));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array<number>(5).fill(409)]);
  });

  it.each([
    ['email', { email: undefined }],
    ['email', { email: 'olivia' }],
    ['email', { email: 'olivia@' }],
    ['email', { email: '@acme.test' }],
    ['email', { email: 'olivia@acme@test' }],
    ['email', { email: 'oli via@acme.test' }],
    ['email', { email: 'olivia\u200b@acme.test' }],
    ['email', { email: `${'x'.repeat(250)}@x.test` }],
    ['role', { role: 'admin' }],
    ['password', { password: 'elevenchars' }],
    ['password', { password: 'x'.repeat(201) }],
    ['password', { password: '\ud800 is half a letter' }],
    ['password', { email: 'long-enough@acme.test', password: 'Long-Enough@ACME.test' }],
    ['state', { state: 'active' }],
  ])('is refused for its %s: %j', async (path, body) => {
    const answer = await add({ email: freshEmail(), role: 'reader', password, ...body });
    const problem = expectProblem(answer, 400, 'invalidRequest');
    expect((problem['issues'] as { path: string }[]).map((issue) => issue.path)).toEqual([path]);
    expect(answer.text).not.toMatch(/elevenchars|x{20}/);
  });

  it('takes the longest and the oddest that is allowed', async () => {
    const email = `${'ß'.repeat(243)}@${'İ'.repeat(10)}`;
    const chosen = '😀'.repeat(200);
    expect((await add({ email, role: 'reader', password: chosen })).status).toBe(201);
    const answer = await server.request('POST', '/v1/session', { auth: null, body: { email, password: chosen } });
    expect(answer.status).toBe(200);
  });

  it('is refused in an organization that is not there, after the role and the body were looked at', async () => {
    const owner = await memberToken(server, 'owner', organizationId);
    const body = { email: freshEmail(), role: 'reader' };
    for (const [organization, auth] of [
      [unknownId, undefined],
      [unknownId, owner.auth],
      [(await newOrganization(server)).id, owner.auth],
    ] as const) {
      const path = pathOf(undefined, organization);
      expectProblem(await server.request('POST', path, { auth, body }), 404, 'notFound');
    }
    const path = pathOf(undefined, unknownId);
    const above = { auth: owner.auth, body: { role: 'operator' } };
    expectProblem(await server.request('POST', path, above), 403, 'forbidden');
    expectProblem(
      await server.request('POST', path, { auth: owner.auth, body: { role: 'owner' } }),
      400,
      'invalidRequest',
    );
  });
});

describe('who is in charge of whom', () => {
  const roles: Role[] = ['reader', 'editor', 'manager', 'owner', 'support', 'operator'];
  const inCharge: Record<string, Role[]> = {
    manager: ['reader', 'editor'],
    owner: ['reader', 'editor', 'manager', 'owner'],
    operator: roles,
  };

  it.each(Object.entries(inCharge))('%s is of %j', async (giver, theirs) => {
    const jar = await signedIn(server, await addMember(server, organizationId, giver as Role));
    const low = await addMember(server, organizationId, 'reader');
    for (const role of roles) {
      const may = theirs.includes(role);
      const member = await addMember(server, organizationId, role, { invited: true });
      const outcomes = [
        (await jar.request('POST', pathOf(), { body: { email: freshEmail(), role } })).status,
        (await jar.request('PATCH', pathOf(low), { body: { role } })).status,
        (await jar.request('PATCH', pathOf(member), { body: { role: 'reader' } })).status,
        (await jar.request('POST', `${pathOf(await addMember(server, organizationId, role))}/invitation`)).status,
        (await jar.request('DELETE', pathOf(await addMember(server, organizationId, role)))).status,
      ];
      expect([role, outcomes]).toEqual([role, may ? [201, 200, 200, 201, 204] : Array<number>(5).fill(403)]);
      await server.request('PATCH', pathOf(low), { body: { role: 'reader' } });
    }
  });

  it('support sees people and is in charge of none; editors and readers see none', async () => {
    const member = await addMember(server, organizationId, 'reader');
    const support = await supportToken(server);
    expect((await server.request('GET', pathOf(), { auth: support.auth })).status).toBe(200);
    for (const role of ['support', 'editor', 'reader'] as const) {
      const { auth } = role === 'support' ? support : await memberToken(server, role, organizationId);
      if (role !== 'support') expectProblem(await server.request('GET', pathOf(), { auth }), 403, 'forbidden');
      expectProblem(await add({ email: freshEmail(), role: 'reader' }, { auth }), 403, 'forbidden');
      expectProblem(await server.request('DELETE', pathOf(member), { auth }), 403, 'forbidden');
      expectProblem(await invite(member, auth), 403, 'forbidden');
    }
  });

  it('nobody finds a person of another organization, not even by the id (R14)', async () => {
    const elsewhere = (await newOrganization(server)).id;
    const foreign = await addMember(server, elsewhere, 'reader');
    const { auth } = await memberToken(server, 'owner', organizationId);
    for (const path of [pathOf(foreign), pathOf(foreign, elsewhere), pathOf({ id: unknownId })]) {
      const answers = [
        await server.request('PATCH', path, { auth, body: { role: 'editor' } }),
        await server.request('DELETE', path, { auth }),
        await server.request('POST', `${path}/invitation`, { auth }),
      ];
      for (const answer of answers) expectProblem(answer, 404, 'notFound');
    }
    // The operator has to name the right organization, too.
    expectProblem(await server.request('DELETE', pathOf(foreign)), 404, 'notFound');
    expect(await (await signedIn(server, foreign)).isSignedIn()).toBe(true);
  });
});

describe('a member', () => {
  it('is listed in the order in which they came, page after page', async () => {
    const { id } = await newOrganization(server);
    const emails: string[] = [];
    for (let count = 0; count < 5; count += 1) emails.push((await addMember(server, id, 'reader')).email);
    expect((await readAll<Member>(server, pathOf(undefined, id))).map(({ email }) => email)).toEqual(emails);
    const page = await server.request<{ items: Member[]; nextCursor: string }>(
      'GET',
      `${pathOf(undefined, id)}?limit=2`,
    );
    const path = `${pathOf(undefined, id)}?limit=3&cursor=${page.body.nextCursor}`;
    const { items, nextCursor } = (await server.request<{ items: Member[]; nextCursor: null }>('GET', path)).body;
    expect([items.map(({ email }) => email), nextCursor]).toEqual([emails.slice(2), null]);
  });

  it('has a new role from the next request on', async () => {
    const member = await addMember(server, organizationId, 'reader');
    const jar = await signedIn(server, member);
    expectProblem(await jar.request('GET', '/v1/tokens'), 403, 'forbidden');
    const answer = await server.request<Member>('PATCH', pathOf(member), { body: { role: 'owner' } });
    expect([answer.status, answer.body.role]).toEqual([200, 'owner']);
    expect((await jar.request('GET', '/v1/tokens')).status).toBe(200);
  });

  it('who is removed is signed out at once, and may come again as somebody new', async () => {
    const member = await addMember(server, organizationId, 'owner');
    const jar = await signedIn(server, member);
    const { url } = (await invite(member)).body;
    expect((await server.request('DELETE', pathOf(member))).status).toBe(204);
    expect(await jar.isSignedIn()).toBe(false);
    expectProblem(await accept(secretIn(url)), 401, 'unauthenticated');
    const body = { email: member.email, password };
    expectProblem(await server.request('POST', '/v1/session', { auth: null, body }), 401, 'unauthenticated');
    expectProblem(await server.request('DELETE', pathOf(member)), 404, 'notFound');
    const again = await addMember(server, organizationId, 'reader', { email: member.email });
    expect(again.id).not.toBe(member.id);
  });
});

describe('an invitation', () => {
  const invited = (): Promise<MemberScene> => addMember(server, organizationId, 'editor', { invited: true });

  it('says whom it is for, without being used up', async () => {
    const member = await invited();
    for (let count = 0; count < 2; count += 1) {
      const answer = await look(member.secret);
      expect([answer.status, answer.body]).toEqual([
        200,
        { email: member.email, organization: { id: organizationId, name: 'Acme Surveying' } },
      ]);
    }
  });

  it('lets the person choose a password, once, and signs them in', async () => {
    const member = await invited();
    const jar = new CookieJar(server);
    const chosen = 'a password of my own';
    const answer = await jar.request<SessionView>('POST', '/v1/invitations', {
      body: { secret: member.secret, password: chosen },
    });
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ kind: 'member', id: member.id, role: 'editor', signedInWith: 'password' });
    expect(await jar.isSignedIn()).toBe(true);
    const [row] = (await readAll<Member>(server, pathOf())).filter(({ id }) => id === member.id);
    expect(row).toMatchObject({ state: 'active', lastSignedInAt: answer.body.now });
    expect((await new CookieJar(server).signIn({ ...member, password: chosen })).id).toBe(member.id);
    const problem = expectProblem(await accept(member.secret), 401, 'unauthenticated');
    expect(problem.detail).toMatch(/new one/);
    expectProblem(await look(member.secret), 401, 'unauthenticated');
  });

  it('lets in one of several who come at once', async () => {
    const { secret } = await invited();
    const answers = await Promise.all(Array.from({ length: 6 }, () => accept(secret)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array<number>(5).fill(401)]);
  });

  it('ends when a newer one is made', async () => {
    const member = await invited();
    const answer = await invite(member);
    expect(answer.status).toBe(201);
    expectProblem(await accept(member.secret), 401, 'unauthenticated');
    expect((await accept(secretIn(answer.body.url))).status).toBe(200);
  });

  it('helps who forgot the password: the old one works until the link is used, and then ends all sessions', async () => {
    const member = await addMember(server, organizationId, 'reader');
    const jar = await signedIn(server, member);
    const { url } = (await invite(member)).body;
    expect(await (await signedIn(server, member)).isSignedIn()).toBe(true);
    expect((await accept(secretIn(url), 'another horse battery')).status).toBe(200);
    expect(await jar.isSignedIn()).toBe(false);
    const body = { email: member.email, password };
    expectProblem(await server.request('POST', '/v1/session', { auth: null, body }), 401, 'unauthenticated');
  });

  it('stays good where the password is not', async () => {
    const { secret, email } = await invited();
    for (const chosen of ['too short', email]) {
      const problem = expectProblem(await accept(secret, chosen), 400, 'invalidRequest');
      expect(problem['issues']).toMatchObject([{ path: 'password' }]);
    }
    expect((await accept(secret)).status).toBe(200);
  });

  it.each(['sko_0123456789abcdef0123456789abcdef0123456789a', 'x', 'ska_operator'])('is not %s', async (secret) => {
    expectProblem(await accept(secret), 401, 'unauthenticated');
    expectProblem(await look(secret), 401, 'unauthenticated');
  });

  it.each([{}, { secret: '' }, { secret: 7 }, { secret: 'sko_', password: 'x' }, { password }])(
    'is not looked for with %j',
    async (body) => {
      expectProblem(await server.request('POST', '/v1/invitations', { auth: null, body }), 400, 'invalidRequest');
    },
  );
});
