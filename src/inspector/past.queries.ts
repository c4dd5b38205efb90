/** Reads of a history the few rows that say what held at a moment of it. */
import type { LastSteps } from '../../machines/index.js';
import type { RecordedStep } from '../coordinator/result.js';
import { recordedStepOf, type TransitionColumns } from '../history/transition.mapper.js';
import type { Session, SqlParameter } from '../persistence/session.js';
import type { SubjectOf } from './subject.js';

/** The row of that place in a license's history; null where it does not reach so far. */
export function rowAt(session: Session, licenseId: string, sequence: number): Promise<RecordedStep | null> {
  return oneRow(session, 'license_id = ? AND sequence = ?', [licenseId, sequence]);
}

/** The last accepted row of a subject up to a sequence; null where it was not there yet. */
export function lastOf(session: Session, { machine, id }: SubjectOf, sequence: number): Promise<RecordedStep | null> {
  return oneRow(
    session,
    `subject_id = ? AND machine = ? AND sequence <= ? AND outcome = 'accepted' ORDER BY sequence DESC LIMIT 1`,
    [id, machine, sequence],
  );
}

/** The rows that `momentOf` concludes from, up to a sequence. */
export async function lastStepsOf(
  session: Session,
  licenseId: string,
  { machine, id }: SubjectOf,
  sequence: number,
): Promise<LastSteps> {
  const license = `subject_id = ? AND machine = 'license' AND sequence <= ?`;
  const setting = `subject_id = ? AND machine = 'remoteDeactivation'`;
  const newest = 'ORDER BY sequence DESC LIMIT 1';
  const hasRowsOfItsOwn = machine === 'device' || machine === 'supportTicket';
  return {
    license: await oneRow(session, `${license} ${newest}`, [licenseId, sequence]),
    seats: await oneRow(session, `${license} AND seats IS NOT NULL ${newest}`, [licenseId, sequence]),
    setting: await oneRow(session, `${setting} AND sequence <= ? ${newest}`, [licenseId, sequence]),
    birth: await rowAt(session, licenseId, 1),
    nextOfSetting: await oneRow(session, `${setting} AND sequence > ? ORDER BY sequence LIMIT 1`, [
      licenseId,
      sequence,
    ]),
    subject: hasRowsOfItsOwn
      ? await oneRow(session, `subject_id = ? AND sequence <= ? ${newest}`, [id, sequence])
      : null,
  };
}

async function oneRow(
  session: Session,
  condition: string,
  values: readonly SqlParameter[],
): Promise<RecordedStep | null> {
  const [row] = await session.all<TransitionColumns>(`SELECT * FROM transition WHERE ${condition}`, values);
  return row === undefined ? null : recordedStepOf(row);
}
