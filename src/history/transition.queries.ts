/** Reads the history. It is only ever appended to, by the coordinator. */
import type { RecordedStep } from '../coordinator/result.js';
import type { Session, SqlParameter } from '../persistence/session.js';
import { recordedStepOf, type TransitionColumns } from './transition.mapper.js';

/** Which rows are wanted; what is left out is not asked for. Times are epoch milliseconds, of when a row holds. */
export interface TransitionFilter {
  readonly event?: readonly string[] | undefined;
  readonly actorKind?: string | undefined;
  readonly actorId?: string | undefined;
  readonly outcome?: string | undefined;
  readonly machine?: string | undefined;
  /** Inclusive. */
  readonly from?: number | undefined;
  /** Exclusive. */
  readonly to?: number | undefined;
}

/** A way through a history: rows on one side of a sequence, the nearest first. */
export type TransitionRange =
  | { readonly order: 'newestFirst'; /** Exclusive. */ readonly below: number }
  | { readonly order: 'oldestFirst'; /** Exclusive. */ readonly above: number };

/** The rows of a license: its own, its setting's, its devices' and tickets'. */
export async function listTransitionsOfLicense(
  session: Session,
  licenseId: string,
  filter: TransitionFilter,
  range: TransitionRange,
  countMax: number,
): Promise<RecordedStep[]> {
  const { sql, values } = conditionOf(session, filter);
  const { bound, edge, sorted } = partsOf(range);
  // Asked for their sequences only, rows that few others are like are found in an index; their table is not read for it.
  const sequences = `SELECT sequence FROM transition WHERE license_id = ? AND ${bound}${sql} ${sorted} LIMIT ?`;
  const rows = await session.all<TransitionColumns>(
    `SELECT * FROM transition WHERE license_id = ? AND sequence IN (${sequences}) ${sorted}`,
    [licenseId, licenseId, edge, ...values, countMax],
  );
  return rows.map(recordedStepOf);
}

/** The rows of a device or ticket. */
export async function listTransitionsOfSubject(
  session: Session,
  subjectId: string,
  filter: TransitionFilter,
  range: TransitionRange,
  countMax: number,
): Promise<RecordedStep[]> {
  const { sql, values } = conditionOf(session, filter);
  const { bound, edge, sorted } = partsOf(range);
  const rows = await session.all<TransitionColumns>(
    `SELECT * FROM transition WHERE subject_id = ? AND ${bound}${sql} ${sorted} LIMIT ?`,
    [subjectId, edge, ...values, countMax],
  );
  return rows.map(recordedStepOf);
}

function partsOf(range: TransitionRange): { bound: string; edge: number; sorted: string } {
  return range.order === 'newestFirst'
    ? { bound: 'sequence < ?', edge: range.below, sorted: 'ORDER BY sequence DESC' }
    : { bound: 'sequence > ?', edge: range.above, sorted: 'ORDER BY sequence' };
}

/** Few texts, whatever is asked for, because each is prepared and kept. */
function conditionOf(
  { dialect }: Session,
  { event, actorKind, actorId, outcome, machine, from, to }: TransitionFilter,
): { sql: string; values: SqlParameter[] } {
  const conditions: [sql: string, ...values: SqlParameter[]][] = [];
  if (event !== undefined) {
    if (dialect === 'postgres') conditions.push(['event = ANY(?::text[])', event]);
    else conditions.push(['event IN (SELECT value FROM json_each(?))', JSON.stringify(event)]);
  }
  if (actorKind !== undefined) conditions.push(['actor_kind = ?', actorKind]);
  if (actorId !== undefined) conditions.push(['actor_id = ?', actorId]);
  if (outcome !== undefined) conditions.push(['outcome = ?', outcome]);
  if (machine !== undefined) conditions.push(['machine = ?', machine]);
  if (from !== undefined || to !== undefined) {
    conditions.push(['at >= ? AND at < ?', from ?? 0, to ?? Number.MAX_SAFE_INTEGER]);
  }
  return {
    sql: conditions.map(([sql]) => ` AND ${sql}`).join(''),
    values: conditions.flatMap(([, ...values]) => values),
  };
}

/** Whether time has done something to a license that is not written yet. @param now epoch milliseconds */
export async function hasUnwritten(session: Session, licenseId: string, now: number): Promise<boolean> {
  const rows = await session.all(
    `SELECT 1 AS found WHERE EXISTS (
       SELECT 1 FROM device
       WHERE license_id = ? AND state = 'active' AND sweep_at <= ? AND deactivation_date <= ?)
     OR EXISTS (SELECT 1 FROM license WHERE id = ? AND status = 'active' AND valid_until <= ?)`,
    [licenseId, now, now, licenseId, now],
  );
  return rows.length > 0;
}

/** Whether this is a device or a ticket of this license. */
export async function isSubjectOf(session: Session, subjectId: string, licenseId: string): Promise<boolean> {
  const rows = await session.all(
    `SELECT 1 AS found FROM device WHERE id = ? AND license_id = ?
     UNION ALL SELECT 1 FROM support_ticket WHERE id = ? AND license_id = ?`,
    [subjectId, licenseId, subjectId, licenseId],
  );
  return rows.length > 0;
}
