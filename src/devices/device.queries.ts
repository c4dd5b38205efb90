/** Reads devices. Conditions on the state are those of the settled state (R4). Writes nothing. */
import type { DeviceRow, DeviceState } from '../../machines/index.js';
import type { Session, SqlValue } from '../persistence/session.js';
import { type DeviceColumns, deviceOf } from './device.mapper.js';

/** The device with this id, as it is written; null where there is none. */
export async function findDevice(session: Session, id: string): Promise<DeviceRow | null> {
  const [row] = await session.all<DeviceColumns>('SELECT * FROM device WHERE id = ?', [id]);
  return row === undefined ? null : deviceOf(row);
}

/** The sort key of the list: when it was last seen (-1: never), and its id. */
export type LastSeenKey = readonly [number, string];

/** Devices of a license, last seen first. @param states none for all */
export async function listDevices(
  session: Session,
  licenseId: string,
  states: readonly DeviceState[],
  now: number,
  after: LastSeenKey | undefined,
  countMax: number,
): Promise<DeviceRow[]> {
  const conditions = states.map((state) => settledCondition(state, now));
  const wanted = conditions.length === 0 ? '1 = 1' : conditions.map(({ sql }) => `(${sql})`).join(' OR ');
  const [lastSeen, id] = after ?? [Number.MAX_SAFE_INTEGER, ''];
  const rows = await session.all<DeviceColumns>(
    `SELECT * FROM device WHERE license_id = ? AND (${wanted}) AND (coalesce(last_seen_at, -1), id) < (?, ?)
     ORDER BY coalesce(last_seen_at, -1) DESC, id DESC LIMIT ?`,
    [licenseId, ...conditions.flatMap(({ values }) => values), lastSeen, id, countMax],
  );
  return rows.map(deviceOf);
}

/** The sort key of a device in the list. */
export function lastSeenKeyOf(device: DeviceRow): LastSeenKey {
  return [device.lastSeenAt ?? -1, device.id];
}

function settledCondition(state: DeviceState, now: number): { sql: string; values: SqlValue[] } {
  if (state === 'active') return { sql: `state = 'active' AND deactivation_date > ?`, values: [now] };
  if (state !== 'expired') return { sql: 'state = ?', values: [state] };
  return { sql: `state = 'expired' OR (state = 'active' AND deactivation_date <= ?)`, values: [now] };
}

/** The active devices with the earliest deactivation dates. */
export async function earliestActiveDevices(
  session: Session,
  licenseId: string,
  now: number,
  countMax: number,
): Promise<DeviceRow[]> {
  const rows = await session.all<DeviceColumns>(
    `SELECT * FROM device WHERE license_id = ? AND state = 'active' AND deactivation_date > ?
     ORDER BY deactivation_date, id LIMIT ?`,
    [licenseId, now, countMax],
  );
  return rows.map(deviceOf);
}

/** The earliest deactivation date of the active devices; null where none is active. */
export async function earliestDeactivationDate(
  session: Session,
  licenseId: string,
  now: number,
): Promise<number | null> {
  const [row] = await session.all<{ earliest: number | null }>(
    `SELECT min(deactivation_date) AS earliest FROM device
     WHERE license_id = ? AND state = 'active' AND deactivation_date > ?`,
    [licenseId, now],
  );
  return row?.earliest ?? null;
}
