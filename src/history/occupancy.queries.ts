/** Reads of a license's history what moved its occupancy, from an index alone (`transition_questions`). */
import type { Session } from '../persistence/session.js';

const devicesMoved = `machine = 'device' AND (from_state = 'active') <> (to_state = 'active')`;
/** The license's birth and the changes of its fields, which may have moved its seats. */
const seatsMoved = `machine = 'license' AND event IN ('issue', 'change')`;

/** How full a license is written to be now. */
export async function presentOccupancy(
  session: Session,
  licenseId: string,
): Promise<{ activeDevices: number; seats: number }> {
  const [row] = await session.all<{ seats: number; active: number }>(
    `SELECT seats, (SELECT count(*) FROM seat WHERE license_id = license.id AND device_id IS NOT NULL) AS active
     FROM license WHERE id = ?`,
    [licenseId],
  );
  return { activeDevices: Number(row?.active ?? 0), seats: row?.seats ?? 0 };
}

/** A row that moved the occupancy, or tells of refusals. */
export interface Move {
  readonly sequence: number;
  readonly at: number;
  /** 1 where a device became active, -1 where one ceased to be; null where the row is about something else. */
  readonly devices: number | null;
  /** How many activations were refused; null where none was. */
  readonly refusals: number | null;
  /** How many seats there were after the row, where it knows. */
  readonly seats: number | null;
}

/**
 * Such rows, newest first. That is the order of time as well: whatever is decided about a license, what was due before is written before.
 *
 * @param before only rows with a lower sequence than this
 */
export async function listMoves(
  session: Session,
  licenseId: string,
  before: number,
  countMax: number,
): Promise<Move[]> {
  const rows = await session.lists(
    `SELECT sequence, at,
       CASE WHEN outcome = 'refused' OR machine <> 'device' THEN NULL WHEN to_state = 'active' THEN 1 ELSE -1 END,
       CASE WHEN outcome = 'refused' THEN count END, seats
     FROM transition
     WHERE license_id = ? AND sequence < ? AND ((${devicesMoved}) OR (${seatsMoved}) OR outcome = 'refused')
     ORDER BY sequence DESC LIMIT ?`,
    [licenseId, before, countMax],
  );
  return (rows as (number | null)[][]).map(([sequence, at, devices, refusals, seats]) => ({
    sequence: Number(sequence),
    at: Number(at),
    devices: devices ?? null,
    refusals: refusals ?? null,
    seats: seats ?? null,
  }));
}

/** How many seats the last row before this one that can have moved them tells; null where it does not, or there is none. */
export async function seatsBefore(session: Session, licenseId: string, before: number): Promise<number | null> {
  const [row] = await session.all<{ seats: number | null }>(
    `SELECT seats FROM transition WHERE license_id = ? AND sequence < ? AND ${seatsMoved} ORDER BY sequence DESC LIMIT 1`,
    [licenseId, before],
  );
  return row?.seats ?? null;
}
