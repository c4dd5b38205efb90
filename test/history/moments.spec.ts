/**
 * The past from the history alone: random lives are watched while they are lived, and every moment that was seen is looked at again
 * afterwards, by its place in the history.
 */
import fc from 'fast-check';
import { isOnPostgres } from '../support/postgres.js';
import type { Inspection } from '../support/representations.js';
import { anyMove, RestlessLicense, type SubjectScene } from '../support/restless.license.js';
import { accepted } from '../support/scene.js';
import { startServer, type TestServer } from '../support/server.js';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

const inspect = async ({ machine, id }: SubjectScene, sequence?: number): Promise<Inspection> =>
  accepted(
    await server.request<Inspection>(
      'GET',
      `/v1/machines/${machine}/subjects/${id}${sequence === undefined ? '' : `?sequence=${sequence}`}`,
    ),
  );

/** What a moment says of its subject. Check-ins have no rows, so a date that they moved is not in the history. */
function sayings({ state, device, setting, license, transition }: Inspection, hasMovedDate: boolean) {
  return {
    state,
    device: device === null ? null : { ...device, deactivationDate: hasMovedDate ? 'moved' : device.deactivationDate },
    setting,
    license,
    last: transition?.sequence,
  };
}

it('equals what was seen, at every moment of random lives', async () => {
  let moments = 0;
  const lives = fc.asyncProperty(
    fc.constantFrom('enabled', 'disabled'),
    fc.array(anyMove, { minLength: 30, maxLength: 30 }),
    async (remoteDeactivation, moves) => {
      const license = await RestlessLicense.begin(server, { remoteDeactivation, supportAndUpgradeUntil: null });
      const moved = new Map<string, number>();
      const seen: { subject: SubjectScene; live: Inspection; hasMovedDate: boolean }[] = [];
      for (const move of moves) {
        const step = await license.stepOf(move);
        await step?.inEarnest();
        for (const subject of license.subjects) {
          const live = await inspect(subject);
          expect(live.isPresent).toBe(true);
          const row = live.transition?.sequence ?? 0;
          const isConnection = step?.subject.id === subject.id && /^(?:checkIn|activate)$/.test(step.wish.event);
          if (isConnection) moved.set(subject.id, row);
          seen.push({ subject, live, hasMovedDate: moved.get(subject.id) === row });
        }
      }
      for (const { subject, live, hasMovedDate } of seen) {
        const past = await inspect(subject, live.sequence);
        expect(past.isPresent).toBe(false);
        expect(past.prospects).toBeNull();
        expect({ subject, at: live.sequence, ...sayings(past, hasMovedDate) }).toEqual({
          subject,
          at: live.sequence,
          ...sayings(live, hasMovedDate),
        });
        moments += 1;
      }
    },
  );
  await fc.assert(lives, { numRuns: isOnPostgres() ? 2 : 4, unbiased: true, endOnFailure: true });
  process.stdout.write(`moments: ${moments} seen again\n`);
}, 300_000);
