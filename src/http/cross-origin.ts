/**
 * Lets client software in pages of other origins call what client software needs, and nothing else, where the operator has named these
 * origins (the Fetch standard's CORS protocol). Credentials travel in `Authorization` alone: a cookie is never allowed for.
 */
import { type FastifyReply, type FastifyRequest } from 'fastify';

/** What client software asks for. A target with escaped letters is none of it: no client writes one. */
const openOperations: readonly { readonly method: string; readonly path: RegExp }[] = [
  { method: 'POST', path: /^\/v1\/devices$/ },
  { method: 'GET', path: /^\/v1\/devices\/[^/]+$/ },
  { method: 'POST', path: /^\/v1\/devices\/[^/]+\/(?:check-in|log-out)$/ },
  { method: 'GET', path: /^\/v1\/devices\/[^/]+\/stream$/ },
  { method: 'GET', path: /^\/\.well-known\/jwks\.json$/ },
];

/** How long a browser may keep the answer to a preflight. */
const preflightSecondsMax = 600;

/**
 * Sets what the browser of a page of an allowed origin has to be told, on refusals too.
 *
 * @param allowed origins as browsers send them
 * @returns whether the request was a preflight, which is answered by it
 */
export function admitOrigin(request: FastifyRequest, reply: FastifyReply, allowed: ReadonlySet<string>): boolean {
  if (allowed.size === 0) return false;
  const { headers, method, url = '/' } = request.raw;
  const isPreflight = method === 'OPTIONS';
  const asked = isPreflight ? headers['access-control-request-method'] : method;
  const [path = ''] = url.split('?', 1);
  if (!openOperations.some((open) => open.method === asked && open.path.test(path))) return false;
  // Also without an origin, or with another one: a cache must not give that answer to a page.
  void reply.header('vary', 'origin');
  const { origin } = headers;
  if (origin === undefined || !allowed.has(origin)) return false;
  void reply.header('access-control-allow-origin', origin);
  if (!isPreflight) {
    void reply.header('access-control-expose-headers', 'retry-after, x-request-id');
    return false;
  }
  void reply
    .header('access-control-allow-methods', asked)
    .header('access-control-allow-headers', 'authorization, content-type, last-event-id')
    .header('access-control-max-age', String(preflightSecondsMax))
    .status(204)
    .send();
  return true;
}
