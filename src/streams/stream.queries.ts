/** Reads what streams send: rows of the history in their order, and representations of the settled state. Writes nothing. */
import type { ChangeNotice } from '../coordinator/changes.js';
import type { RecordedStep } from '../coordinator/result.js';
import { presentDevice } from '../devices/device.presenter.js';
import type { DeviceRepresentation } from '../devices/device.schemas.js';
import { type DeviceColumns, deviceOf } from '../devices/device.mapper.js';
import { recordedStepOf, type TransitionColumns } from '../history/transition.mapper.js';
import { findLicense, listSeats } from '../licenses/license.queries.js';
import { settleDevice, type SettledLicense, settleLicense } from '../licenses/settled.js';
import type { Session } from '../persistence/session.js';

/** What a stream is about: a license with all that belongs to it, or one of its devices alone. */
export interface Scope {
  readonly licenseId: string;
  readonly deviceId: string | null;
}

/** The rows of a scope with a sequence above `after`, oldest first. */
export async function rowsAfter(
  session: Session,
  { licenseId, deviceId }: Scope,
  after: number,
  countMax: number,
): Promise<RecordedStep[]> {
  const [column, id] = deviceId === null ? ['license_id', licenseId] : ['subject_id', deviceId];
  const rows = await session.all<TransitionColumns>(
    `SELECT * FROM transition WHERE ${column} = ? AND sequence > ? ORDER BY sequence LIMIT ?`,
    [id, after, countMax],
  );
  return rows.map(recordedStepOf);
}

/** A settled license, and how far its history is written. */
export interface LicensePosition {
  readonly settled: SettledLicense;
  readonly sequence: number;
}

/** Reads a license at `now` (epoch milliseconds); null where there is none. */
export async function findPosition(session: Session, licenseId: string, now: number): Promise<LicensePosition | null> {
  const record = await findLicense(session, licenseId, null);
  if (record === null) return null;
  return { settled: await settleLicense(session, record, now), sequence: record.lastSequence };
}

/** The present representations of devices of a settled license, by id; those that do not exist are left out. */
export async function presentDevices(
  session: Session,
  settled: SettledLicense,
  ids: readonly string[],
): Promise<Map<string, DeviceRepresentation>> {
  const found = new Map<string, DeviceRepresentation>();
  for (let start = 0; start < ids.length; start += idsPerStatement) {
    const rows = await session.all<DeviceColumns>(selectDevices, padded(ids.slice(start, start + idsPerStatement)));
    for (const row of rows) {
      found.set(row.id, presentDevice(settleDevice(settled, deviceOf(row)), settled.setting, settled.now));
    }
  }
  return found;
}

const idsPerStatement = 100;
const placeholders = `${'?, '.repeat(idsPerStatement - 1)}?`;
const selectDevices = `SELECT * FROM device WHERE id IN (${placeholders})`;
const selectSequences = `SELECT id, last_sequence FROM license WHERE id IN (${placeholders})`;

/** Always as many, so that a statement has one text however many ids there are. */
function padded(ids: readonly string[]): (string | null)[] {
  return Array.from({ length: idsPerStatement }, (_, index) => ids[index] ?? null);
}

/** How far the histories of at most a hundred licenses are written. */
export async function findSequences(session: Session, ids: readonly string[]): Promise<ChangeNotice[]> {
  const rows = await session.all<{ id: string; last_sequence: number }>(selectSequences, padded(ids));
  return rows.map((row) => ({ licenseId: row.id, sequence: row.last_sequence }));
}

/** The devices on the lowest `seatsMax` seats of a settled license. */
export async function presentOccupants(
  session: Session,
  settled: SettledLicense,
  seatsMax: number,
): Promise<DeviceRepresentation[]> {
  const seats = await listSeats(session, settled.license.id, 0, seatsMax);
  return seats.flatMap(({ device }) => {
    const occupant = device === null ? null : settleDevice(settled, device);
    const isOccupied = occupant !== null && occupant.seat !== null;
    return isOccupied ? [presentDevice(occupant, settled.setting, settled.now)] : [];
  });
}
