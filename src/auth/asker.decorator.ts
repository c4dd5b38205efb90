/** How a handler learns who is asking: the guard leaves the principal at the request, and nothing else writes there. */
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Principal } from './principal.js';

const principalKey = Symbol('principal');

type RequestWithPrincipal = FastifyRequest & { [principalKey]?: Principal };

/** Notes who is asking. For the guard only. */
export function setAsker(request: FastifyRequest, principal: Principal): void {
  (request as RequestWithPrincipal)[principalKey] = principal;
}

/** Who is asking. Throws on a route that is open to everybody, where nobody has been asked for. */
export function askerOf(request: FastifyRequest): Principal {
  const principal = (request as RequestWithPrincipal)[principalKey];
  if (principal === undefined) throw new Error(`nobody was asked who they are at ${request.method} ${request.url}`);
  return principal;
}

/**
 * The principal as a parameter of a handler. Give the parameter the type that the route's `@Allow` leaves, such as
 * `TokenPrincipal` where neither devices nor license keys may come.
 */
export const Asker = createParamDecorator((_data: undefined, context: ExecutionContext) =>
  askerOf(context.switchToHttp().getRequest<FastifyRequest>()),
);
