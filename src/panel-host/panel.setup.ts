/**
 * Serves the panel: its page at each address that the panel knows, its assets below `/assets`. It decides nothing and reads
 * nothing of the database: what the page shows, the browser asks `/v1` for.
 */
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { prefersHtml } from '../http/prefers-html.js';
import { problemKind } from '../problems/problem.js';
import { PanelAssets } from './panel.assets.js';
import { builtPanel, PanelPage } from './panel.page.js';

/** The addresses of the panel's pages. Everything else stays what it is without a panel, but for browsers at an address of nothing. */
export const panelRoutes = [
  '/sign-in',
  '/invitation',
  '/licenses',
  '/licenses/*',
  '/support',
  '/support/*',
  '/organizations',
  '/organizations/*',
  '/people',
  '/tokens',
  '/account',
  '/inspector',
  '/inspector/*',
] as const;

const start = '/licenses';

/** Addresses below which no page of the panel can be meant. */
const isForPrograms = /^\/(?:v1|assets|health|\.well-known)(?:[/?#]|$)/;

/**
 * To be called after `configureHttp`, before the application is initialised. A server that was built without a panel goes without.
 *
 * @param folders where the built panel may be; `dist/panel` where left out
 */
export function setUpPanel(app: NestFastifyApplication, folders: readonly string[] = builtPanel): void {
  const page = PanelPage.in(folders);
  if (page === null) return;
  const assets = new PanelAssets(page.assets);
  const server = app.getHttpAdapter().getInstance();
  const send = (request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    if (!takesHtml(request.headers.accept) || (isNeighbour(request) && !namesHtml(request.headers.accept))) {
      reply.callNotFound();
      return reply;
    }
    const { html, headers } = page.answer();
    return reply.headers(headers).send(html);
  };
  for (const route of panelRoutes) server.get(route, send);
  // A browser that is led to an address of nothing sees the panel say so; programs get the problem document as everywhere.
  server.get('/*', (request, reply) => {
    const isPage = !isForPrograms.test(request.url);
    if (isPage) void reply.header('vary', 'accept');
    if (!isPage || !prefersHtml(request.headers.accept ?? '')) {
      reply.callNotFound();
      return reply;
    }
    const { html, headers } = page.answer();
    return reply.code(problemKind('notFound').status).headers(headers).send(html);
  });
  server.get('/', (_request, reply) => reply.redirect(start));
  server.get<{ Params: { name: string } }>('/assets/:name', (request, reply) => {
    const asset = assets.answer(request.params.name, request.headers['accept-encoding']);
    if (asset !== null) return reply.headers(asset.headers).send(asset.body);
    reply.callNotFound();
    return reply;
  });
}

/** The page beside the old license manager: programs that look for that one (R10) are told that nothing is here. */
function isNeighbour(request: FastifyRequest): boolean {
  return request.routeOptions.url === '/account';
}

function namesHtml(accept: string | undefined): boolean {
  return accept !== undefined && /text\/html/i.test(accept);
}

/** Whether an `Accept` header lets a page through: programs that ask for something else are told that nothing is here. */
function takesHtml(accept: string | undefined): boolean {
  return accept === undefined || /text\/html|text\/\*|\*\/\*/i.test(accept);
}
