/** Who may do what: every route with every kind of credential and by session, from a table written by hand after the contract. */
import { CookieJar } from '../support/cookie-jar.js';
import { expectProblem } from '../support/problem.js';
import type { Role, SessionView } from '../support/representations.js';
import {
  activate,
  addMember,
  type DeviceScene,
  freshEmail,
  freshFingerprint,
  issueLicense,
  type LicenseScene,
  memberToken,
  newOrganization,
  openTicket,
  password,
  register,
  supportToken,
} from '../support/scene.js';
import { type Answer, operatorToken, startServer, type TestServer } from '../support/server.js';

let server: TestServer;
let organizationId: string;
let tokens: Record<string, string | null>;

const askers = [
  'none',
  'key',
  'device',
  'reader',
  'editor',
  'manager',
  'owner',
  'support',
  'operator',
  'other',
] as const;

/** What a route is tried on, made anew after each success; all of it belongs to one organization, `other` is an owner elsewhere. */
interface Scene {
  license: LicenseScene;
  device: DeviceScene;
  ticketId: string;
  readerTokenId: string;
  /** An invited reader, and the secret of the invitation. */
  memberId: string;
  invitationSecret: string;
}

beforeAll(async () => {
  server = await startServer();
  organizationId = (await newOrganization(server)).id;
  const elsewhere = (await newOrganization(server)).id;
  tokens = {
    none: null,
    reader: (await memberToken(server, 'reader', organizationId)).auth,
    editor: (await memberToken(server, 'editor', organizationId)).auth,
    manager: (await memberToken(server, 'manager', organizationId)).auth,
    owner: (await memberToken(server, 'owner', organizationId)).auth,
    support: (await supportToken(server)).auth,
    operator: `Bearer ${operatorToken}`,
    other: (await memberToken(server, 'owner', elsewhere)).auth,
  };
});
afterAll(() => server.stop());

async function prepare(): Promise<Scene> {
  const license = await issueLicense(server, { organizationId });
  const invited = await addMember(server, organizationId, 'reader', { invited: true });
  return {
    license,
    device: await activate(server, license),
    ticketId: (await openTicket(server, license.id)).id,
    readerTokenId: (await memberToken(server, 'reader', organizationId)).id,
    memberId: invited.id,
    invitationSecret: invited.secret,
  };
}

type Send = (scene: Scene) => { body?: object; headers?: Record<string, string>; path?: string } | Promise<object>;
const plain: Send = () => ({});
const inTenYears = new Date(Date.now() + 10 * 365 * 86_400_000).toISOString();

/**
 * Route; what is sent; the status for each asker, in the order of `askers`; what is asked; and the status for each who is signed in,
 * from the reader on, where it is another one than with their token.
 */
