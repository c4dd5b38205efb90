/** Signing in and out: with a password, a token or a link; what the cookies are; and that other sites cannot use them. */
import { randomUUID } from 'node:crypto';
import { CookieJar, signedIn } from '../support/cookie-jar.js';
import { timePattern } from '../support/clock.js';
import { newLink } from '../support/process.js';
import { expectProblem } from '../support/problem.js';
import { type Organization, type SessionView } from '../support/representations.js';
import {
  addMember,
  freshEmail,
  historyOfLicense,
  issueLicense,
  memberToken,
  type MemberScene,
  newOrganization,
  password,
  register,
  supportToken,
} from '../support/scene.js';
import { type Answer, operatorToken, startServer, type TestServer } from '../support/server.js';

const day = 86_400_000;

let server: TestServer;
let organization: Organization;
let owner: MemberScene;

beforeAll(async () => {
  server = await startServer();
  organization = await newOrganization(server);
  owner = await addMember(server, organization.id, 'owner');
});
afterAll(() => server.stop());

const signIn = (body: object, headers: Record<string, string> = {}) =>
  server.request<SessionView>('POST', '/v1/session', { auth: null, body, headers });

/** The cookies of an answer, by name, each with its attributes. */
function cookiesOf(answer: Answer<unknown>): Map<string, { value: string; attributes: string[] }> {
  return new Map(
    answer.headers.getSetCookie().map((line) => {
      const [pair = '', ...attributes] = line.split('; ');
      const [name = '', value = ''] = pair.split('=');
      return [name, { value, attributes: attributes.sort() }];
    }),
  );
}

describe('signing in with a password', () => {
  it('tells who is signed in, and gives cookies that no script and no other site gets at', async () => {
    const before = Date.now();
    const answer = await signIn({ email: owner.email, password });
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({
      kind: 'member',
      id: owner.id,
      name: owner.email,
      email: owner.email,
      role: 'owner',
      organization,
      signedInWith: 'password',
      endsAt: expect.stringMatching(timePattern),
      now: expect.stringMatching(timePattern),
      may: expect.anything(),
    });
    const lasts = Date.parse(answer.body.endsAt) - before;
    expect(lasts).toBeGreaterThanOrEqual(30 * day);
    expect(lasts).toBeLessThan(30 * day + 60_000);
    const cookies = cookiesOf(answer);
    expect([...cookies.keys()].sort()).toEqual(['seatkeeper_known', 'seatkeeper_session']);
    expect(cookies.get('seatkeeper_session')).toEqual({
      value: expect.stringMatching(/^sks_[\w-]{43}$/),
      attributes: ['HttpOnly', 'Max-Age=2592000', 'Path=/', 'SameSite=Strict'],
    });
    expect(cookies.get('seatkeeper_known')?.attributes).toEqual([
      'HttpOnly',
      'Max-Age=15552000',
      'Path=/',
      'SameSite=Strict',
    ]);
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });

  it('does not mind how the address is written', async () => {
    const { email, id } = await addMember(server, organization.id, 'reader', {
      email: `  Zoë-${randomUUID()}@Acme.Test `,
    });
    expect(email).toMatch(/^Zoë-\S+@Acme\.Test$/);
    for (const written of [email.toUpperCase(), ` ${email.toLowerCase()} `, email.normalize('NFD')]) {
      expect((await signIn({ email: written, password })).body.id).toBe(id);
    }
  });

  it('shows in the list of members when it was', async () => {
    const member = await addMember(server, organization.id, 'reader');
    expect(member.lastSignedInAt).toBeNull();
    const { body } = await signIn({ email: member.email, password });
    const { items } = (
      await server.request<{ items: MemberScene[] }>('GET', `/v1/organizations/${organization.id}/members?limit=200`)
    ).body;
    expect(items.find(({ id }) => id === member.id)?.lastSignedInAt).toBe(body.now);
  });

  it('says the same of a wrong password, an unknown address and somebody who has not come yet', async () => {
    const invited = await addMember(server, organization.id, 'reader', { invited: true });
    const answers = [
      await signIn({ email: owner.email, password: `${password}!` }),
      await signIn({ email: owner.email, password: 'x' }),
      await signIn({ email: freshEmail(), password }),
      await signIn({ email: 'nobody', password }),
      await signIn({ email: invited.email, password }),
    ];
    const problems = answers.map((answer) => expectProblem(answer, 401, 'unauthenticated'));
    expect(new Set(problems.map((problem) => JSON.stringify(problem))).size).toBe(1);
    expect(problems[0]?.detail).toBe('The e-mail address or the password is wrong.');
    for (const answer of answers) expect(answer.headers.getSetCookie()).toEqual([]);
  });

  const email = 'olivia@acme.test';

  it.each<[body: object, faults: string[]]>([
    [{}, ['email', 'password']],
    [{ email }, ['password']],
    [{ password }, ['email']],
    [{ email, password, token: operatorToken }, ['token']],
    [{ email, password, link: 'sko_x' }, ['link']],
    [{ token: operatorToken, link: 'sko_x' }, ['link']],
    [{ email, password: 7 }, ['password']],
    [{ email: '', password }, ['email']],
    [{ email, password: '' }, ['password']],
    [{ email, password: ' \t' }, ['password']],
    [{ email: ' ', password: '' }, ['email', 'password']],
    [{ email: 'x'.repeat(255), password }, ['email']],
    [{ email, password: 'x'.repeat(401) }, ['password']],
    [{ token: '' }, ['token']],
    [{ token: null }, ['token']],
    [{ token: 'with blanks in it' }, ['token']],
    [{ link: ['sko_'] }, ['link']],
    [{ cookie: 'sks_' }, ['email', 'password', 'cookie']],
  ])('is not tried with %j, and says what is wrong', async (body, faults) => {
    const { issues } = expectProblem(await signIn(body), 400, 'invalidRequest') as { issues?: { path: string }[] };
    expect(issues?.map(({ path }) => path)).toEqual(faults);
  });
});

