/** The machines over HTTP: everybody may read the rules. */
import { expectProblem } from '../support/problem.js';
import { operatorToken, startServer, type TestServer } from '../support/server.js';

interface Machine {
  id: string;
  description: string;
  initial: string;
  states: { name: string; description: string; isFinal: boolean; tags: string[]; refusal: string }[];
  events: { name: string; description: string; facts: Record<string, unknown> }[];
  guards: { name: string; description: string; reason: string }[];
  transitions: {
    id: string;
    from: string;
    event: string;
    to: string | null;
    guards: string[];
    effect: string;
    description: string;
  }[];
  refusals: { state: string; event: string; guard: string | null; reason: string }[];
}

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

const read = (path: string, auth: string | null = null) =>
  server.request<Machine & { items: Machine[]; nextCursor: null }>('GET', path, { auth });

it('lists them, to everybody', async () => {
  for (const auth of [null, `Bearer ${operatorToken}`]) {
    const { status, body } = await read('/v1/machines', auth);
    expect([status, body.items.map(({ id }) => id), body.nextCursor]).toEqual([
      200,
      ['device', 'remoteDeactivation', 'license', 'supportTicket', 'clientSession'],
      null,
    ]);
    for (const machine of body.items) expect((await read(`/v1/machines/${machine.id}`, auth)).body).toEqual(machine);
  }
});

it('says what a license can do, and what it cannot', async () => {
  const { body } = await read('/v1/machines/license');
  expect(body).toMatchObject({ id: 'license', initial: 'active' });
  expect(body.states.map(({ name, isFinal }) => [name, isFinal])).toEqual([
    ['active', false],
    ['suspended', false],
    ['expired', false],
    ['revoked', true],
  ]);
  expect(body.events.map(({ name }) => name)).toEqual(['suspend', 'reinstate', 'expire', 'renew', 'revoke']);
  const from = (state: string) =>
    body.transitions
      .filter((transition) => transition.from === state)
      .map(({ event, to, guards, effect }) => [event, to, guards, effect]);
  expect(from('suspended')).toEqual([
    ['suspend', null, [], 'unchanged'],
    ['reinstate', 'expired', ['validityHasEnded'], 'changed'],
    ['reinstate', 'active', [], 'changed'],
    ['renew', null, [], 'changed'],
    ['revoke', 'revoked', [], 'changed'],
  ]);
  expect(body.guards).toEqual([
    { name: 'validityHasEnded', description: expect.stringMatching(/\.$/), reason: 'eventNotAllowed' },
  ]);
});

it('says in which states client software may run, and tags no other state', async () => {
  const { body } = await read('/v1/machines');
  const tagged = body.items.flatMap(({ id, states }) =>
    states.flatMap(({ name, tags }) => tags.map((tag) => `${id}.${name}: ${tag}`)),
  );
  expect(tagged).toEqual(['clientSession.active: mayRun', 'clientSession.offline: mayRun']);
  const { guards, initial, refusals } = (await read('/v1/machines/clientSession')).body;
  expect([initial, guards]).toEqual([
    'signedOut',
    [{ name: 'personAsks', description: expect.stringMatching(/person asks/), reason: 'eventNotAllowed' }],
  ]);
  expect(refusals).toContainEqual({
    state: 'deactivated',
    event: 'activate',
    guard: 'personAsks',
    reason: 'eventNotAllowed',
  });
});

it('gives client software in each form, and what tests have taken of it', async () => {
  const types = {
    svg: 'image/svg+xml',
    scxml: 'application/scxml+xml',
    mmd: 'text/vnd.mermaid',
    json: 'application/json',
    md: 'text/markdown',
  };
  for (const [ending, type] of Object.entries(types)) {
    const answer = await read(`/v1/machines/clientSession.${ending}`);
    expect([ending, answer.status, answer.headers.get('content-type')]).toEqual([
      ending,
      200,
      `${type}; charset=utf-8`,
    ]);
    expect(answer.text).toContain('clockBehind');
  }
  const { text } = await read('/v1/machines/clientSession.json');
  const { states } = JSON.parse(text) as { states: Record<string, { tags?: string[] }> };
  expect(Object.entries(states).filter(([, { tags }]) => tags !== undefined)).toEqual(
    ['active', 'offline'].map((name) => [name, expect.objectContaining({ tags: ['mayRun'] })]),
  );
  const coverage = await read('/v1/machines/clientSession/coverage');
  expect([coverage.status, coverage.body]).toEqual([200, expect.objectContaining({ machine: 'clientSession' })]);
});

