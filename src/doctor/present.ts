/** What subjects of the history are now, for a page of them at once. Reads rows and judges nothing. */
import type { Session } from '../persistence/session.js';

/** A subject as its own row has it; what a machine does not have is null or 0. */
export interface Present {
  readonly id: string;
  readonly license_id: string;
  readonly state: string;
  readonly seat: number | null;
  readonly epoch: number | null;
  readonly deactivation_date: number | null;
  readonly since: number;
  readonly check_ins: number;
  readonly ended_at: number | null;
  readonly ended_by: string | null;
}

const nothingElse = `NULL AS seat, NULL AS epoch, NULL AS deactivation_date, 0 AS since, 0 AS check_ins, NULL AS ended_at, NULL AS ended_by`;

const selections: Readonly<Record<string, string>> = {
  device: `SELECT id, license_id, state, seat_number AS seat, epoch, deactivation_date, check_ins_since_row AS since,
    check_in_count AS check_ins, ended_at, ended_by_kind AS ended_by FROM device WHERE id`,
  license: `SELECT id, id AS license_id, status AS state, ${nothingElse} FROM license WHERE id`,
  remoteDeactivation: `SELECT license_id AS id, license_id, state, NULL AS seat, epoch, NULL AS deactivation_date, 0 AS since,
    0 AS check_ins, NULL AS ended_at, NULL AS ended_by FROM remote_deactivation WHERE license_id`,
  supportTicket: `SELECT id, license_id, status AS state, ${nothingElse} FROM support_ticket WHERE id`,
};

const idsPerQuestion = 250;

/** The subjects that exist, by id; none for a machine that there is not. */
export async function presentOf(
  session: Session,
  machine: string,
  ids: readonly string[],
): Promise<Map<string, Present>> {
  const found = new Map<string, Present>();
  const selection = selections[machine];
  if (selection === undefined) return found;
  for (let start = 0; start < ids.length; start += idsPerQuestion) {
    const some = ids.slice(start, start + idsPerQuestion);
    const rows = await session.all<Present>(`${selection} IN (${some.map(() => '?').join(', ')})`, some);
    for (const row of rows) found.set(row.id, row);
  }
  return found;
}