const table: [route: string, send: Send, statuses: string, asked?: string, bySession?: string][] = [
  //                                                   none key dev  R   E   M   W   S   O  other
  [
    'POST /v1/devices',
    () => ({ body: { fingerprint: freshFingerprint() } }),
    '401 201 403 403 403 403 403 403 403 403',
  ],
  ['POST /v1/devices/{device}/check-in', plain, '401 403 200 403 403 403 403 403 403 403'],
  ['POST /v1/devices/{device}/log-out', plain, '401 403 200 403 403 403 403 403 403 403'],
  ['GET /v1/devices/{device}', plain, '401 403 200 200 200 200 200 200 200 404'],
  ['GET /v1/devices/{device}/stream', plain, '401 403 200 200 200 200 200 200 200 404'],
  ['GET /v1/licenses/{license}/stream', plain, '401 403 403 200 200 200 200 200 200 404'],
  ['GET /v1/licenses', plain, '401 403 403 200 200 200 200 200 200 200'],
  ['GET /v1/licenses/{license}', plain, '401 403 403 200 200 200 200 200 200 404'],
  ['GET /v1/licenses/{license}/seats', plain, '401 403 403 200 200 200 200 200 200 404'],
  ['GET /v1/licenses/{license}/devices', plain, '401 403 403 200 200 200 200 200 200 404'],
  [
    'POST /v1/licenses/{license}/devices',
    () => ({ body: { fingerprint: freshFingerprint() } }),
    '401 403 403 403 201 201 201 403 201 404',
  ],
  ['PATCH /v1/devices/{device}', () => ({ body: { name: 'New' } }), '401 403 403 403 200 200 200 403 200 404'],
  [
    'PUT /v1/licenses/{license}/remote-deactivation',
    () => ({ body: { enabled: false } }),
    '401 403 403 403 403 200 200 403 200 404',
  ],
  ['POST /v1/devices/{device}/remote-deactivation', plain, '401 403 403 403 403 200 200 403 200 404'],
  ['POST /v1/licenses/{license}/key', plain, '401 403 403 403 403 201 201 403 201 404'],
  ['GET /v1/devices/{device}/transitions', plain, '401 403 403 200 200 200 200 200 200 404'],
  ['GET /v1/licenses/{license}/transitions', plain, '401 403 403 200 200 200 200 200 200 404'],
  ['GET /v1/licenses/{license}/occupancy', plain, '401 403 403 200 200 200 200 200 200 404'],
  [
    'POST /v1/support-tickets',
    ({ license }) => ({ body: { licenseId: license.id, topic: 'deviceDeactivation', message: 'Help' } }),
    '401 403 403 403 201 201 201 201 201 404',
  ],
  ['GET /v1/licenses/{license}/ticket-topics', plain, '401 403 403 403 200 200 200 200 200 404'],
  ['GET /v1/support-tickets', plain, '401 403 403 200 200 200 200 200 200 200'],
  ['GET /v1/support-tickets/{ticket}', plain, '401 403 403 200 200 200 200 200 200 404'],
  [
    'PATCH /v1/support-tickets/{ticket}',
    () => ({ body: { status: 'resolved' } }),
    '401 403 403 403 403 403 403 200 200 403',
    'to resolved',
  ],
  [
    'PATCH /v1/support-tickets/{ticket}',
    () => ({ body: { status: 'open' } }),
    '401 403 403 403 403 403 403 200 200 403',
    'to open',
  ],
  [
    'PATCH /v1/support-tickets/{ticket}',
    () => ({ body: { status: 'closed' } }),
    '401 403 403 403 403 403 403 200 200 404',
    'to closed',
  ],
  [
    'POST /v1/devices/{device}/forced-deactivation',
    ({ ticketId }) => ({ body: { ticketId, reason: 'Stolen' } }),
    '401 403 403 403 403 403 403 200 200 403',
  ],
  [
    'POST /v1/licenses/{license}/remote-deactivation/forced',
    ({ ticketId }) => ({ body: { ticketId } }),
    '401 403 403 403 403 403 403 200 200 403',
  ],
  ['POST /v1/organizations', () => ({ body: { name: 'New' } }), '401 403 403 403 403 403 403 403 201 403'],
  ['GET /v1/organizations', plain, '401 403 403 200 200 200 200 200 200 200'],
  ['GET /v1/organizations/{organization}', plain, '401 403 403 200 200 200 200 200 200 404'],
  [
    'POST /v1/licenses',
    () => ({ body: { organizationId, product: 'Mapper', seats: 1 } }),
    '401 403 403 403 403 403 403 403 201 403',
  ],
  [
    'PATCH /v1/licenses/{license}',
    () => ({ body: { seats: 5 }, headers: { 'if-match': '*' } }),
    '401 403 403 403 403 403 403 403 200 403',
  ],
  ['POST /v1/licenses/{license}/suspend', plain, '401 403 403 403 403 403 403 403 200 403'],
  ['POST /v1/licenses/{license}/reinstate', plain, '401 403 403 403 403 403 403 403 200 403'],
  [
    'POST /v1/licenses/{license}/renew',
    () => ({ body: { validUntil: inTenYears } }),
    '401 403 403 403 403 403 403 403 200 403',
  ],
  ['POST /v1/licenses/{license}/revoke', plain, '401 403 403 403 403 403 403 403 200 403'],
  [
    'POST /v1/tokens',
    () => ({ body: { role: 'reader', organizationId, name: 'New' } }),
    '401 403 403 403 403 201 201 403 201 404',
  ],
  ['GET /v1/tokens', plain, '401 403 403 403 403 200 200 403 200 200'],
  ['DELETE /v1/tokens/{token}', plain, '401 403 403 403 403 204 204 403 204 404'],
  [
    'POST /v1/organizations/{organization}/members',
    () => ({ body: { email: freshEmail(), role: 'reader' } }),
    '401 403 403 403 403 201 201 403 201 404',
  ],
  ['GET /v1/organizations/{organization}/members', plain, '401 403 403 403 403 200 200 200 200 404'],
  [
    'PATCH /v1/organizations/{organization}/members/{member}',
    () => ({ body: { role: 'editor' } }),
    '401 403 403 403 403 200 200 403 200 404',
  ],
  ['DELETE /v1/organizations/{organization}/members/{member}', plain, '401 403 403 403 403 204 204 403 204 404'],
  [
    'POST /v1/organizations/{organization}/members/{member}/invitation',
    plain,
    '401 403 403 403 403 201 201 403 201 404',
  ],
  [
    'POST /v1/invitations',
    ({ invitationSecret }) => ({ body: { secret: invitationSecret, password } }),
    '200 200 200 200 200 200 200 200 200 200',
  ],
  [
    'POST /v1/invitations/look',
    ({ invitationSecret }) => ({ body: { secret: invitationSecret } }),
    '200 200 200 200 200 200 200 200 200 200',
  ],
  ['POST /v1/session', () => ({ body: { token: operatorToken } }), '200 200 200 200 200 200 200 200 200 200'],
  ['GET /v1/session', plain, '401 403 403 403 403 403 403 403 403 403', '', '200 200 200 200 200 200 200'],
  ['DELETE /v1/session', plain, '204 204 204 204 204 204 204 204 204 204'],
  ['DELETE /v1/sessions', plain, '401 403 403 403 403 403 403 403 403 403', '', '204 204 204 204 204 204 204'],
  [
    'PUT /v1/session/password',
    () => ({ body: { currentPassword: password, password: 'another horse battery' } }),
    '401 403 403 403 403 403 403 403 403 403',
    'of an access token',
  ],
  ['GET /v1/test-clock', plain, '401 403 403 403 403 403 403 403 200 403'],
  ['POST /v1/test-clock', () => ({ body: { advance: 'PT0.001S' } }), '401 403 403 403 403 403 403 403 200 403'],
  [
    'POST /v1/machines/device/decide',
    () => ({ body: { state: 'active', event: { type: 'logOut' } } }),
    '401 403 403 200 200 200 200 200 200 200',
  ],
  ['GET /v1/machines/device/population', plain, '401 403 403 200 200 200 200 200 200 200'],
  ['GET /v1/machines/device/subjects/{device}', plain, '401 403 403 200 200 200 200 200 200 404'],
  [
    'POST /v1/machines/device/subjects/{device}/dry-run',
    () => ({ body: { event: 'logOut' } }),
    '401 403 403 200 200 200 200 200 200 404',
  ],
  ['GET /v1/machines', plain, '200 200 200 200 200 200 200 200 200 200'],
  ['GET /v1/machines/device', plain, '200 200 200 200 200 200 200 200 200 200'],
  ['GET /v1/machines/device/coverage', plain, '200 200 200 200 200 200 200 200 200 200'],
  ['GET /v1/machines/device.svg', plain, '200 200 200 200 200 200 200 200 200 200'],
  ['GET /v1/machines/device.scxml', plain, '200 200 200 200 200 200 200 200 200 200'],
  ['GET /v1/machines/device.mmd', plain, '200 200 200 200 200 200 200 200 200 200'],
  ['GET /v1/machines/device.json', plain, '200 200 200 200 200 200 200 200 200 200'],
  ['GET /v1/machines/device.md', plain, '200 200 200 200 200 200 200 200 200 200'],
];

