/**
 * The HTTP server as Nest sees it: Fastify with the limits of the contract, its own request ids, its log, and a problem document
 * for everything that it answers before Nest does. It knows no route.
 */
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { type FastifyBaseLogger, type FastifyReply, type FastifyRequest } from 'fastify';
import { type Configuration } from '../config/configuration.js';
import { invalidRequest, type ProblemError } from '../problems/problem.js';
import { sendProblem } from '../problems/problem.reply.js';
import { parseJsonBody, refuseOtherBody } from './body.parser.js';
import { answerClientError } from './client-error.js';
import { isLegacyTarget, sendLegacyAnswer } from './legacy-page.js';
import { logOptions, type LogStream, RequestLog } from './log.js';
import { newRequestId } from './request-id.js';
import { bareSecurityHeaders } from './security-headers.js';

/** The greatest body, in bytes: 64 kB. */
export const bodyBytesMax = 64 * 1024;

/** Longer than any path that Node accepts, so that no id is too long for its route and each is refused by its schema. */
const paramLengthMax = 64 * 1024;

const requestMillisMax = 30_000;

/** The adapter to hand to `NestFactory.create`. */
export function createAdapter(configuration: Configuration, logStream?: LogStream): FastifyAdapter {
  const adapter = new FastifyAdapter({
    bodyLimit: bodyBytesMax,
    routerOptions: { maxParamLength: paramLengthMax },
    requestTimeout: requestMillisMax,
    // A missing Host is answered with a problem document by the shell's own hook.
    http: { requireHostHeader: false },
    // While it drains, requests on open connections are still answered; the coordinator says when it takes no more.
    return503OnClosing: false,
    trustProxy: trust(configuration.trustProxy),
    rewriteUrl: ({ url }: { url?: string }) => withoutOrigin(url ?? '/'),
    requestIdHeader: false,
    genReqId: newRequestId,
    // One logger for all requests: who logs about one names its id, which is cheaper than a logger for each.
    childLoggerFactory: (logger: FastifyBaseLogger) => logger,
    logger: logOptions(configuration, logStream),
    logController: new RequestLog(),
    // No middleware is used, so its engine need not run for every request.
    skipMiddie: true,
    frameworkErrors: (_error: Error, request: FastifyRequest, reply: FastifyReply) => {
      // No hook runs here that would set them.
      void reply.header('x-request-id', request.id).headers(bareSecurityHeaders);
      if (isLegacyTarget(request.raw.url ?? '')) sendLegacyAnswer(request, reply, configuration.publicUrl);
      else sendProblem(reply, malformedTarget(), configuration.publicUrl);
    },
    clientErrorHandler: (error, socket) => answerClientError(error, socket, configuration.publicUrl),
  });
  // Fastify's own parsers would take text, too.
  adapter.getInstance().removeAllContentTypeParsers();
  adapter.useBodyParser('application/json', false, { bodyLimit: bodyBytesMax }, (_request, body, done) => {
    done(null, parseJsonBody(body));
  });
  adapter.useBodyParser('*', false, { bodyLimit: bodyBytesMax }, (_request, body, done) => {
    done(null, refuseOtherBody(body));
  });
  return adapter;
}

/** The path and query of a request target. A proxy may send the absolute form, which every server has to take (RFC 9112, 3.2.2). */
function withoutOrigin(target: string): string {
  if (target.startsWith('/')) return target;
  const path = target.replace(/^https?:\/\/[^/?#]*/i, '');
  return path.startsWith('/') || path === target ? path : `/${path}`;
}

function malformedTarget(): ProblemError {
  return invalidRequest([{ path: '', message: 'the address is not well-formed' }]);
}

/** Believes the nearest proxies only: what is further away in `X-Forwarded-For` was written by whoever sent the request. */
function trust(proxies: number | false): false | ((address: string, hop: number) => boolean) {
  return proxies === false ? false : (_address, hop) => hop < proxies;
}
