/**
 * Counts by state in parts, each no longer than a batch takes, so that check-ins go on beside the counting of a million rows. What is
 * overdue is counted where time has put it (R4).
 */
import type { MachineId } from '../../machines/index.js';
import type { Session, SqlValue } from '../persistence/session.js';

/** What is walked through: a table along one of its keys. */
export interface Walk {
  readonly table: string;
  readonly key: string;
  /** The state as SQL, with a placeholder for now where it has one. */
  readonly state: string;
  readonly isTimed: boolean;
  /** SQL that narrows it down, and its values. */
  readonly condition: string;
  readonly values: readonly SqlValue[];
}

/** Where a walk stands. */
export interface Part {
  readonly counts: readonly (readonly [state: string, count: number])[];
  /** The key that it has come to; null at its end. */
  readonly last: string | null;
}

const tables = {
  device: {
    table: 'device',
    key: 'id',
    state: `CASE WHEN state = 'active' AND deactivation_date <= ? THEN 'expired' ELSE state END`,
    isTimed: true,
  },
  license: {
    table: 'license',
    key: 'id',
    state: `CASE WHEN status = 'active' AND valid_until <= ? THEN 'expired' ELSE status END`,
    isTimed: true,
  },
  remoteDeactivation: { table: 'remote_deactivation', key: 'license_id', state: 'state', isTimed: false },
  supportTicket: { table: 'support_ticket', key: 'id', state: 'status', isTimed: false },
} as const satisfies Record<MachineId, Pick<Walk, 'table' | 'key' | 'state' | 'isTimed'>>;

/** The walk through all there are. */
export function walkOfAll(machine: MachineId): Walk {
  return { ...tables[machine], condition: '', values: [] };
}

/** The walk through those of one license. */
export function walkOfLicense(machine: MachineId, licenseId: string): Walk {
  const column = machine === 'license' ? 'id' : 'license_id';
  const key = machine === 'device' ? 'fingerprint' : tables[machine].key;
  return { ...tables[machine], key, condition: `${column} = ? AND `, values: [licenseId] };
}

/** Counts on from a key. @param now epoch milliseconds */
export async function countPart(
  session: Session,
  { table, key, state, isTimed, condition, values }: Walk,
  after: string,
  rowsMax: number,
  now: number,
): Promise<Part> {
  const rows = await session.all<{ state: string; count: number; last: string }>(
    `SELECT state, count(*) AS count, max(max(place)) OVER () AS last FROM (
       SELECT ${key} AS place, ${state} AS state FROM ${table} WHERE ${condition}${key} > ? ORDER BY ${key} LIMIT ?
     ) AS part GROUP BY state`,
    [...(isTimed ? [now] : []), ...values, after, rowsMax],
  );
  const counts = rows.map((row) => [row.state, Number(row.count)] as const);
  const counted = counts.reduce((sum, [, count]) => sum + count, 0);
  // Found by the database, whose order of texts need not be the language's.
  const last = rows[0]?.last ?? null;
  return { counts, last: counted < rowsMax ? null : last };
}

/** The licenses of an organization after one of them, by id. */
export async function listLicenseIds(
  session: Session,
  organizationId: string,
  after: string,
  countMax: number,
): Promise<string[]> {
  const rows = await session.all<{ id: string }>(
    'SELECT id FROM license WHERE organization_id = ? AND id > ? ORDER BY id LIMIT ?',
    [organizationId, after, countMax],
  );
  return rows.map(({ id }) => id);
}