describe('signing in with an access token', () => {
  it.each(['owner', 'reader'] as const)('is signing in as the holder of that token: %s', async (role) => {
    const token = await memberToken(server, role, organization.id);
    const { body } = await signIn({ token: token.token });
    expect(body).toMatchObject({ kind: 'member', id: token.id, name: token.name, email: null, role, organization });
    expect(body.signedInWith).toBe('token');
  });

  it('is open to the vendor, who are of no organization', async () => {
    const support = await supportToken(server);
    expect((await signIn({ token: support.token })).body).toMatchObject({ kind: 'support', organization: null });
    expect((await signIn({ token: operatorToken })).body).toMatchObject({ kind: 'operator', role: 'operator' });
  });

  it('ends with the token', async () => {
    const token = await memberToken(server, 'reader', organization.id);
    const jar = await signedIn(server, token);
    expect(await jar.isSignedIn()).toBe(true);
    await server.request('DELETE', `/v1/tokens/${token.id}`);
    const problem = expectProblem(await jar.request('GET', '/v1/licenses'), 401, 'unauthenticated');
    expect(problem.detail).toMatch(/sign in again/);
  });

  it('is not possible with anything else', async () => {
    const license = await issueLicense(server, { organizationId: organization.id });
    const jar = await signedIn(server, owner);
    for (const token of [license.key, 'ska_unknown', jar.cookies.get('seatkeeper_session') ?? '', owner.id]) {
      expectProblem(await signIn({ token }), 401, 'unauthenticated');
    }
  });
});

describe('signing in with a link', () => {
  it('is possible once, and is signing in as the operator', async () => {
    const link = await newLink(server);
    const jar = new CookieJar(server);
    expect(await jar.signIn({ link })).toMatchObject({ kind: 'operator', email: null, signedInWith: 'link' });
    expect((await jar.request('GET', '/v1/tokens')).status).toBe(200);
    const problem = expectProblem(await signIn({ link }), 401, 'unauthenticated');
    expect(problem.detail).toMatch(/seatkeeper sign-in-link/);
  });

  it('lets in one of several who come at once', async () => {
    const link = await newLink(server);
    const answers = await Promise.all(Array.from({ length: 8 }, () => signIn({ link })));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array<number>(7).fill(401)]);
  });

  it('ends when a newer one is made', async () => {
    const first = await newLink(server);
    const second = await newLink(server);
    expectProblem(await signIn({ link: first }), 401, 'unauthenticated');
    expect((await signIn({ link: second })).status).toBe(200);
  });

  it('is not possible with an invitation', async () => {
    const { secret } = await addMember(server, organization.id, 'owner', { invited: true });
    expectProblem(await signIn({ link: secret }), 401, 'unauthenticated');
    expect((await server.request('POST', '/v1/invitations/look', { body: { secret } })).status).toBe(200);
  });
});