/** A route without the names of its parameters. */
const unnamed = (route: string): string => route.replace('machines/device', 'machines/{}').replace(/\{[^}]*\}/g, '{}');

const codeOf: Record<number, string> = { 401: 'unauthenticated', 403: 'forbidden', 404: 'notFound' };

type Asker = (typeof askers)[number];

function fill(scene: Scene, template: string): string {
  return template
    .replace('{device}', scene.device.id)
    .replace('{license}', scene.license.id)
    .replace('{ticket}', scene.ticketId)
    .replace('{organization}', organizationId)
    .replace('{member}', scene.memberId)
    .replace('{token}', scene.readerTokenId);
}

async function ask(scene: Scene, route: string, send: Send, asker: Asker): Promise<Answer> {
  const [method = '', template = ''] = route.split(' ');
  const path = fill(scene, template);
  const auth = asker === 'key' ? scene.license.auth : asker === 'device' ? scene.device.auth : tokens[asker];
  return server.request(method, path, { auth, ...(await send(scene)) });
}

/** The same in a browser in which the asker is signed in. */
async function askSignedIn(scene: Scene, route: string, send: Send, asker: Asker): Promise<Answer> {
  const [method = '', template = ''] = route.split(' ');
  const jar = new CookieJar(server);
  await jar.signIn({ token: tokens[asker]?.slice('Bearer '.length) ?? '' });
  return jar.request(method, fill(scene, template), await send(scene));
}

