/**
 * Only support resolves and reopens tickets. That is `forbidden`, which comes before faults of the request, so it is asked before
 * the body is read as a whole; a status that does not exist is left to the schema, and closing to who knows the author.
 */
import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { type TicketStatus, ticketStatuses } from '../../machines/index.js';
import { askerOf } from '../auth/asker.decorator.js';
import { ProblemError } from '../problems/problem.js';
import { mayMoveTicket } from './ticket.moves.js';

@Injectable()
export class TicketStatusGuard implements CanActivate {
  /** Throws `forbidden` where a member wants a ticket to be resolved or open. */
  canActivate(context: ExecutionContext): true {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const status = statusIn(request.body);
    // Whoever may not even as the author may not at all.
    if (status !== undefined && !mayMoveTicket(askerOf(request).kind !== 'member', true, status)) {
      throw new ProblemError('forbidden', 'Only support resolves and reopens tickets.');
    }
    return true;
  }
}

/** The status in a body that nobody has checked yet; undefined where there is none that exists. */
function statusIn(body: unknown): TicketStatus | undefined {
  if (typeof body !== 'object' || body === null || !('status' in body)) return undefined;
  return ticketStatuses.find((status) => status === body.status);
}
