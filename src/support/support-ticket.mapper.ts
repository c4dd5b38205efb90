/** A support ticket between its row and the rules. */
import type { Actor, TicketRow, TicketStatus, TicketTopic } from '../../machines/index.js';
import type { SqlValue } from '../persistence/session.js';

/** A row of the table `support_ticket`. */
export interface TicketColumns {
  id: string;
  license_id: string;
  device_id: string | null;
  topic: string;
  message: string;
  status: string;
  created_at: number;
  created_by_kind: string;
  created_by_id: string | null;
  created_by_name: string | null;
  version: number;
}

export const ticketColumns = [
  'id',
  'license_id',
  'device_id',
  'topic',
  'message',
  'status',
  'created_at',
  'created_by_kind',
  'created_by_id',
  'created_by_name',
  'version',
] as const satisfies readonly (keyof TicketColumns)[];

/** Reads a row. */
export function ticketOf(row: TicketColumns): TicketRow {
  return {
    id: row.id,
    licenseId: row.license_id,
    deviceId: row.device_id,
    topic: row.topic as TicketTopic,
    message: row.message,
    status: row.status as TicketStatus,
    createdAt: row.created_at,
    createdBy: { kind: row.created_by_kind as Actor['kind'], id: row.created_by_id, name: row.created_by_name },
    version: row.version,
  };
}

/** The values of a row, in the order of `ticketColumns`. */
export function ticketValuesOf(ticket: TicketRow): SqlValue[] {
  return [
    ticket.id,
    ticket.licenseId,
    ticket.deviceId,
    ticket.topic,
    ticket.message,
    ticket.status,
    ticket.createdAt,
    ticket.createdBy.kind,
    ticket.createdBy.id,
    ticket.createdBy.name,
    ticket.version,
  ];
}
