/**
 * What is logged of requests and errors, and what never is: no header, no body, no query, no parameters of a statement.
 */
import { type FastifyReply, type FastifyRequest, LogController } from 'fastify';
import { type Configuration } from '../config/configuration.js';

/** Where log lines go; standard output where left out. */
export interface LogStream {
  write(line: string): void;
}

/** One line for each request that was answered, at `debug`: at the rate of check-ins, more would cost more than the work itself. */
export class RequestLog extends LogController {
  constructor() {
    super({ requestIdLogLabel: 'requestId' });
  }

  override incomingRequest(): void {}

  override requestCompleted(_error: Error | null | undefined, request: FastifyRequest, reply: FastifyReply): void {
    const { method, url, ip } = request;
    const path = url.split('?')[0];
    request.log.debug(
      { requestId: request.id, method, path, ip, status: reply.statusCode, millis: reply.elapsedTime },
      'request',
    );
  }
}

/** The options of Fastify's logger. */
export function logOptions(configuration: Pick<Configuration, 'logLevel'>, stream: LogStream | undefined) {
  return {
    level: configuration.logLevel,
    redact: ['authorization', '*.authorization', '*.*.authorization', '*.cookie', '*.*.cookie', '*.token', '*.key'],
    serializers: {
      req: ({ method }: { method: string }) => ({ method }),
      res: ({ statusCode }: { statusCode: number }) => ({ statusCode }),
      err: describeError,
    },
    ...(stream === undefined ? null : { stream }),
  };
}

/** An error without the properties that libraries hang on it (a statement's parameters, a request's headers). */
function describeError(error: unknown): {
  type: string;
  message: string;
  stack: string;
  code?: string;
  cause?: object;
} {
  if (!(error instanceof Error))
    return { type: typeof error, message: 'something that is no Error was thrown', stack: '' };
  return {
    type: error.name,
    message: error.message,
    stack: error.stack ?? '',
    ...('code' in error && typeof error.code === 'string' ? { code: error.code } : null),
    ...(error.cause instanceof Error ? { cause: describeError(error.cause) } : null),
  };
}
