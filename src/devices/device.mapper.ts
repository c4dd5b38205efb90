/**
 * A device between its row and the rules: columns to `DeviceRow` and back. The database keeps what a snapshot needs apart
 * in columns, so this is also where a row that no machine could have written is noticed.
 */
import { type DeviceRow, type DeviceState, deviceStates, type Ending } from '../../machines/index.js';
import type { SqlValue } from '../persistence/session.js';

/** A row of the table `device`, as the database gives it. */
export interface DeviceColumns {
  id: string;
  license_id: string;
  fingerprint: string;
  name: string | null;
  named_by_person: number | boolean;
  platform: string | null;
  app_version: string | null;
  state: string;
  seat_number: number | null;
  epoch: number | null;
  activated_at: number | null;
  last_seen_at: number | null;
  deactivation_date: number | null;
  lease_expires_at: number | null;
  check_in_count: number;
  check_ins_since_row: number;
  ended_by_kind: string | null;
  ended_at: number | null;
  ended_reason: string | null;
  version: number;
  token_hash: string | null;
  next_token_hash: string | null;
  sweep_at: number | null;
}

/** A device with what only the server keeps of it. */
export interface DeviceRecord {
  readonly device: DeviceRow;
  readonly tokenHash: string | null;
  readonly nextTokenHash: string | null;
  readonly sweepAt: number | null;
}

/** The columns in the order of `valuesOf`. */
export const deviceColumns = [
  'id',
  'license_id',
  'fingerprint',
  'name',
  'named_by_person',
  'platform',
  'app_version',
  'state',
  'seat_number',
  'epoch',
  'activated_at',
  'last_seen_at',
  'deactivation_date',
  'lease_expires_at',
  'check_in_count',
  'check_ins_since_row',
  'ended_by_kind',
  'ended_at',
  'ended_reason',
  'version',
  'token_hash',
  'next_token_hash',
  'sweep_at',
] as const satisfies readonly (keyof DeviceColumns)[];

/** The types of the columns, for statements that take whole columns. */
export const deviceColumnTypes = {
  id: 'text',
  license_id: 'text',
  fingerprint: 'text',
  name: 'text',
  named_by_person: 'boolean',
  platform: 'text',
  app_version: 'text',
  state: 'text',
  seat_number: 'integer',
  epoch: 'integer',
  activated_at: 'bigint',
  last_seen_at: 'bigint',
  deactivation_date: 'bigint',
  lease_expires_at: 'bigint',
  check_in_count: 'integer',
  check_ins_since_row: 'integer',
  ended_by_kind: 'text',
  ended_at: 'bigint',
  ended_reason: 'text',
  version: 'integer',
  token_hash: 'text',
  next_token_hash: 'text',
  sweep_at: 'bigint',
} as const satisfies Record<keyof DeviceColumns, 'text' | 'bigint' | 'integer' | 'boolean'>;

/** A row from the list of its values, in the order of `deviceColumns`. */
export function deviceColumnsOf(values: readonly unknown[]): DeviceColumns {
  const [
    id,
    license_id,
    fingerprint,
    name,
    named_by_person,
    platform,
    app_version,
    state,
    seat_number,
    epoch,
    activated_at,
    last_seen_at,
    deactivation_date,
    lease_expires_at,
    check_in_count,
    check_ins_since_row,
    ended_by_kind,
    ended_at,
    ended_reason,
    version,
    token_hash,
    next_token_hash,
    sweep_at,
  ] = values as unknown as ValuesOf<typeof deviceColumns>;
  return {
    id,
    license_id,
    fingerprint,
    name,
    named_by_person,
    platform,
    app_version,
    state,
    seat_number,
    epoch,
    activated_at,
    last_seen_at,
    deactivation_date,
    lease_expires_at,
    check_in_count,
    check_ins_since_row,
    ended_by_kind,
    ended_at,
    ended_reason,
    version,
    token_hash,
    next_token_hash,
    sweep_at,
  };
}

/** The types of these columns, in this order. */
type ValuesOf<Columns extends readonly (keyof DeviceColumns)[]> = {
  readonly [Index in keyof Columns]: DeviceColumns[Columns[Index]];
};

/** Reads a row. Throws for one that breaks R3, which no machine could have written. */
export function deviceOf(row: DeviceColumns): DeviceRow {
  const isActive = row.state === 'active';
  if (
    !(deviceStates as readonly string[]).includes(row.state) ||
    isActive !== (row.seat_number !== null) ||
    isActive !== (row.deactivation_date !== null)
  ) {
    throw new Error(`the row of device ${row.id} breaks R3: ${row.state}, seat ${row.seat_number}`);
  }
  return {
    id: row.id,
    licenseId: row.license_id,
    fingerprint: row.fingerprint,
    name: row.name,
    namedByPerson: Boolean(row.named_by_person),
    platform: row.platform,
    appVersion: row.app_version,
    state: row.state as DeviceState,
    seat: row.seat_number,
    epoch: row.epoch,
    activatedAt: row.activated_at,
    lastSeenAt: row.last_seen_at,
    deactivationDate: row.deactivation_date,
    leaseExpiresAt: row.lease_expires_at,
    checkInCount: row.check_in_count,
    checkInsSinceRow: row.check_ins_since_row,
    endedBy:
      row.ended_by_kind === null || row.ended_at === null
        ? null
        : { kind: row.ended_by_kind as Ending['kind'], at: row.ended_at, reason: row.ended_reason },
    version: row.version,
  };
}

/** Reads a row with the server's own columns. */
export function deviceRecordOf(row: DeviceColumns): DeviceRecord {
  return {
    device: deviceOf(row),
    tokenHash: row.token_hash,
    nextTokenHash: row.next_token_hash,
    sweepAt: row.sweep_at,
  };
}

/** The values of a row, in the order of `deviceColumns`. */
export function valuesOf({ device, tokenHash, nextTokenHash, sweepAt }: DeviceRecord): SqlValue[] {
  return [
    device.id,
    device.licenseId,
    device.fingerprint,
    device.name,
    device.namedByPerson ? 1 : 0,
    device.platform,
    device.appVersion,
    device.state,
    device.seat,
    device.epoch,
    device.activatedAt,
    device.lastSeenAt,
    device.deactivationDate,
    device.leaseExpiresAt,
    device.checkInCount,
    device.checkInsSinceRow,
    device.endedBy?.kind ?? null,
    device.endedBy?.at ?? null,
    device.endedBy?.reason ?? null,
    device.version,
    tokenHash,
    nextTokenHash,
    sweepAt,
  ];
}