/** Expects each asker, in their order, to be answered with the status expected. */
async function expectStatuses(
  who: readonly Asker[],
  statuses: string,
  answerTo: (scene: Scene, asker: Asker) => Promise<Answer>,
): Promise<void> {
  const expected = statuses.split(' ').map(Number);
  expect(expected).toHaveLength(who.length);
  const answered: string[] = [];
  let scene = await prepare();
  for (const [index, asker] of who.entries()) {
    const answer = await answerTo(scene, asker);
    if (answer.status < 300) scene = await prepare();
    answered.push(`${asker} ${answer.status}`);
    const code = codeOf[answer.status];
    if (code !== undefined) expectProblem(answer, answer.status, code);
    if (expected[index] !== answer.status) answered.push(`(${answer.text.slice(0, 200)})`);
  }
  expect(answered).toEqual(who.map((asker, index) => `${asker} ${expected[index]}`));
}

const rows = table.map(([route, send, statuses, asked = '', bySession = statuses.split(' ').slice(3).join(' ')]) => ({
  route,
  send,
  statuses,
  asked,
  bySession,
}));

describe('who may do what', () => {
  it.each(rows)('$route $asked', async ({ route, send, statuses }) => {
    await expectStatuses(askers, statuses, (scene, asker) => ask(scene, route, send, asker));
  });

  it.each(rows)('$route $asked, signed in', async ({ route, send, bySession }) => {
    await expectStatuses(askers.slice(3), bySession, (scene, asker) => askSignedIn(scene, route, send, asker));
  });

  it('is said for every route of the OpenAPI document', async () => {
    const { body } = await server.request<{ paths: Record<string, object> }>('GET', '/openapi.json');
    const documented = Object.entries(body.paths)
      .filter(([path]) => path.startsWith('/v1/'))
      .flatMap(([path, item]) =>
        Object.keys(item)
          .filter((method) => ['get', 'put', 'post', 'patch', 'delete'].includes(method))
          .map((method) => `${method.toUpperCase()} ${path}`),
      )
      .map(unnamed);
    const listed = table.map(([route]) => unnamed(route));
    expect([...new Set(listed)].sort()).toEqual([...new Set(documented)].sort());
  });
});

