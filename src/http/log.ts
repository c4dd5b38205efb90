/**
 * What is logged of requests and errors, and what never is: no header, no body, no query, no parameters of a statement.
 */
import { type Configuration } from '../config/configuration.js';

/** Where log lines go; standard output where left out. */
export interface LogStream {
  write(line: string): void;
}

/** What is looked at of a request and of an answer. */
interface LoggedRequest {
  readonly method: string;
  readonly url: string;
  readonly ip: string;
}
interface LoggedReply {
  readonly statusCode: number;
}

/** The options of Fastify's logger. */
export function logOptions(configuration: Pick<Configuration, 'logLevel'>, stream: LogStream | undefined) {
  return {
    level: configuration.logLevel,
    redact: ['authorization', '*.authorization', '*.*.authorization', '*.cookie', '*.*.cookie', '*.token', '*.key'],
    serializers: {
      req: ({ method, url, ip }: LoggedRequest) => ({ method, url: url.split('?')[0], remoteAddress: ip }),
      res: ({ statusCode }: LoggedReply) => ({ statusCode }),
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
