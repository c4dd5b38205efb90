/**
 * Nobody gives a role above their own. That is `forbidden`, which comes before faults of the body, so it is asked before the
 * body is read as a whole; a role that does not exist is left to the schema.
 */
import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { ProblemError } from '../problems/problem.js';
import { askerOf } from './asker.decorator.js';
import { type Principal, roleOf, type TokenPrincipal } from './principal.js';
import { mayGive, type Role, roles } from './role.js';

@Injectable()
export class GivenRoleGuard implements CanActivate {
  /** Throws `forbidden` where the member `role` of the body is one that the asker may not give. */
  canActivate(context: ExecutionContext): true {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const given = roleIn(request.body);
    if (given !== undefined) refuseRoleAbove(askerOf(request), given);
    return true;
  }
}

/** Throws `forbidden` unless the asker may give this role, or take it away. */
export function refuseRoleAbove(asker: Principal, given: Role): void {
  if (!hasAccessToken(asker) || !mayGive(roleOf(asker), given)) {
    throw new ProblemError('forbidden', `Your role cannot give or take the role ${given}.`);
  }
}

function hasAccessToken(asker: Principal): asker is TokenPrincipal {
  return asker.kind === 'operator' || asker.kind === 'support' || asker.kind === 'member';
}

/** The role in a body that nobody has checked yet; undefined where there is none that exists. */
export function roleIn(body: unknown): Role | undefined {
  if (typeof body !== 'object' || body === null || !('role' in body)) return undefined;
  return roles.find((role) => role === body.role);
}