describe('what a session says of its role', () => {
  const who = ['reader', 'editor', 'manager', 'owner', 'support', 'operator'] as const satisfies (Asker & Role)[];
  const everyRole = ['operator', 'support', 'owner', 'manager', 'editor', 'reader'] as const satisfies Role[];
  const everyStatus = ['open', 'resolved', 'closed'] as const;

  async function signInAs(role: Role): Promise<{ jar: CookieJar; may: SessionView['may'] }> {
    const jar = new CookieJar(server);
    await jar.signIn({ token: tokens[role]?.slice('Bearer '.length) ?? '' });
    return { jar, may: (await jar.request<SessionView>('GET', '/v1/session')).body.may };
  }

  it.each(who)('are the operations that a %s may use', async (role) => {
    const { body } = await server.request<{ paths: Record<string, Record<string, { operationId: string }>> }>(
      'GET',
      '/openapi.json',
    );
    const idOf = new Map(
      Object.entries(body.paths).flatMap(([path, item]) =>
        Object.entries(item).map(([method, { operationId }]) => [
          unnamed(`${method.toUpperCase()} ${path}`),
          operationId,
        ]),
      ),
    );
    const isUsed = ({ statuses, bySession }: (typeof rows)[number]): boolean =>
      statuses.startsWith('401') && bySession.split(' ')[who.indexOf(role)] !== '403';
    const used = rows.filter(isUsed).map(({ route }) => idOf.get(unnamed(route)) ?? route);
    // These are refused in the table for a reason beside the role: somebody else's ticket, no password.
    const beside = role === 'reader' ? ['changePassword'] : ['changePassword', 'moveTicket'];
    const { may } = await signInAs(role);
    expect(may.use).toEqual([...new Set([...used, ...beside])].sort());
  });

  it.each(who)('are the people and the tokens that a %s may make', async (role) => {
    const { jar, may } = await signInAs(role);
    const made = { lookAfterPeople: [] as Role[], issueTokens: [] as Role[] };
    for (const given of everyRole) {
      const person = { email: freshEmail(), role: given };
      const added = await jar.request('POST', `/v1/organizations/${organizationId}/members`, { body: person });
      if (added.status === 201) made.lookAfterPeople.push(given);
      else expectProblem(added, 403, 'forbidden');
      const isOfVendor = given === 'operator' || given === 'support';
      const token = { role: given, name: 'Given', ...(isOfVendor ? {} : { organizationId }) };
      const issued = await jar.request('POST', '/v1/tokens', { body: token });
      if (issued.status === 201) made.issueTokens.push(given);
      else expectProblem(issued, 403, 'forbidden');
    }
    expect(may.lookAfterPeople).toEqual(made.lookAfterPeople);
    const { ofOrganization, ofVendor } = may.issueTokens;
    expect([...ofVendor, ...ofOrganization]).toEqual(made.issueTokens);
    expect(ofVendor.filter((given) => given !== 'operator' && given !== 'support')).toEqual([]);
    expect(ofOrganization.filter((given) => given === 'operator' || given === 'support')).toEqual([]);
  });

  it.each(who)('are the states to which a %s may move tickets', async (role) => {
    const { jar, may } = await signInAs(role);
    const { license } = await prepare();
    const moved = { ofOthers: [] as string[], ofOwn: [] as string[] };
    const wish = { licenseId: license.id, topic: 'deviceDeactivation', message: 'Help' };
    for (const status of everyStatus) {
      const others = (await openTicket(server, license.id)).id;
      const own = await jar.request<{ id: string }>('POST', '/v1/support-tickets', { body: wish });
      // A reader opens none.
      for (const [whose, id] of [
        ['ofOthers', others],
        ['ofOwn', own.status === 201 ? own.body.id : others],
      ] as const) {
        const answer = await jar.request('PATCH', `/v1/support-tickets/${id}`, { body: { status } });
        if (answer.status === 200) moved[whose].push(status);
        else expectProblem(answer, 403, 'forbidden');
      }
    }
    expect(may.moveTickets).toEqual(moved);
  });
});

describe('what depends on more than the role', () => {
  it("another device's token finds no device but its own", async () => {
    const { license, device } = await prepare();
    const other = await activate(server, license);
    const answer = await server.request('GET', `/v1/devices/${device.id}`, { auth: other.auth });
    expectProblem(answer, 404, 'notFound');
  });

  it('a license key finds no other license', async () => {
    const { license } = await prepare();
    const { id } = await register(server, license.id);
    const answer = await server.request('POST', `/v1/devices/${id}/check-in`, { auth: license.auth });
    expectProblem(answer, 403, 'forbidden');
  });
});
