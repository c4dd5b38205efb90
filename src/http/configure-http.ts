/**
 * What every request passes before any route: the old page, the headers of every answer, the refusals that come before
 * authentication, and the global pipe and filter. It decides nothing about licenses or devices.
 */
import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { type Configuration } from '../config/configuration.js';
import { invalidRequest, ProblemError } from '../problems/problem.js';
import { ProblemFilter } from '../problems/problem.filter.js';
import { type AnsweringOperation, registerProblemPages } from '../problems/problem.pages.js';
import { Connections } from './connections.js';
import { admitOrigin } from './cross-origin.js';
import { isLegacyTarget, sendLegacyAnswer } from './legacy-page.js';
import { SchemaPipe } from './schema.pipe.js';
import { securityHeaders } from './security-headers.js';

const reads: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Prepares an application made with `createAdapter`; to be called before it is initialised or listens.
 *
 * @param isOverloaded whether requests other than reads are to be refused with `overloaded`, before authentication
 * @param operationsByProblem which operations can answer with a problem code, for the pages of the codes
 */
export async function configureHttp(
  app: NestFastifyApplication,
  configuration: Configuration,
  isOverloaded: () => boolean = () => false,
  operationsByProblem: () => ReadonlyMap<string, readonly AnsweringOperation[]> = () => new Map(),
): Promise<void> {
  const headers = await securityHeaders(configuration.publicUrl.startsWith('https:'));
  const versioned = { ...headers.api, 'cache-control': 'no-store' };
  const server = app.getHttpAdapter().getInstance();

  server.addHook('onRequest', (request: FastifyRequest, reply: FastifyReply, done: (error?: Error) => void) => {
    const { raw } = request;
    const target = raw.url ?? '/';
    void reply.header('x-request-id', request.id);
    // Where the target does not say it, the route does: letters may be escaped.
    const isVersioned = target.startsWith('/v1/') || request.routeOptions.url?.startsWith('/v1/') !== false;
    if (isVersioned) void reply.headers(versioned);
    else void reply.headers(isDocs(target) ? headers.docs : headers.api);
    if (isLegacyTarget(target)) {
      sendLegacyAnswer(request, reply, configuration.publicUrl);
      return;
    }
    if (admitOrigin(request, reply, configuration.allowedOrigins)) return;
    if (raw.headers.host === undefined && raw.httpVersion === '1.1') {
      done(invalidRequest([{ path: 'Host', message: 'is missing' }]));
      return;
    }
    if (isEncoded(raw.headers)) {
      done(new ProblemError('unsupportedMediaType', 'Bodies are read as they are, without a content encoding.'));
      return;
    }
    if (!reads.has(request.method) && isOverloaded()) {
      done(new ProblemError('overloaded', 'Too many commands are waiting.'));
      return;
    }
    forgetTypeOfEmptyBody(raw.headers);
    done();
  });
  const connections = new Connections(server.server);
  server.addHook('preClose', (done: () => void) => {
    connections.windDown();
    done();
  });
  // What Node would answer itself, without a body: an expectation that is not met may be ignored.
  server.server.on('checkExpectation', (request, response) => server.server.emit('request', request, response));

  registerProblemPages(server, configuration, operationsByProblem);
  app.useGlobalPipes(new SchemaPipe());
  app.useGlobalFilters(new ProblemFilter(configuration));
}

function isDocs(target: string): boolean {
  return target.startsWith('/docs') && /^\/docs(?:[/?#]|$)/.test(target);
}

/** Whether a body is announced as compressed or otherwise encoded, which is not undone here (RFC 9110, 8.4). */
function isEncoded(headers: FastifyRequest['raw']['headers']): boolean {
  const encoding = headers['content-encoding'];
  if (encoding === undefined || encoding.trim().toLowerCase() === 'identity') return false;
  return headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0';
}

/** A request without a body has no type either: whatever it announces, there is nothing to parse, and nothing to refuse. */
function forgetTypeOfEmptyBody(headers: FastifyRequest['raw']['headers']): void {
  if (headers['content-type'] === undefined || headers['transfer-encoding'] !== undefined) return;
  const length = headers['content-length'];
  if (length === undefined || length === '0') delete headers['content-type'];
}
