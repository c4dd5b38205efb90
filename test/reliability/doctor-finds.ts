/** What `seatkeeper doctor` finds in a database, beside the account of `rules-in-file`: the two were written apart. */
import { parseConfiguration } from '../../src/config/configuration.js';
import { examine } from '../../src/doctor/examination.js';
import { readDatabase } from '../../src/persistence/open.database.js';
import { secretOfTheTests } from '../support/server.js';

/** Sentences; none where the rules hold. A server may be running on it. @param databaseUrl as `DATABASE_URL` says it */
export async function findingsIn(databaseUrl: string): Promise<string[]> {
  const { database } = parseConfiguration({ DATABASE_URL: databaseUrl, SEATKEEPER_SECRET: secretOfTheTests });
  const { findings } = await readDatabase(database, examine);
  return findings.map(({ rule, code, sentence }) => `${rule} ${code}: ${sentence}`);
}
