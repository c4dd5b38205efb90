/** The oracle's support tickets (R9). Changes the given world only. */
import { refusal, type Reply } from './reply.js';
import { known, type OracleTicket, type TicketStatus, type World } from './world.js';

/** `POST /v1/support-tickets`. The walk adds the ticket with `keepTicket` when it has its id. */
export function openTicket(world: World, at: number, topic: string): Reply {
  const license = known(world.licenses[at], 'license');
  const covered = license.supportAndUpgradeUntil !== null && world.now < license.supportAndUpgradeUntil;
  if (topic !== 'deviceDeactivation' && !covered) return refusal(403, 'supportAndUpgradeRequired');
  return { status: 201, shows: { of: 'ticket', subject: null, license: at } };
}

/** A ticket as it is when it was opened now. */
export function keepTicket(
  world: World,
  license: number,
  ticket: Pick<OracleTicket, 'id' | 'topic' | 'message' | 'createdBy'>,
): void {
  world.tickets.push({ ...ticket, license, createdAt: world.now, status: 'open', version: 0, versionMove: 'grows' });
}

/** `PATCH /v1/support-tickets/{id}`, by a support agent. */
export function moveTicket(world: World, id: string, status: TicketStatus): Reply {
  const ticket = known(
    world.tickets.find((one) => one.id === id),
    'ticket',
  );
  const event = { resolved: 'resolve', open: 'reopen', closed: 'close' }[status];
  if (ticket.status === 'closed' && status !== 'closed') {
    return refusal(409, 'eventNotAllowed', { state: 'closed', event });
  }
  if (ticket.status !== status) {
    known(world.licenses[ticket.license], 'license').rows.push({
      machine: 'supportTicket',
      subject: id,
      event,
      from: ticket.status,
      to: status,
      at: world.now,
      note: null,
      actor: ['support'],
    });
    ticket.status = status;
    ticket.versionMove = 'grows';
  }
  return { status: 200, shows: { of: 'ticket', subject: id, license: ticket.license } };
}
