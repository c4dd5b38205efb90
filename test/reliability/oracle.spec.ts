/**
 * Random walks against a real server with the test clock, each step held against an independent oracle. `ORACLE_RUNS`, `ORACLE_STEPS`,
 * `ORACLE_SEED` and `ORACLE_PATH` choose how many, how long and which; a failure prints the shrunken steps with seed and path.
 */
import fc from 'fast-check';
import { isOnPostgres } from '../support/postgres.js';
import { issueToken } from '../support/scene.js';
import { startServer, type TestServer } from '../support/server.js';
import { findingsIn } from './doctor-finds.js';
import { anyStep, anyTerms, licenseCount } from './oracle/step.js';
import { beginWalk, compareAll, takeStep } from './oracle/walk.js';

/** Fewer on PostgreSQL, where a step takes several times as long. */
const runs = Number(process.env.ORACLE_RUNS ?? (isOnPostgres() ? 10 : 40));
const stepsMax = Number(process.env.ORACLE_STEPS ?? 60);
const seed = Number(process.env.ORACLE_SEED ?? Math.floor(Math.random() * 2 ** 31));
const path = process.env.ORACLE_PATH;
const millisMax = 90_000 + runs * 3_000;

describe('the server and the oracle', () => {
  let server: TestServer;
  let support: string;

  beforeAll(async () => {
    server = await startServer();
    support = (await issueToken(server, 'support')).token;
  });

  afterAll(async () => {
    await server.stop();
  });

  it(
    'agree after every step of random walks through licenses, devices, settings, tickets and time',
    async () => {
      let taken = 0;
      const walks = fc.asyncProperty(
        fc.array(anyTerms, { minLength: licenseCount, maxLength: licenseCount }),
        fc.array(anyStep, { minLength: 1, maxLength: stepsMax, size: 'max' }),
        async (terms, steps) => {
          const walk = await beginWalk(server, support, terms);
          for (const step of steps) await takeStep(walk, step);
          await compareAll(walk);
          taken += walk.taken;
        },
      );
      await fc.assert(walks, {
        seed,
        path,
        numRuns: runs,
        // Without the bias towards short lists, which lead nowhere here.
        unbiased: true,
        // Ends the search for a shorter counterexample in time to print the one that it has.
        interruptAfterTimeLimit: millisMax - 30_000,
        markInterruptAsFailure: true,
      });
      expect(await findingsIn(server.databaseUrl)).toEqual([]);
      process.stdout.write(`oracle: ${runs} walks, ${taken} steps, seed ${seed}\n`);
    },
    millisMax,
  );
});