describe('who is signed in', () => {
  it('does what their role may do, and the history names them', async () => {
    const license = await issueLicense(server, { organizationId: organization.id });
    const editor = await addMember(server, organization.id, 'editor');
    const jar = await signedIn(server, editor);
    const device = await register(server, license.id);
    const renamed = await jar.request('PATCH', `/v1/devices/${device.id}`, { body: { name: 'Drone lab' } });
    expect(renamed.status).toBe(200);
    const [row] = await historyOfLicense(server, license.id);
    expect(row?.actor).toEqual({ kind: 'member', id: editor.id, name: editor.email });
    const refused = await jar.request('PUT', `/v1/licenses/${license.id}/remote-deactivation`, {
      body: { enabled: false },
    });
    expectProblem(refused, 403, 'forbidden');
  });

  it('sees nothing of another organization (R14)', async () => {
    const elsewhere = await issueLicense(server);
    const jar = await signedIn(server, owner);
    expectProblem(await jar.request('GET', `/v1/licenses/${elsewhere.id}`), 404, 'notFound');
    const problem = expectProblem(
      await jar.request('GET', `/v1/organizations/${elsewhere.organizationId}/members`),
      404,
      'notFound',
    );
    expect(problem.detail).toBe('There is no such organization.');
  });

  it('may be of the vendor: a support agent or an operator by e-mail', async () => {
    const vendor = await newOrganization(server, 'The vendor');
    const license = await issueLicense(server, { organizationId: organization.id });
    const agent = await addMember(server, vendor.id, 'support');
    const jar = await signedIn(server, agent);
    expect((await jar.request<SessionView>('GET', '/v1/session')).body).toMatchObject({
      kind: 'support',
      id: agent.id,
      name: agent.email,
      organization: vendor,
    });
    expect((await jar.request('GET', `/v1/licenses/${license.id}`)).status).toBe(200);
    const operator = await signedIn(server, await addMember(server, vendor.id, 'operator'));
    expect((await operator.request('POST', '/v1/organizations', { body: { name: 'New' } })).status).toBe(201);
  });

  it('gets one answer to a creating request with an Idempotency-Key, and not that of somebody else', async () => {
    const jar = await signedIn(server, owner);
    const other = await signedIn(server, await addMember(server, organization.id, 'owner'));
    const headers = { 'idempotency-key': randomUUID() };
    const body = { role: 'reader', organizationId: organization.id, name: 'CI' };
    const first = await jar.request('POST', '/v1/tokens', { headers, body });
    const again = await (await signedIn(server, owner)).request('POST', '/v1/tokens', { headers, body });
    const others = await other.request('POST', '/v1/tokens', { headers, body });
    expect([first.status, others.status]).toEqual([201, 201]);
    expect(again.body).toEqual(first.body);
    expect(others.body.token).not.toBe(first.body.token);
  });

  it('is told the time of the test clock, and stays signed in however far it moves', async () => {
    const jar = await signedIn(server, owner);
    await server.advance('P40D');
    const { now } = (await jar.request<SessionView>('GET', '/v1/session')).body;
    expect(now).toBe((await server.request<{ now: string }>('GET', '/v1/test-clock')).body.now);
  });

  it('is whom the header Authorization names, where there is one', async () => {
    const jar = await signedIn(server, owner);
    const reader = await memberToken(server, 'reader', organization.id);
    expectProblem(await jar.request('GET', '/v1/tokens', { auth: reader.auth }), 403, 'forbidden');
    expectProblem(await jar.request('GET', '/v1/licenses', { auth: 'Bearer ska_wrong' }), 401, 'unauthenticated');
    expect((await jar.request('GET', '/v1/tokens')).status).toBe(200);
    // The credential of a program needs no origin.
    jar.origin = 'https://elsewhere.test';
    const created = await jar.request('POST', '/v1/organizations', {
      auth: `Bearer ${operatorToken}`,
      body: { name: 'By a program' },
    });
    expect(created.status).toBe(201);
  });

  it.each([
    ['no cookie', ''],
    ['an unknown one', 'seatkeeper_session=sks_0123456789abcdef0123456789abcdef0123456789a'],
    ['an empty one', 'seatkeeper_session='],
    ['one that cannot be', 'seatkeeper_session="; DROP TABLE session"'],
    ['others', 'session=1; seatkeeper_session2=x; =; ;;'],
  ])('is nobody with %s', async (_what, cookie) => {
    const headers: Record<string, string> = cookie === '' ? {} : { cookie };
    expectProblem(await server.request('GET', '/v1/session', { auth: null, headers }), 401, 'unauthenticated');
  });

  it('is nobody where two cookies of the name say different things', async () => {
    const [one, other] = [await signedIn(server, owner), await signedIn(server, owner)];
    const of = (jar: CookieJar) => `seatkeeper_session=${jar.cookies.get('seatkeeper_session')}`;
    const both = { cookie: `${of(one)}; theme=dark; ${of(other)}` };
    expectProblem(await server.request('GET', '/v1/session', { auth: null, headers: both }), 401, 'unauthenticated');
    const twice = { cookie: `${of(one)};${of(one)}` };
    expect((await server.request('GET', '/v1/session', { auth: null, headers: twice })).status).toBe(200);
  });
});

