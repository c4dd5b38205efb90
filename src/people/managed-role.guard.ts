/**
 * Who may make people of which role, and whom they are in charge of. A role that the asker may not give is `forbidden`, which comes
 * before faults of the body, so it is asked before the body is read as a whole; a role that does not exist is left to the schema.
 */
import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { askerOf } from '../auth/asker.decorator.js';
import { roleIn } from '../auth/given-role.guard.js';
import { roleOf, type TokenPrincipal } from '../auth/principal.js';
import { mayManage, type Role } from '../auth/role.js';
import { ProblemError } from '../problems/problem.js';

@Injectable()
export class ManagedRoleGuard implements CanActivate {
  /** Throws `forbidden` where the member `role` of the body is one that the asker may not give. */
  canActivate(context: ExecutionContext): true {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const given = roleIn(request.body);
    // The route lets in none but holders of access tokens and sessions.
    if (given !== undefined) refuseUnmanaged(askerOf(request) as TokenPrincipal, given);
    return true;
  }
}

/** Throws `forbidden` unless the asker is in charge of people of this role. */
export function refuseUnmanaged(asker: TokenPrincipal, role: Role): void {
  if (mayManage(roleOf(asker), role)) return;
  throw new ProblemError('forbidden', `Your role is not in charge of people with the role ${role}.`);
}
