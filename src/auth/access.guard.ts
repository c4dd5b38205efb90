/**
 * Stands before every handler: finds out who is asking and whether the route's declaration lets them in. It compares kinds and
 * roles only; what belongs to whom is the handler's to ask.
 */
import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { ProblemError } from '../problems/problem.js';
import { accessKindOf, type AccessRule, accessRuleOf } from './access.decorators.js';
import { setAsker, setSession } from './asker.decorator.js';
import { looksLikeDeviceToken, readAuthorization } from './authorization.header.js';
import { Credentials } from './credentials.js';
import { unauthenticated } from './failed-credentials.js';
import type { KnownPrincipal } from './principal.js';
import { hashSecret } from './secret.js';
import { Sessions } from './sessions.js';

type Handler = ReturnType<ExecutionContext['getHandler']>;

@Injectable()
export class AccessGuard implements CanActivate {
  private readonly rules = new Map<Handler, AccessRule | null>();

  constructor(
    @Inject(Credentials) private readonly credentials: Credentials,
    @Inject(Sessions) private readonly sessions: Sessions,
  ) {}

  /**
   * True where the request may go on, at once where nothing has to be looked up. The header `Authorization` goes before a cookie.
   * Throws `unauthenticated`, `tooManyRequests` or `forbidden`.
   */
  canActivate(context: ExecutionContext): true | Promise<true> {
    const rule = this.ruleOf(context.getHandler());
    if (rule?.open === true) return true;
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const presented = readAuthorization(request.headers.authorization);
    if (presented === 'nothing') {
      // Only here are cookies looked at: client software sends none, and its requests are the many.
      if (request.headers.cookie === undefined) throw unauthenticated();
      return this.admitSession(request, rule);
    }
    if (presented === 'unusable') return this.refuse(request);
    if (rule?.checkedByBatch === true && looksLikeDeviceToken(presented)) {
      setAsker(request, { kind: 'deviceClaim', tokenHash: hashSecret(presented.secret) });
      return true;
    }
    return this.credentials.lookUp(request, presented).then((principal) => {
      if (rule === null || rule.signedIn || !isAllowed(rule, principal)) throw new ProblemError('forbidden');
      setAsker(request, principal);
      return true;
    });
  }

  private async admitSession(request: FastifyRequest, rule: AccessRule | null): Promise<true> {
    const session = await this.sessions.require(request);
    if (rule === null || !isAllowed(rule, session.principal)) throw new ProblemError('forbidden');
    setSession(request, session);
    return true;
  }

  private async refuse(request: FastifyRequest): Promise<never> {
    throw await this.credentials.refusalFor(request);
  }

  private ruleOf(handler: Handler): AccessRule | null {
    let rule = this.rules.get(handler);
    if (rule === undefined) {
      rule = accessRuleOf(handler);
      this.rules.set(handler, rule);
    }
    return rule;
  }
}

function isAllowed(rule: AccessRule, principal: KnownPrincipal): boolean {
  return !rule.open && rule.allowed.has(accessKindOf(principal));
}
