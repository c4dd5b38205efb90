/** Reads support tickets. They are written by the coordinator. */
import type { TicketRow, TicketStatus } from '../../machines/index.js';
import type { Session, SqlValue } from '../persistence/session.js';
import { type TicketColumns, ticketOf } from './support-ticket.mapper.js';

/**
 * A ticket; null where there is none.
 *
 * @param only the one organization whose tickets the asker sees; null for the vendor, who sees all
 */
export async function findTicket(session: Session, id: string, only: string | null): Promise<TicketRow | null> {
  const [row] = await session.all<TicketColumns & { organization_id: string }>(
    `SELECT support_ticket.*, license.organization_id FROM support_ticket
       JOIN license ON license.id = support_ticket.license_id WHERE support_ticket.id = ?`,
    [id],
  );
  return row === undefined || (only !== null && only !== row.organization_id) ? null : ticketOf(row);
}

/** Which tickets are wanted. */
export interface TicketFilter {
  readonly status?: readonly TicketStatus[] | undefined;
  readonly licenseId?: string | undefined;
}

/**
 * Tickets, newest first: their ids grow with time.
 *
 * @param only the one organization whose tickets the asker sees; null for the vendor, who sees all
 * @param filter what is left out is not asked for
 * @param before only tickets with a lower id than this; undefined at the start
 */
export async function listTickets(
  session: Session,
  only: string | null,
  { status, licenseId }: TicketFilter,
  before: string | undefined,
  countMax: number,
): Promise<TicketRow[]> {
  const conditions: string[] = [];
  const parameters: SqlValue[] = [];
  if (only !== null) {
    conditions.push('license_id IN (SELECT id FROM license WHERE organization_id = ?)');
    parameters.push(only);
  }
  if (status !== undefined) {
    conditions.push(`status IN (${status.map(() => '?').join(', ')})`);
    parameters.push(...status);
  }
  if (licenseId !== undefined) {
    conditions.push('license_id = ?');
    parameters.push(licenseId);
  }
  if (before !== undefined) {
    conditions.push('id < ?');
    parameters.push(before);
  }
  const where = conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`;
  const rows = await session.all<TicketColumns>(`SELECT * FROM support_ticket ${where} ORDER BY id DESC LIMIT ?`, [
    ...parameters,
    countMax,
  ]);
  return rows.map(ticketOf);
}