describe('a request from another site', () => {
  const change = (headers: Record<string, string>, jar: CookieJar) =>
    jar.request('POST', '/v1/tokens', {
      headers,
      body: { role: 'reader', organizationId: organization.id, name: 'CI' },
    });

  it.each([
    ['the server itself', () => ({ origin: server.url }), 201],
    ['the server itself, as the browser adds', () => ({ origin: server.url, 'sec-fetch-site': 'same-origin' }), 201],
    ['nowhere', () => ({}), 403],
    ['an origin that is hidden', () => ({ origin: 'null' }), 403],
    ['elsewhere', () => ({ origin: 'https://elsewhere.test' }), 403],
    ['another port', () => ({ origin: 'http://127.0.0.1:1' }), 403],
    ['a name that begins alike', () => ({ origin: `${server.url}.elsewhere.test` }), 403],
    ['no web page', () => ({ origin: `ftp://127.0.0.1:${server.port}` }), 403],
    ['a neighbour', () => ({ origin: server.url, 'sec-fetch-site': 'same-site' }), 403],
    ['another site by its own word', () => ({ origin: server.url, 'sec-fetch-site': 'cross-site' }), 403],
  ] as const)('changes nothing with a session, unless it is from here: %s', async (_where, headers, status) => {
    const jar = await signedIn(server, owner);
    jar.origin = null;
    const answer = await change(headers() as Record<string, string>, jar);
    expect([answer.status, answer.text]).toEqual([status, expect.any(String)]);
    if (status === 403) expectProblem(answer, 403, 'forbidden');
  });

  it('is told what helps, which is no other role', async () => {
    const jar = await signedIn(server, owner);
    jar.origin = null;
    const remedies = async (headers: Record<string, string>) =>
      expectProblem(await change(headers, jar), 403, 'forbidden').remedy;
    const onOwnPage = expect.stringMatching(
      new RegExp(`page of this server, at ${server.url}\\..*SEATKEEPER_PUBLIC_URL`),
    );
    expect(await remedies({ origin: 'https://elsewhere.test' })).toEqual(onOwnPage);
    expect(await remedies({ origin: server.url, 'sec-fetch-site': 'cross-site' })).toEqual(onOwnPage);
    expect(await remedies({})).toMatch(/^Send the header Origin .*or an access token/);
    const answer = await signIn({ email: owner.email, password }, { origin: 'https://elsewhere.test' });
    expect(expectProblem(answer, 403, 'forbidden').remedy).toEqual(onOwnPage);
    // To whom a role is missing, the remedy is still the one of the code.
    const reader = await signedIn(server, await addMember(server, organization.id, 'reader'));
    const refusal = await change({ origin: server.url }, reader);
    expect(expectProblem(refusal, 403, 'forbidden').remedy).toBe('Ask somebody whose role allows it.');
  });

  it('may not sign out, nor in; a program that names no origin may sign in', async () => {
    const jar = await signedIn(server, owner);
    jar.origin = 'https://elsewhere.test';
    expectProblem(await jar.request('DELETE', '/v1/session'), 403, 'forbidden');
    expectProblem(await jar.request('DELETE', '/v1/sessions'), 403, 'forbidden');
    expect(await jar.isSignedIn()).toBe(true);
    const origin = { origin: 'https://elsewhere.test' };
    expectProblem(await signIn({ email: owner.email, password }, origin), 403, 'forbidden');
    const { secret } = await addMember(server, organization.id, 'reader', { invited: true });
    for (const path of ['/v1/invitations', '/v1/invitations/look']) {
      const answer = await server.request('POST', path, { headers: origin, body: { secret, password } });
      expectProblem(answer, 403, 'forbidden');
    }
    expect((await signIn({ email: owner.email, password })).status).toBe(200);
    expect((await signIn({ email: owner.email, password }, { origin: server.url })).status).toBe(200);
  });

  it('is refused after 401 and before 400', async () => {
    const jar = await signedIn(server, owner);
    jar.origin = null;
    expectProblem(await jar.request('POST', '/v1/tokens', { rawBody: '{' }), 403, 'forbidden');
    await signOut(jar);
    const ended = { cookie: `seatkeeper_session=${'x'.repeat(47)}` };
    expectProblem(await jar.request('POST', '/v1/tokens', { headers: ended }), 401, 'unauthenticated');
  });
});