describe('what lives in client software', () => {
  const subject = '/v1/machines/clientSession/subjects/01a20d9c-ba37-719a-a833-6cc15263ce43';
  it.each([
    ['GET', '/v1/machines/clientSession/population', undefined],
    ['GET', subject, undefined],
    ['GET', `${subject}?sequence=1`, undefined],
    ['POST', `${subject}/dry-run`, { event: 'logOut' }],
  ])('is not kept: %s %s finds nothing', async (method, path, body) => {
    const auth = `Bearer ${operatorToken}`;
    const { detail } = expectProblem(await server.request(method, path, { auth, body }), 404, 'notFound');
    expect(detail).toBe('The server keeps nothing that lives by this machine.');
    // Who may not ask of the others may not ask of it either.
    expectProblem(await server.request(method, path, { auth: null, body }), 401, 'unauthenticated');
  });

  it('has no rows in a history to be asked for', async () => {
    const path = '/v1/licenses/01a20d9c-ba37-719a-a833-6cc15263ce43/transitions?machine=clientSession';
    expectProblem(await server.request('GET', path), 400, 'invalidRequest');
  });
});

it('says which facts an event brings to the sandbox, as they ordinarily are', async () => {
  const factsOf = async (machine: string) =>
    Object.fromEntries((await read(`/v1/machines/${machine}`)).body.events.map(({ name, facts }) => [name, facts]));
  const license = { licenseStatus: 'active', checkInPeriod: 'P30D', validUntil: null };
  expect(await factsOf('device')).toEqual({
    activate: { ...license, freeSeat: 1, epoch: 1 },
    checkIn: license,
    logOut: {},
    expire: {},
    remotelyDeactivate: { setting: 'enabled', epoch: 1 },
    forceDeactivate: { ticketId: '' },
  });
  expect(await factsOf('remoteDeactivation')).toMatchObject({ enable: { activeDevices: 0 }, disable: {} });
  expect(await factsOf('license')).toMatchObject({ renew: { validUntil: null }, revoke: {} });
  // They are what is taken where they are left out.
  for (const { id, events, states } of (await read('/v1/machines')).body.items) {
    for (const { name, facts } of events) {
      const decide = (said: object) =>
        server.request('POST', `/v1/machines/${id}/decide`, {
          body: {
            state: states[0]?.name,
            event: { type: name, ...(id === 'clientSession' ? {} : { at: '2026-11-24T09:30:00.000Z' }), ...said },
          },
        });
      const { status, body } = await decide(facts);
      expect([status, body]).toEqual([200, (await decide({})).body]);
    }
  }
});

it('says that a check-in connects', async () => {
  const { transitions } = (await read('/v1/machines/device')).body;
  expect(transitions.find(({ from, event }) => from === 'active' && event === 'checkIn')).toEqual({
    id: 'active.checkIn',
    from: 'active',
    event: 'checkIn',
    to: null,
    guards: ['licenseIsNotSuspended', 'licenseIsNotExpired', 'licenseIsNotRevoked'],
    effect: 'connected',
    description: expect.stringMatching(/\.$/),
  });
});

it('gives each transition the name that it has in the picture', async () => {
  for (const { id, transitions } of (await read('/v1/machines')).body.items) {
    const { text } = await read(`/v1/machines/${id}.svg`);
    const drawn = [...text.matchAll(/ data-transition="([^"]+)"/g)].map(([, name]) => name);
    expect([...new Set(drawn)].sort()).toEqual(transitions.map((transition) => transition.id).sort());
  }
  const { transitions } = (await read('/v1/machines/license')).body;
  const named = ['suspended.reinstate', 'suspended.reinstate.1'].map((name) =>
    transitions.find(({ id }) => id === name),
  );
  expect(named.map((way) => [way?.from, way?.event, way?.to])).toEqual([
    ['suspended', 'reinstate', 'expired'],
    ['suspended', 'reinstate', 'active'],
  ]);
});

it('draws each of them', async () => {
  for (const { id } of (await read('/v1/machines')).body.items) {
    const answer = await read(`/v1/machines/${id}.svg`);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'image/svg+xml; charset=utf-8']);
    expect(answer.text).toMatch(/^<svg [^]*<\/svg>$/);
    expect(answer.text).toContain(`<title id="title">${id}</title>`);
    // The style that the picture brings, and nothing that runs or is loaded.
    expect(answer.headers.get('content-security-policy')).toBe("default-src 'none'; style-src 'unsafe-inline'");
    expect(answer.headers.get('cache-control')).toBe('public, max-age=300');
  }
  expect((await read('/v1/machines/device.svg')).text).toBe((await read('/v1/machines/device.svg')).text);
});

it.each([
  'nothing',
  'nothing.svg',
  '.svg',
  'device.svg.svg',
  'Device',
  'device.svgx',
  '__proto__',
  'constructor',
  '%20',
])('knows no machine %s', async (name) => {
  expectProblem(await read(`/v1/machines/${name}`), 404, 'notFound');
});

it('takes no question beside the path', async () => {
  expectProblem(await read('/v1/machines?limit=1'), 400, 'invalidRequest');
  expectProblem(await read('/v1/machines/device?state=active'), 400, 'invalidRequest');
});
