/** Serves the description of the interface at `/openapi.json` and, readable, at `/docs`, to everybody. */
import { createReadStream } from 'node:fs';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Configuration } from '../config/configuration.js';
import { docsFiles, docsPage, docsScript, pathOfDocsFile, scriptType } from './docs.page.js';
import { describeInterface } from './interface.document.js';

const day = 'public, max-age=86400';

/**
 * To be called after `configureHttp`, before the application is initialised. The document is made when it is first asked for, once.
 * Throws where a file of the page is missing.
 */
export function setUpOpenApi(app: NestFastifyApplication, configuration: Pick<Configuration, 'publicUrl'>): void {
  const server = app.getHttpAdapter().getInstance();
  let document: string | undefined;
  server.get('/openapi.json', (_request, reply) => {
    document ??= JSON.stringify(describeInterface(app, configuration));
    return reply
      .headers({ 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-cache' })
      .send(document);
  });
  for (const path of ['/docs', '/docs/']) {
    server.get(path, (_request, reply) => reply.header('content-type', 'text/html; charset=utf-8').send(docsPage));
  }
  server.get('/docs/start.js', (_request, reply) => reply.header('content-type', scriptType).send(docsScript));
  for (const { name, mediaType } of docsFiles) {
    const path = pathOfDocsFile(name);
    server.get(`/docs/${name}`, (_request, reply) =>
      reply.headers({ 'content-type': mediaType, 'cache-control': day }).send(createReadStream(path)),
    );
  }
}
