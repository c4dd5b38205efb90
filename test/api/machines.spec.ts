/** The machines over HTTP: everybody may read the rules. */
import { expectProblem } from '../support/problem.js';
import { operatorToken, startServer, type TestServer } from '../support/server.js';

interface Machine {
  id: string;
  description: string;
  initial: string;
  states: { name: string; description: string; isFinal: boolean; tags: string[]; refusal: string }[];
  events: { name: string; description: string }[];
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
