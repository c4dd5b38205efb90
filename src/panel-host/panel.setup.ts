/**
 * Serves the panel: its page at each address that the panel knows, its assets below `/assets`. It decides nothing and reads
 * nothing of the database: what the page shows, the browser asks `/v1` for.
 */
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { PanelAssets } from './panel.assets.js';
import { builtPanel, PanelPage } from './panel.page.js';

/** The addresses of the panel's pages. Everything else stays what it is without a panel. */
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
