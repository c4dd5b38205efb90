import { decideWith, snapshotWith } from '../decision.js';
import { supportTicketMachine } from './support-ticket.machine.js';

/** What an event does to a ticket. */
export const decideSupportTicket = decideWith(supportTicketMachine);

/** The snapshot of a stored ticket. Throws for an unknown status. */
export const supportTicketSnapshot = snapshotWith(supportTicketMachine);
