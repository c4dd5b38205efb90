/** The sandbox: what a machine would do, with imagined facts, and that nothing comes of it. */
import { expectProblem } from '../support/problem.js';
import { operatorToken, startServer, type TestServer } from '../support/server.js';

interface Imagination {
  machine: string;
  from: string;
  event: string;
  outcome: string;
  to: string;
  context: Record<string, unknown>;
  reason: string | null;
  guard: { name: string; description: string } | null;
  remedy: string | null;
}

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

const ask = (machine: string, body: unknown) =>
  server.request<Imagination>('POST', `/v1/machines/${machine}/decide`, {
    auth: `Bearer ${operatorToken}`,
    body: body as object,
  });

const at = '2026-11-24T09:30:00.000Z';

it('says what would become of a device, with its dates', async () => {
  const { status, body } = await ask('device', {
    state: 'loggedOut',
    event: { type: 'activate', at, freeSeat: 3, checkInPeriod: 'P10D', epoch: 4, validUntil: '2026-12-01T00:00:00Z' },
  });
  expect([status, body]).toEqual([
    200,
    {
      machine: 'device',
      from: 'loggedOut',
      event: 'activate',
      outcome: 'changed',
      to: 'active',
      context: {
        seat: 3,
        epoch: 4,
        activatedAt: at,
        lastSeenAt: at,
        deactivationDate: '2026-12-04T09:30:00.000Z',
        leaseExpiresAt: '2026-12-01T00:00:00.000Z',
      },
      reason: null,
      guard: null,
      remedy: null,
    },
  ]);
});

it('says which guard refuses, why, and what a person could do', async () => {
  const { body } = await ask('device', {
    state: 'active',
    context: { epoch: 1 },
    event: { type: 'remotelyDeactivate', setting: 'enabled', epoch: 2 },
  });
  expect(body).toMatchObject({
    outcome: 'refused',
    from: 'active',
    to: 'active',
    reason: 'devicePredatesRemoteDeactivation',
    guard: { name: 'activatedUnderCurrentEnabling', description: expect.stringMatching(/\.$/) },
    remedy: expect.stringMatching(/Log out/),
  });
  // Here the state itself does not know the event.
  expect((await ask('device', { state: 'expired', event: { type: 'checkIn' } })).body).toMatchObject({
    outcome: 'refused',
    reason: 'deviceNotActive',
    guard: null,
  });
});

it.each([
  ['device', 'active', 'checkIn', 'connected', 'active'],
  ['device', 'active', 'remotelyDeactivate', 'changed', 'remotelyDeactivated'],
  ['device', 'active', 'expire', 'refused', 'active'],
  ['device', 'loggedOut', 'logOut', 'unchanged', 'loggedOut'],
  ['device', 'inactive', 'activate', 'changed', 'active'],
  ['remoteDeactivation', 'disabled', 'enable', 'changed', 'enabled'],
  ['remoteDeactivation', 'enabling', 'blockingDeviceLeft', 'changed', 'enabled'],
  ['license', 'suspended', 'reinstate', 'changed', 'active'],
  ['license', 'revoked', 'renew', 'refused', 'revoked'],
  ['supportTicket', 'open', 'close', 'changed', 'closed'],
  ['clientSession', 'active', 'missAnswer', 'changed', 'offline'],
  ['clientSession', 'active', 'confirm', 'connected', 'active'],
  ['clientSession', 'offline', 'missAnswer', 'unchanged', 'offline'],
  ['clientSession', 'deactivated', 'activate', 'changed', 'activating'],
  ['clientSession', 'signedOut', 'confirm', 'refused', 'signedOut'],
])('takes ordinary facts where none are given: a %s that is %s on %s', async (machine, state, type, outcome, to) => {
  const { status, body } = await ask(machine, { state, event: { type } });
  expect([status, body.outcome, body.to]).toEqual([200, outcome, to]);
});

it('hears who asks for a seat again, and has no remedy of the interface for what the software says to itself', async () => {
  const activating = (state: string, byPerson: boolean) =>
    ask('clientSession', { state, event: { type: 'activate', byPerson } });
  expect((await activating('deactivated', false)).body).toEqual({
    machine: 'clientSession',
    from: 'deactivated',
    event: 'activate',
    outcome: 'refused',
    to: 'deactivated',
    context: {},
    reason: 'eventNotAllowed',
    guard: { name: 'personAsks', description: expect.stringMatching(/person asks/) },
    remedy: null,
  });
  expect((await activating('deactivated', true)).body).toMatchObject({
    outcome: 'changed',
    to: 'activating',
    reason: null,
  });
  expect((await activating('ended', false)).body).toMatchObject({ outcome: 'changed', to: 'activating' });
});

it('hears the facts of the setting and of the license', async () => {
  const enable = await ask('remoteDeactivation', { state: 'disabled', event: { type: 'enable', activeDevices: 2 } });
  expect(enable.body).toMatchObject({ to: 'enabling', context: { epoch: 1 } });
  const reinstate = await ask('license', {
    state: 'suspended',
    context: { validUntil: at },
    event: { type: 'reinstate', at },
  });
  expect(reinstate.body).toMatchObject({ to: 'expired', context: { validUntil: at } });
});

it.each<[what: string, machine: string, body: unknown, path: string]>([
  ['an unknown state', 'device', { state: 'lost', event: { type: 'logOut' } }, 'state'],
  ['a state of another machine', 'license', { state: 'enabling', event: { type: 'suspend' } }, 'state'],
  ['an unknown event', 'device', { state: 'active', event: { type: 'explode' } }, 'event.type'],
  ['an event without a name', 'device', { state: 'active', event: {} }, 'event.type'],
  ['an unknown fact', 'device', { state: 'active', event: { type: 'logOut', seat: 1 } }, 'event.seat'],
  [
    'a fact of the wrong kind',
    'device',
    { state: 'active', event: { type: 'activate', freeSeat: 0 } },
    'event.freeSeat',
  ],
  [
    'a time that is none',
    'license',
    { state: 'active', event: { type: 'renew', validUntil: 'soon' } },
    'event.validUntil',
  ],
  ['an unknown memory', 'device', { state: 'active', context: { mood: 1 }, event: { type: 'logOut' } }, 'context.mood'],
  [
    'a fact that client software is not told',
    'clientSession',
    { state: 'active', event: { type: 'end', at } },
    'event.at',
  ],
  [
    'an asker that is no yes and no no',
    'clientSession',
    { state: 'deactivated', event: { type: 'activate', byPerson: 'yes' } },
    'event.byPerson',
  ],
  ['a state of a device', 'clientSession', { state: 'loggedOut', event: { type: 'activate' } }, 'state'],
  ['an event of a device', 'clientSession', { state: 'active', event: { type: 'checkIn' } }, 'event.type'],
  [
    'a memory of software',
    'clientSession',
    { state: 'active', context: { seat: 1 }, event: { type: 'end' } },
    'context.seat',
  ],
  ['no state', 'device', { event: { type: 'logOut' } }, 'state'],
  ['something else', 'device', { state: 'active', event: { type: 'logOut' }, dryRun: true }, 'dryRun'],
])('refuses %s', async (_what, machine, body, path) => {
  const { issues } = expectProblem(await ask(machine, body), 400, 'invalidRequest') as { issues?: { path: string }[] };
  expect(issues?.map((issue) => issue.path)).toEqual([path]);
});

it('knows no other machine', async () => {
  expectProblem(await ask('toaster', { state: 'active', event: { type: 'logOut' } }), 404, 'notFound');
});
