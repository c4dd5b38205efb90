/**
 * Only support resolves and reopens tickets. That is `forbidden`, which comes before faults of the request, so it is asked before
 * the body is read as a whole; a status that does not exist is left to the schema, and closing to who knows the author.
 */
import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { askerOf } from '../auth/asker.decorator.js';
import { ProblemError } from '../problems/problem.js';

@Injectable()
export class TicketStatusGuard implements CanActivate {
  /** Throws `forbidden` where a member wants a ticket to be resolved or open. */
  canActivate(context: ExecutionContext): true {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const status = statusIn(request.body);
    if (askerOf(request).kind === 'member' && (status === 'resolved' || status === 'open')) {
      throw new ProblemError('forbidden', 'Only support resolves and reopens tickets.');
    }
    return true;
  }
}

function statusIn(body: unknown): unknown {
  return typeof body === 'object' && body !== null && 'status' in body ? body.status : undefined;
}
