/** The browser that a request comes from, as far as signing in has to know it. */
import type { FastifyRequest } from 'fastify';
import type { SessionCookies } from '../auth/session.cookies.js';

export interface Browser {
  /** The address that failures are counted by. */
  readonly address: string;
  /** The secret of the session that it has, good or not. */
  readonly session: string | null;
  /** The secret by which it is known again. */
  readonly known: string | null;
}

export function browserOf({ ip, headers }: FastifyRequest, cookies: SessionCookies): Browser {
  return { address: ip, session: cookies.sessionIn(headers.cookie), known: cookies.knownIn(headers.cookie) };
}
