/**
 * Keeps other sites from using a browser's session: a browser sends its cookies whoever has made it send a request, and says where the
 * request comes from. It looks at headers only.
 */
import type { FastifyRequest } from 'fastify';
import { ProblemError } from '../problems/problem.js';

const safeMethods: ReadonlySet<string> = new Set(['GET', 'HEAD']);

/** Whether a request may change something, so that it has to say where it comes from. */
export function isUnsafe(request: FastifyRequest): boolean {
  return !safeMethods.has(request.method);
}

/**
 * Refuses a request that does not come from a page of this server.
 *
 * @param publicUrl the server's address without a slash at the end
 * @throws `forbidden`
 */
export function refuseCrossSite({ headers }: FastifyRequest, publicUrl: string): void {
  const { origin, host } = headers;
  if (origin === undefined) {
    throw forbiddenHere(
      'A browser that is signed in has to say in the header Origin from which page it changes something.',
      'Send the header Origin with the address of this server, or an access token in the header Authorization instead of the cookie.',
    );
  }
  const site = headers['sec-fetch-site'];
  if (!isOwn(origin, host, publicUrl) || (site !== undefined && site !== 'same-origin')) {
    throw forbiddenHere(
      'The request comes from a page of another site, which may not use your session.',
      `Do it on a page of this server, at ${publicUrl}. Where people open it at another address, the operator has to set SEATKEEPER_PUBLIC_URL to that one.`,
    );
  }
}

/** No role helps here, so the remedy is not that of the code. */
function forbiddenHere(detail: string, remedy: string): ProblemError {
  return new ProblemError('forbidden', detail, {}, undefined, remedy);
}

/** Whether an origin is that of this server: what clients know it by, or the host that the request itself names. */
function isOwn(origin: string, host: string | undefined, publicUrl: string): boolean {
  if (!URL.canParse(origin)) return false;
  const from = new URL(origin);
  const known = new URL(publicUrl);
  if (from.origin === known.origin) return true;
  // Over http somebody on the way could have written the page.
  if (from.protocol !== 'http:' && from.protocol !== 'https:') return false;
  if (known.protocol === 'https:' && from.protocol !== 'https:') return false;
  return host !== undefined && from.host === host.toLowerCase();
}
