/** Dry runs from the inspector: in random lives every step is tried before it is taken, and comes out the same. */
import fc from 'fast-check';
import { isOnPostgres } from '../support/postgres.js';
import { expectProblem, type Problem } from '../support/problem.js';
import type { DryRun, Inspection, Transition } from '../support/representations.js';
import { anyMove, RestlessLicense, type RestlessStep } from '../support/restless.license.js';
import {
  accepted,
  activate,
  historyOfLicense,
  issueLicense,
  memberToken,
  openTicket,
  readDevice,
  unknownId,
} from '../support/scene.js';
import { startServer, type TestServer } from '../support/server.js';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

const pathOf = ({ machine, id }: RestlessStep['subject']): string => `/v1/machines/${machine}/subjects/${id}`;
const tryOut = async (subject: RestlessStep['subject'], wish: object): Promise<DryRun> =>
  accepted(await server.request<DryRun>('POST', `${pathOf(subject)}/dry-run`, { body: wish }));
const inspect = async (subject: RestlessStep['subject']): Promise<Inspection> =>
  accepted(await server.request<Inspection>('GET', pathOf(subject)));

/** Rows without what differs between two requests. */
const foreseen = (rows: Transition[]) =>
  rows.map((row) => ({ ...row, requestId: null, recordedAt: null, actor: { ...row.actor, id: null } }));

it('gives what the same command gives in earnest, and what was expected of its event', async () => {
  let taken = 0;
  const lives = fc.asyncProperty(
    fc.constantFrom('enabled', 'disabled'),
    fc.array(anyMove, { minLength: 35, maxLength: 35 }),
    async (remoteDeactivation, moves) => {
      const license = await RestlessLicense.begin(server, { remoteDeactivation });
      for (const move of moves) {
        const step = await license.stepOf(move);
        if (step === null) continue;
        const { subject, wish } = step;
        const before = await inspect(subject);
        const prospect = before.prospects?.find(({ event }) => event === wish.event);
        const dry = await tryOut(subject, wish);
        const history = await historyOfLicense(server, license.id);
        expect(history[0]?.sequence).toBe(before.sequence);

        const earnest = await step.inEarnest();
        const told = { wish, state: before.state };
        const rows = (await historyOfLicense(server, license.id)).slice(0, -history.length || undefined);
        const isRefused = earnest.status >= 300;
        expect({ ...told, isRefused }).toEqual({ ...told, isRefused: dry.outcome === 'refused' });
        if (isRefused) expect({ ...told, code: (earnest.body as Problem).code }).toEqual({ ...told, code: dry.reason });
        expect({ ...told, rows: foreseen(rows.toReversed()) }).toEqual({ ...told, rows: foreseen(dry.transitions) });
        const after = await inspect(subject);
        expect({ ...told, from: before.state, to: after.state }).toEqual({ ...told, from: dry.from, to: dry.to });
        // What a ticket forbids, the machine alone does not know.
        if (dry.reason !== 'ticketNotApplicable') {
          const { outcome, to, reason, guard, remedy } = dry;
          expect({ ...told, ...prospect }).toEqual({
            ...told,
            event: wish.event,
            isCommand: true,
            outcome,
            to,
            reason,
            guard,
            remedy,
          });
        }
        taken += 1;
      }
    },
  );
  await fc.assert(lives, { numRuns: isOnPostgres() ? 3 : 8, unbiased: true, endOnFailure: true });
  process.stdout.write(`dry runs: ${taken} followed by the same in earnest\n`);
}, 300_000);

it('stores nothing', async () => {
  const license = await issueLicense(server);
  const device = await activate(server, license);
  const before = await historyOfLicense(server, license.id);
  const { outcome, from, to, transitions } = await tryOut({ machine: 'device', id: device.id }, { event: 'logOut' });
  expect([outcome, from, to, transitions.map(({ event }) => event)]).toEqual([
    'changed',
    'active',
    'loggedOut',
    ['logOut'],
  ]);
  expect(await historyOfLicense(server, license.id)).toEqual(before);
  expect((await readDevice(server, device.id)).state).toBe('active');
});

it('names the guard that refuses, in words, with its remedy', async () => {
  const license = await issueLicense(server, { remoteDeactivation: 'disabled' });
  const device = await activate(server, license);
  const run = await tryOut({ machine: 'device', id: device.id }, { event: 'remotelyDeactivate' });
  expect(run).toMatchObject({
    outcome: 'refused',
    reason: 'remoteDeactivationDisabled',
    guard: { name: 'remoteDeactivationIsNotDisabled', description: expect.stringContaining('is not disabled') },
    remedy: expect.stringContaining('Enable'),
    transitions: [],
  });
});

describe('refuses', () => {
  it('an event of another machine, and one that only time brings', async () => {
    const license = await issueLicense(server);
    const device = await activate(server, license);
    for (const event of ['enable', 'resolve']) {
      const answer = await server.request('POST', `/v1/machines/device/subjects/${device.id}/dry-run`, {
        body: { event },
      });
      expectProblem(answer, 400, 'invalidRequest');
      expect(answer.text).toContain('must be one of activate, checkIn');
    }
    for (const event of ['expire', 'blockingDeviceLeft', 'nonsense']) {
      const answer = await server.request('POST', `/v1/machines/device/subjects/${device.id}/dry-run`, {
        body: { event },
      });
      expectProblem(answer, 400, 'invalidRequest');
    }
  });

  it('a forced deactivation without a ticket, or on one that the asker does not see', async () => {
    const license = await issueLicense(server);
    const device = await activate(server, license);
    const foreign = await openTicket(server, (await issueLicense(server)).id);
    const path = `/v1/machines/device/subjects/${device.id}/dry-run`;
    const event = 'forceDeactivate';
    expectProblem(await server.request('POST', path, { body: { event, reason: 'x' } }), 400, 'invalidRequest');
    const unknown = { event, reason: 'x', ticketId: unknownId };
    expectProblem(await server.request('POST', path, { body: unknown }), 404, 'notFound');
    const auth = (await memberToken(server, 'reader', license.organizationId)).auth;
    const others = { ...unknown, ticketId: foreign.id };
    expectProblem(await server.request('POST', path, { auth, body: others }), 404, 'notFound');
    // The vendor sees it, and it is about another license.
    expect(await tryOut({ machine: 'device', id: device.id }, others)).toMatchObject({
      outcome: 'refused',
      reason: 'ticketNotApplicable',
    });
  });

  it('a subject of another organization, as if there were none', async () => {
    const license = await issueLicense(server);
    const device = await activate(server, license);
    const ticket = await openTicket(server, license.id);
    const { auth } = await memberToken(server, 'owner', (await issueLicense(server)).organizationId);
    for (const [machine, id, event] of [
      ['device', device.id, 'logOut'],
      ['remoteDeactivation', license.id, 'disable'],
      ['license', license.id, 'suspend'],
      ['supportTicket', ticket.id, 'close'],
      ['device', unknownId, 'logOut'],
    ]) {
      const path = `/v1/machines/${machine}/subjects/${id}`;
      expectProblem(await server.request('POST', `${path}/dry-run`, { auth, body: { event } }), 404, 'notFound');
      expectProblem(await server.request('GET', path, { auth }), 404, 'notFound');
    }
  });
});
