/** A recorded step between the history's row and the rest of the server. */
import type { Actor, Reason, Step } from '../../machines/index.js';
import type { RecordedStep } from '../coordinator/result.js';
import type { SqlValue } from '../persistence/session.js';

/** A row of the table `transition`. */
export interface TransitionColumns {
  license_id: string;
  sequence: number;
  at: number;
  recorded_at: number;
  machine: string;
  subject_id: string | null;
  event: string;
  from_state: string | null;
  to_state: string | null;
  outcome: string;
  reason: string | null;
  note: string | null;
  count: number;
  check_ins: number;
  actor_kind: string;
  actor_id: string | null;
  actor_name: string | null;
  ticket_id: string | null;
  request_id: string | null;
  seat_number: number | null;
  epoch: number | null;
  deactivation_date: number | null;
  seats: number | null;
}

export const transitionColumns = [
  'license_id',
  'sequence',
  'at',
  'recorded_at',
  'machine',
  'subject_id',
  'event',
  'from_state',
  'to_state',
  'outcome',
  'reason',
  'note',
  'count',
  'check_ins',
  'actor_kind',
  'actor_id',
  'actor_name',
  'ticket_id',
  'request_id',
  'seat_number',
  'epoch',
  'deactivation_date',
  'seats',
] as const satisfies readonly (keyof TransitionColumns)[];

/** The types of the columns, for statements that take whole columns. */
export const transitionColumnTypes = {
  license_id: 'text',
  sequence: 'bigint',
  at: 'bigint',
  recorded_at: 'bigint',
  machine: 'text',
  subject_id: 'text',
  event: 'text',
  from_state: 'text',
  to_state: 'text',
  outcome: 'text',
  reason: 'text',
  note: 'text',
  count: 'integer',
  check_ins: 'integer',
  actor_kind: 'text',
  actor_id: 'text',
  actor_name: 'text',
  ticket_id: 'text',
  request_id: 'text',
  seat_number: 'integer',
  epoch: 'integer',
  deactivation_date: 'bigint',
  seats: 'integer',
} as const satisfies Record<keyof TransitionColumns, 'text' | 'bigint' | 'integer' | 'boolean'>;

/** The values of a row, in the order of `transitionColumns`. */
export function transitionValuesOf(step: RecordedStep): SqlValue[] {
  return [
    step.licenseId,
    step.sequence,
    step.at,
    step.recordedAt,
    step.machine,
    step.subjectId,
    step.event,
    step.from,
    step.to,
    step.outcome,
    step.reason,
    step.note,
    step.count,
    step.checkIns,
    step.actor.kind,
    step.actor.id,
    step.actor.name,
    step.ticketId,
    step.requestId,
    step.seat,
    step.epoch,
    step.deactivationDate,
    step.seats,
  ];
}

/** Reads a row. */
export function recordedStepOf(row: TransitionColumns): RecordedStep {
  return {
    licenseId: row.license_id,
    sequence: row.sequence,
    at: row.at,
    recordedAt: row.recorded_at,
    machine: row.machine as Step['machine'],
    subjectId: row.subject_id,
    event: row.event,
    from: row.from_state,
    to: row.to_state,
    outcome: row.outcome as Step['outcome'],
    reason: row.reason as Reason | null,
    note: row.note,
    count: row.count,
    checkIns: row.check_ins,
    actor: { kind: row.actor_kind as Actor['kind'], id: row.actor_id, name: row.actor_name },
    ticketId: row.ticket_id,
    requestId: row.request_id,
    seat: row.seat_number,
    epoch: row.epoch,
    deactivationDate: row.deactivation_date,
    seats: row.seats,
  };
}
