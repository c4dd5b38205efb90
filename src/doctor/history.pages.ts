/** Reads the whole history page by page, so that its length does not matter. Judges nothing. */
import type { Session } from '../persistence/session.js';

/** What the walks read of a row. */
export interface HistoryRow {
  readonly license_id: string;
  readonly sequence: number;
  readonly at: number;
  readonly machine: string;
  readonly subject_id: string | null;
  readonly event: string;
  readonly from_state: string | null;
  readonly to_state: string | null;
  readonly outcome: string;
  readonly check_ins: number;
  readonly actor_kind: string;
  readonly seat_number: number | null;
  readonly epoch: number | null;
  readonly deactivation_date: number | null;
}

const rowsPerPage = 1_000;
const columns = `license_id, sequence, at, machine, subject_id, event, from_state, to_state, outcome, check_ins,
  actor_kind, seat_number, epoch, deactivation_date`;

/** Every row, license by license, each license's by sequence. */
export function pagesByLicense(session: Session): AsyncGenerator<HistoryRow[]> {
  return pages(session, 'license_id', 'sequence >= 0', (row) => row.license_id);
}

/** Every row that has a subject, subject by subject, each subject's by sequence. */
export function pagesBySubject(session: Session): AsyncGenerator<HistoryRow[]> {
  return pages(session, 'subject_id', 'subject_id IS NOT NULL', (row) => row.subject_id ?? '');
}

async function* pages(
  session: Session,
  key: string,
  condition: string,
  keyOf: (row: HistoryRow) => string,
): AsyncGenerator<HistoryRow[]> {
  let after: [string, number] = ['', -1];
  for (;;) {
    const rows = await session.all<HistoryRow>(
      `SELECT ${columns} FROM transition WHERE ${condition} AND (${key}, sequence) > (?, ?)
       ORDER BY ${key}, sequence LIMIT ${rowsPerPage}`,
      after,
    );
    const last = rows.at(-1);
    if (last === undefined) return;
    yield rows;
    after = [keyOf(last), last.sequence];
  }
}
