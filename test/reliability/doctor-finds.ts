/** What `seatkeeper doctor` finds in a database file, beside the account of `rules-in-file`: the two were written apart. */
import { examine } from '../../src/doctor/examination.js';
import { readSqliteFile } from '../../src/persistence/sqlite.reading.js';

/** Sentences; none where the rules hold. A server may be running on the file. */
export async function findingsIn(file: string): Promise<string[]> {
  const { findings } = await readSqliteFile(file, examine);
  return findings.map(({ rule, code, sentence }) => `${rule} ${code}: ${sentence}`);
}