async function signOut(jar: CookieJar): Promise<void> {
  jar.origin = server.url;
  expect((await jar.request('DELETE', '/v1/session')).status).toBe(204);
  jar.origin = null;
}

describe('signing out', () => {
  it('ends the session in this browser at once, and in no other', async () => {
    const [one, other] = [await signedIn(server, owner), await signedIn(server, owner)];
    const kept = one.cookies.get('seatkeeper_session') ?? '';
    const answer = await one.request('DELETE', '/v1/session');
    expect([answer.status, answer.text]).toEqual([204, '']);
    expect(cookiesOf(answer).get('seatkeeper_session')).toEqual({
      value: '',
      attributes: ['HttpOnly', 'Max-Age=0', 'Path=/', 'SameSite=Strict'],
    });
    one.cookies.set('seatkeeper_session', kept);
    expectProblem(await one.request('GET', '/v1/session'), 401, 'unauthenticated');
    expect(await other.isSignedIn()).toBe(true);
  });

  it('is answered the same where nobody is signed in', async () => {
    const jar = new CookieJar(server);
    expect((await jar.request('DELETE', '/v1/session')).status).toBe(204);
  });

  it('everywhere ends all sessions of this person, and nobody else’s', async () => {
    const member = await addMember(server, organization.id, 'reader');
    const own = [await signedIn(server, member), await signedIn(server, member)];
    const others = await signedIn(server, owner);
    expect((await own[0]?.request('DELETE', '/v1/sessions'))?.status).toBe(204);
    expect(own[0]?.cookies.has('seatkeeper_session')).toBe(false);
    expect(await own[1]?.isSignedIn()).toBe(false);
    expect(await others.isSignedIn()).toBe(true);
  });

  it('everywhere ends all sessions of this token', async () => {
    const token = await memberToken(server, 'reader', organization.id);
    const own = [await signedIn(server, token), await signedIn(server, token)];
    await own[0]?.request('DELETE', '/v1/sessions');
    expect(await own[1]?.isSignedIn()).toBe(false);
    expect((await server.request('GET', '/v1/licenses', { auth: token.auth })).status).toBe(200);
  });

  it('is done by signing in as somebody else', async () => {
    const jar = await signedIn(server, owner);
    const kept = jar.cookies.get('seatkeeper_session') ?? '';
    await jar.signIn({ token: operatorToken });
    const before = new CookieJar(server);
    before.cookies.set('seatkeeper_session', kept);
    expect(await before.isSignedIn()).toBe(false);
  });
});

