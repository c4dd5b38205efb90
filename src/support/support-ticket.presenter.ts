/** A support ticket as it is shown. */
import type { TicketRow } from '../../machines/index.js';
import { formatInstant } from '../clock/instant.js';
import type { Ticket } from './support-ticket.schemas.js';

/** The representation of a ticket. Throws for an author that no route lets open one. */
export function presentTicket(ticket: TicketRow): Ticket {
  const { kind, id, name } = ticket.createdBy;
  if (id === null || (kind !== 'member' && kind !== 'support' && kind !== 'operator')) {
    throw new Error(`ticket ${ticket.id} was opened by a ${kind}`);
  }
  return {
    id: ticket.id,
    licenseId: ticket.licenseId,
    deviceId: ticket.deviceId,
    topic: ticket.topic,
    message: ticket.message,
    status: ticket.status,
    createdAt: formatInstant(ticket.createdAt),
    createdBy: { kind, id, name },
    version: ticket.version,
  };
}
