/**
 * The security headers of every answer. Helmet decides them; it builds them anew for each request, so it is asked once for each of
 * the two kinds of answers, and its answer is kept.
 */
import { IncomingMessage, ServerResponse, type OutgoingHttpHeaders } from 'node:http';
import { Socket } from 'node:net';
import helmet, { type FastifyHelmetOptions } from '@fastify/helmet';
import { fastify } from 'fastify';

/** Header names in lower case. */
export type FixedHeaders = Readonly<Record<string, string>>;

/** The headers of the API's answers, and of the pages at `/docs`. */
export interface SecurityHeaders {
  readonly api: FixedHeaders;
  readonly docs: FixedHeaders;
}

/** What goes with an answer that is made before, or beside, everything that knows the others: it is a problem document and no page. */
export const bareSecurityHeaders: FixedHeaders = {
  'content-security-policy': "default-src 'none';base-uri 'none';form-action 'none';frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};

const nothing = { defaultSrc: ["'none'"], baseUri: ["'none'"], formAction: ["'none'"], frameAncestors: ["'none'"] };

/** Swagger UI loads its scripts, styles and pictures from this server, draws with inline styles and calls the API. */
const swaggerUi = {
  ...nothing,
  scriptSrc: ["'self'"],
  styleSrc: ["'self'", "'unsafe-inline'"],
  imgSrc: ["'self'", 'data:'],
  fontSrc: ["'self'"],
  connectSrc: ["'self'"],
};

/** @param isEncrypted whether clients reach the server over https, which is then to stay so */
export async function securityHeaders(isEncrypted: boolean): Promise<SecurityHeaders> {
  return { api: await askHelmet(nothing, isEncrypted), docs: await askHelmet(swaggerUi, isEncrypted) };
}

async function askHelmet(directives: Record<string, string[]>, isEncrypted: boolean): Promise<FixedHeaders> {
  const options: FastifyHelmetOptions = {
    contentSecurityPolicy: { useDefaults: false, directives },
    strictTransportSecurity: isEncrypted,
    referrerPolicy: { policy: 'no-referrer' },
    xFrameOptions: { action: 'deny' },
    // Only old browsers knew these, and none of them has anything to protect here.
    originAgentCluster: false,
    xDnsPrefetchControl: false,
    xDownloadOptions: false,
    xPermittedCrossDomainPolicies: false,
    xXssProtection: false,
  };
  const server = fastify();
  await server.register(helmet, options);
  const headers = new Promise<OutgoingHttpHeaders>((done) => {
    server.get('/', (_request, reply) => {
      done(reply.raw.getHeaders());
      return reply.hijack();
    });
  });
  await server.ready();
  const request = new IncomingMessage(new Socket());
  request.method = 'GET';
  request.url = '/';
  server.routing(request, new ServerResponse(request));
  const fixed = Object.entries(await headers).map(([name, value]) => [name, String(value)]);
  await server.close();
  return Object.freeze(Object.fromEntries(fixed));
}
