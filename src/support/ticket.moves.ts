/** Who may move a ticket where (the contract): support resolves, reopens and closes each; a member closes their own. */
import type { TicketStatus } from '../../machines/index.js';

/** @param isOfVendor whether it is somebody of the vendor, operators included @param isAuthor whether they opened the ticket */
export function mayMoveTicket(isOfVendor: boolean, isAuthor: boolean, status: TicketStatus): boolean {
  return isOfVendor || (isAuthor && status === 'closed');
}
