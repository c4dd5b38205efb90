/**
 * Opens, lists and moves support tickets (R9). What a ticket allows is decided by the rules; here is only who sees which ticket,
 * and that a member closes none but their own.
 */
import { Inject, Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import type { TicketRow, TicketStatus } from '../../machines/index.js';
import { answerOnce, type CreatingRequest } from '../auth/idempotency.js';
import { actorOf, type TokenPrincipal } from '../auth/principal.js';
import { systemNow } from '../clock/clock.js';
import { Coordinator } from '../coordinator/coordinator.js';
import { acceptedOf } from '../coordinator/refusal.problem.js';
import type { Result } from '../coordinator/result.js';
import type { Submission } from '../coordinator/submission.js';
import { Cursor, type Page } from '../http/cursor.js';
import { uuid } from '../http/schema.js';
import { licenseOfSeenDevice, organizationSeenBy, requireSeenLicense } from '../licenses/seen-license.queries.js';
import { Database } from '../persistence/database.js';
import type { Session } from '../persistence/session.js';
import { ProblemError } from '../problems/problem.js';
import { presentTicket } from './support-ticket.presenter.js';
import { findTicket, listTickets } from './support-ticket.queries.js';
import type { NewTicket, Ticket, TicketsQuery } from './support-ticket.schemas.js';
import { mayMoveTicket } from './ticket.moves.js';

const cursor = new Cursor(uuid);

const commandOf = { resolved: 'resolveTicket', open: 'reopenTicket', closed: 'closeTicket' } as const;

@Injectable()
export class SupportTicketService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Coordinator) private readonly coordinator: Coordinator,
  ) {}

  /**
   * Opens a ticket.
   *
   * @throws `notFound` for a license that the asker does not see or a device that is not of it, `idempotencyKeyReused`,
   * `supportAndUpgradeRequired`
   */
  async open(asker: TokenPrincipal, request: CreatingRequest, wish: NewTicket, requestId: string): Promise<Ticket> {
    let afterCommit: (() => void) | undefined;
    const answer = await this.coordinator.record(async (session) => {
      afterCommit = undefined;
      await requireSubject(session, asker, wish);
      return answerOnce(request, session, systemNow(), async () => {
        const decided = await this.coordinator.decideWithin(session, opening(asker, wish, requestId));
        const ticket = ticketOf(decided.result);
        afterCommit = decided.afterCommit;
        return { status: 201, body: presentTicket(ticket) };
      });
    });
    afterCommit?.();
    return answer.body;
  }

  /** A page of the tickets that the asker sees, newest first. */
  async list(asker: TokenPrincipal, query: TicketsQuery): Promise<Page<Ticket>> {
    const before = cursor.read(query.cursor);
    const { limit } = query;
    const rows = await this.database.read((session) =>
      listTickets(session, organizationSeenBy(asker), query, before, limit + 1),
    );
    const { items, nextCursor } = cursor.page(rows, limit, (ticket) => ticket.id);
    return { items: items.map(presentTicket), nextCursor };
  }

  /** One ticket. Throws `notFound`. */
  async find(asker: TokenPrincipal, id: string): Promise<Ticket> {
    return presentTicket(await this.require(asker, id));
  }

  /**
   * Resolves, reopens or closes a ticket.
   *
   * @throws `notFound`, `forbidden` for a member who closes somebody else's, `eventNotAllowed`
   */
  async move(asker: TokenPrincipal, id: string, status: TicketStatus, requestId: string): Promise<Ticket> {
    if (asker.kind === 'member') {
      const { createdBy } = await this.require(asker, id);
      const isAuthor = createdBy.kind === 'member' && createdBy.id === asker.id;
      if (!mayMoveTicket(false, isAuthor, status)) {
        throw new ProblemError('forbidden', 'A member closes none but their own tickets.');
      }
    }
    const result = await this.coordinator.submit({
      command: { type: commandOf[status], actor: actorOf(asker), ticketId: id },
      address: { by: 'ticket', id },
      organizationId: organizationSeenBy(asker),
      proof: null,
      requestId,
    });
    return presentTicket(ticketOf(result));
  }

  private async require(asker: TokenPrincipal, id: string): Promise<TicketRow> {
    const ticket = await this.database.read((session) => findTicket(session, id, organizationSeenBy(asker)));
    if (ticket === null) throw new ProblemError('notFound', 'There is no such ticket.');
    return ticket;
  }
}

function opening(asker: TokenPrincipal, wish: NewTicket, requestId: string): Submission {
  const { licenseId, topic, deviceId = null, message } = wish;
  return {
    command: { type: 'openTicket', actor: actorOf(asker), newTicketId: uuidv7(), topic, deviceId, message },
    address: { by: 'license', id: licenseId },
    organizationId: organizationSeenBy(asker),
    proof: null,
    requestId,
  };
}

async function requireSubject(session: Session, asker: TokenPrincipal, wish: NewTicket): Promise<void> {
  await requireSeenLicense(session, asker, wish.licenseId);
  if (wish.deviceId === undefined) return;
  if ((await licenseOfSeenDevice(session, asker, wish.deviceId)) !== wish.licenseId) {
    throw new ProblemError('notFound', 'There is no such device on this license.');
  }
}

/** The ticket that a command was about, as it is now. Throws where it was refused. */
function ticketOf(result: Result): TicketRow {
  const { rows, outcome } = acceptedOf(result);
  const ticket = rows.tickets.get(outcome.subjectId);
  if (ticket === undefined) throw new Error(`the decision about ticket ${outcome.subjectId} has lost it`);
  return ticket;
}
