/** Only who has signed in as a member has a password to change. That is `forbidden`, which comes before faults of the body. */
import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { sessionOf } from '../auth/asker.decorator.js';
import { withoutPassword } from './session.service.js';

@Injectable()
export class PasswordOwnerGuard implements CanActivate {
  /** Throws `forbidden`. */
  canActivate(context: ExecutionContext): true {
    const session = sessionOf(context.switchToHttp().getRequest<FastifyRequest>());
    if (session === null || !('memberId' in session.owner)) throw withoutPassword();
    return true;
  }
}
