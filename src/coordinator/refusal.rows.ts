/** Writes the counted refusals of ended minutes as rows, each in its license's history. */

import { hasRivals, type Session } from '../persistence/session.js';
import { lockLicenses } from './lock.statements.js';
import type { CountedRefusal } from './refusal.log.js';
import type { RecordedStep } from './result.js';
import { appendSteps, loadLicenses, saveSequence } from './statements.js';

/** Appends one row per count, within the transaction it is given, and gives the rows. @param now epoch milliseconds */
export async function appendCounts(
  session: Session,
  counts: readonly CountedRefusal[],
  now: number,
): Promise<readonly RecordedStep[]> {
  const ids = [...new Set(counts.map(({ refusal }) => refusal.licenseId))];
  if (hasRivals(session)) await lockLicenses(session, ids.sort());
  const sequences = new Map((await loadLicenses(session, ids)).map((row) => [row.id, row.last_sequence]));
  const rows = counts.map(({ refusal, count }) => {
    const sequence = (sequences.get(refusal.licenseId) ?? 0) + 1;
    sequences.set(refusal.licenseId, sequence);
    return { ...refusal, sequence, count, recordedAt: now };
  });
  await appendSteps(session, rows);
  for (const [licenseId, sequence] of sequences) await saveSequence(session, licenseId, sequence);
  return rows;
}
