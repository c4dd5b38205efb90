/** How a handler learns who is asking: the guard leaves the principal at the request, and nothing else writes there. */
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Principal } from './principal.js';
import type { BrowserSession } from './session.queries.js';

const principalKey = Symbol('principal');
const sessionKey = Symbol('session');

type RequestWithPrincipal = FastifyRequest & { [principalKey]?: Principal; [sessionKey]?: BrowserSession };

/** Notes who is asking. For the guard only. */
export function setAsker(request: FastifyRequest, principal: Principal): void {
  (request as RequestWithPrincipal)[principalKey] = principal;
}

/** Notes who is asking by a session. For the guard only. */
export function setSession(request: FastifyRequest, session: BrowserSession): void {
  (request as RequestWithPrincipal)[sessionKey] = session;
  setAsker(request, session.principal);
}

/** Who is asking. Throws on a route that is open to everybody, where nobody has been asked for. */
export function askerOf(request: FastifyRequest): Principal {
  const principal = (request as RequestWithPrincipal)[principalKey];
  if (principal === undefined) throw new Error(`nobody was asked who they are at ${request.method} ${request.url}`);
  return principal;
}

/** The session by which somebody asks; null where they do by another credential. */
export function sessionOf(request: FastifyRequest): BrowserSession | null {
  return (request as RequestWithPrincipal)[sessionKey] ?? null;
}

/**
 * The principal as a parameter of a handler. Give the parameter the type that the route's `@Allow` leaves, such as
 * `TokenPrincipal` where neither devices nor license keys may come.
 */
export const Asker = createParamDecorator((_data: undefined, context: ExecutionContext) =>
  askerOf(context.switchToHttp().getRequest<FastifyRequest>()),
);

/** The session as a parameter of a handler, on routes that are declared with `@AllowSignedIn`. */
export const AskingSession = createParamDecorator((_data: undefined, context: ExecutionContext) => {
  const request = context.switchToHttp().getRequest<FastifyRequest>();
  const session = sessionOf(request);
  if (session === null) throw new Error(`nobody is signed in at ${request.method} ${request.url}`);
  return session;
});
