/**
 * Concurrent clients of one server: what each was told is what a license that does one thing after the other would have told it.
 * `LINEARIZABILITY_ROUNDS` says how many licenses, `LINEARIZABILITY_OPERATIONS` how many answers of each.
 */
import { until } from '../support/lives.js';
import { issueLicense } from '../support/scene.js';
import { startServer, type TestServer } from '../support/server.js';
import { RecordedCrowd } from './linearizability/crowd.recorder.js';
import { unexplainedIn } from './linearizability/explained.js';
import { findingsIn } from './doctor-finds.js';

const rounds = Number(process.env.LINEARIZABILITY_ROUNDS ?? 4);
const operationsMin = Number(process.env.LINEARIZABILITY_OPERATIONS ?? 600);
const seats = 3;

describe('concurrent clients of one server', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer({ clock: 'system' });
  });
  afterAll(() => server.stop());

  it(`are served as if one came after the other, on ${rounds} licenses at once`, async () => {
    const crowds = await Promise.all(
      Array.from({ length: rounds }, async () => new RecordedCrowd([server], await issueLicense(server, { seats }), 6)),
    );
    let hasEnded = false;
    const lives = crowds.map((crowd) => crowd.live(() => hasEnded));
    await until('enough was asked', () => crowds.every((crowd) => crowd.answered >= operationsMin), 120_000);
    hasEnded = true;
    await Promise.all(lives);
    for (const crowd of crowds) {
      await crowd.readEverything();
      expect(crowd.surprises).toEqual([]);
      expect(unexplainedIn(crowd, seats)).toEqual([]);
    }
    expect(await findingsIn(server.databaseUrl)).toEqual([]);
    const answered = crowds.reduce((sum, crowd) => sum + crowd.answered, 0);
    process.stdout.write(
      `linearizability: ${answered} operations on ${rounds} licenses of one server, all explained\n`,
    );
  }, 400_000);
});
