/** A Nest application with a few routes on a real port: the outer shell and nothing else, for the specs of this folder. */
import 'reflect-metadata';
import { connect } from 'node:net';
import {
  Body,
  type CanActivate,
  Controller,
  Get,
  HttpException,
  Module,
  Param,
  Post,
  Query,
  UseGuards,
} from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { z } from 'zod';
import { parseConfiguration } from '../../src/config/configuration.js';
import { createAdapter } from '../../src/http/adapter.js';
import { configureHttp } from '../../src/http/configure-http.js';
import {
  dryRunQuery,
  duration,
  fingerprint,
  noBody,
  optional,
  pageQuery,
  repeated,
  text,
  uuid,
} from '../../src/http/schema.js';
import { ProblemError } from '../../src/problems/problem.js';

class Nobody implements CanActivate {
  canActivate(): boolean {
    throw new ProblemError('unauthenticated', 'There is no credential.');
  }
}

const thing = z.strictObject({
  fingerprint,
  name: optional(text(10)),
  seats: optional(z.int().min(1).max(100_000)),
  period: optional(duration('PT1S', 'P366D', 'second')),
  inner: optional(z.strictObject({ kind: z.enum(['a', 'b']) })),
});

const listQuery = pageQuery.extend({ state: repeated(z.enum(['active', 'expired'])) });

@Controller()
class TinyController {
  @Post('v1/things')
  things(@Body({ schema: thing }) body: unknown, @Query({ schema: dryRunQuery }) query: unknown): object {
    return { body, query };
  }

  @Post('v1/nothing')
  nothing(@Body({ schema: noBody }) body: unknown): object {
    return { body };
  }

  @Get('v1/things')
  list(@Query({ schema: listQuery }) query: unknown): object {
    return { query };
  }

  @Get('v1/things/:id')
  one(@Param('id', { schema: uuid }) id: string): object {
    return { id };
  }

  @Post('v1/secret')
  @UseGuards(Nobody)
  secret(@Body({ schema: noBody }) _body: unknown): object {
    return {};
  }

  @Get('v1/fails')
  fails(): never {
    throw Object.assign(new Error('SQLITE_ERROR near "SELECT secret FROM token"'), {
      parameters: ['hidden-parameter'],
    });
  }

  @Get('v1/teapot')
  teapot(): never {
    throw new HttpException('words of the framework', 503);
  }

  @Get('v1/limited')
  limited(): never {
    throw new ProblemError('tooManyRequests', 'Wait.', {}, 12.2);
  }

  @Get('docs')
  docs(): string {
    return 'docs';
  }
}

@Module({ controllers: [TinyController] })
class TinyModule {}

/** The running application. */
export interface TinyApp {
  url: string;
  port: number;
  /** The log lines so far. */
  log: string[];
  /** What the shell is told when it asks whether it is overloaded. */
  overload(isOverloaded: boolean): void;
  /** Sends bytes as they are and returns everything that comes back until the connection ends. */
  send(text: string): Promise<string>;
  close(): Promise<void>;
}

/** Starts it on a free port. */
export async function startTinyApp(env: Record<string, string> = {}): Promise<TinyApp> {
  const configuration = parseConfiguration({ PORT: '0', ...env });
  const log: string[] = [];
  const adapter = createAdapter(configuration, { write: (line) => log.push(line) });
  const app = await NestFactory.create<NestFastifyApplication>(TinyModule, adapter, { logger: false });
  let isOverloaded = false;
  await configureHttp(app, configuration, () => isOverloaded);
  await app.listen(configuration.port, configuration.host);
  const address = app.getHttpServer().address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  configuration.listensOn(port);
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    log,
    overload: (value) => (isOverloaded = value),
    send: (bytes) => exchange(port, bytes),
    close: () => app.close(),
  };
}

function exchange(port: number, bytes: string): Promise<string> {
  return new Promise((done, fail) => {
    let received = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
    socket.setEncoding('utf8');
    socket.on('data', (chunk: string) => (received += chunk));
    socket.on('error', fail);
    socket.on('close', () => done(received));
  });
}