describe('changing the password', () => {
  const other = 'another horse battery';
  const change = (jar: CookieJar, currentPassword: string, next: string = other) =>
    jar.request('PUT', '/v1/session/password', { body: { currentPassword, password: next } });

  it('makes the new one count, keeps this session and ends the others, and links with them', async () => {
    const member = await addMember(server, organization.id, 'reader');
    const [jar, elsewhere] = [await signedIn(server, member), await signedIn(server, member)];
    const path = `/v1/organizations/${organization.id}/members/${member.id}/invitation`;
    const { url } = (await server.request<{ url: string }>('POST', path)).body;
    const answer = await change(jar, password);
    expect([answer.status, answer.text]).toEqual([204, '']);
    expect([await jar.isSignedIn(), await elsewhere.isSignedIn()]).toEqual([true, false]);
    expectProblem(await signIn({ email: member.email, password }), 401, 'unauthenticated');
    expect((await signIn({ email: member.email, password: other })).status).toBe(200);
    const look = await server.request('POST', '/v1/invitations/look', { body: { secret: url.split('#')[1] } });
    expectProblem(look, 401, 'unauthenticated');
  });

  it('is refused beside the field that is wrong', async () => {
    const member = await addMember(server, organization.id, 'reader');
    const jar = await signedIn(server, member);
    for (const [current, next, path] of [
      ['not the present one', other, 'currentPassword'],
      [password, 'too short', 'password'],
      [password, member.email.toUpperCase(), 'password'],
    ] as const) {
      const problem = expectProblem(await change(jar, current, next), 400, 'invalidRequest');
      expect((problem['issues'] as { path: string }[]).map((issue) => issue.path)).toEqual([path]);
    }
    expect((await signIn({ email: member.email, password })).status).toBe(200);
  });

  it('is for who has one: with an access token it is forbidden, before faults of the body', async () => {
    const jar = await signedIn(server, { token: operatorToken });
    const answer = await jar.request('PUT', '/v1/session/password', { rawBody: '{' });
    expect(expectProblem(answer, 403, 'forbidden').detail).toMatch(/no password/);
  });

  it('is tried ten times and then no more for a while', async () => {
    const jar = await signedIn(server, await addMember(server, organization.id, 'reader'));
    for (let count = 0; count < 10; count += 1) {
      expectProblem(await change(jar, `wrong password ${count}`), 400, 'invalidRequest');
    }
    const answer = await change(jar, password);
    expectProblem(answer, 429, 'tooManyRequests');
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(800);
  });
});

describe('a restart', () => {
  it('keeps who is signed in, and who is not', async () => {
    const own = await startServer();
    const member = await addMember(own, (await newOrganization(own)).id, 'owner');
    const [stays, ended] = [await signedIn(own, member), await signedIn(own, member)];
    const secret = ended.cookies.get('seatkeeper_session') ?? '';
    await ended.request('DELETE', '/v1/session');
    await own.kill();
    await own.start();
    expect(await stays.isSignedIn()).toBe(true);
    ended.cookies.set('seatkeeper_session', secret);
    expect(await ended.isSignedIn()).toBe(false);
    await own.stop();
  });
});

describe('a server that people reach over https', () => {
  const publicUrl = 'https://seats.example.test';
  let own: TestServer;
  beforeAll(async () => {
    own = await startServer({ env: { SEATKEEPER_PUBLIC_URL: publicUrl } });
  });
  afterAll(() => own.stop());

  it('gives cookies that go over https and to this very host only', async () => {
    const answer = await own.request('POST', '/v1/session', { auth: null, body: { token: operatorToken } });
    const [[name, { attributes }] = ['', { attributes: [] }]] = cookiesOf(answer);
    expect([name, attributes]).toEqual([
      '__Host-seatkeeper_session',
      ['HttpOnly', 'Max-Age=2592000', 'Path=/', 'SameSite=Strict', 'Secure'],
    ]);
  });

  it('takes requests from its public address and from the host that is named, over https', async () => {
    const jar = new CookieJar(own, publicUrl);
    await jar.signIn({ token: operatorToken });
    const create = () => jar.request('POST', '/v1/organizations', { body: { name: 'New' } });
    expect((await create()).status).toBe(201);
    jar.origin = own.url.replace('http:', 'https:');
    expect((await create()).status).toBe(201);
    for (const origin of [own.url, publicUrl.replace('https:', 'http:'), 'https://example.test']) {
      jar.origin = origin;
      expectProblem(await create(), 403, 'forbidden');
    }
  });

  it('describes the cookie by the name that it has', async () => {
    const { body } = await own.request<{ components: { securitySchemes: { session: object } } }>(
      'GET',
      '/openapi.json',
    );
    expect(body.components.securitySchemes.session).toMatchObject({
      type: 'apiKey',
      in: 'cookie',
      name: '__Host-seatkeeper_session',
    });
  });
});
