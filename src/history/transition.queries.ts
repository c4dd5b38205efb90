/** Reads the history. It is only ever appended to, by the coordinator. */
import type { RecordedStep } from '../coordinator/result.js';
import type { Session } from '../persistence/session.js';
import { recordedStepOf, type TransitionColumns } from './transition.mapper.js';

/**
 * The rows of a license (its own, its setting's, its devices' and tickets'), newest first.
 *
 * @param before only rows with a lower sequence than this
 */
export async function listTransitionsOfLicense(
  session: Session,
  licenseId: string,
  before: number,
  countMax: number,
): Promise<RecordedStep[]> {
  const rows = await session.all<TransitionColumns>(
    'SELECT * FROM transition WHERE license_id = ? AND sequence < ? ORDER BY sequence DESC LIMIT ?',
    [licenseId, before, countMax],
  );
  return rows.map(recordedStepOf);
}

/** The rows of a device, newest first. @param before only rows with a lower sequence than this */
export async function listTransitionsOfDevice(
  session: Session,
  deviceId: string,
  before: number,
  countMax: number,
): Promise<RecordedStep[]> {
  const rows = await session.all<TransitionColumns>(
    'SELECT * FROM transition WHERE subject_id = ? AND sequence < ? ORDER BY sequence DESC LIMIT ?',
    [deviceId, before, countMax],
  );
  return rows.map(recordedStepOf);
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
