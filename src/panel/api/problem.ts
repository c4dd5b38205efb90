/** Refusals as the panel meets them: the server's problem document, or one of our own where no server answered. */
import type { components } from '../../../dist/openapi';

type Described = components['schemas']['Problem'];

/** A problem document (RFC 9457) with the server's words; `unreachable` and `unreadable` are the panel's own. */
export interface Problem {
  code: Described['code'] | 'unreachable' | 'unreadable';
  status: number;
  title: string;
  detail: string;
  remedy: string | null;
  issues?: { path: string; message: string }[];
  /** How long to wait before another try can help, where the server says it. */
  retryAfterSeconds?: number;
  [extra: string]: unknown;
}

/** The one kind of error that requests end with. */
export class ProblemError extends Error {
  constructor(readonly problem: Problem) {
    super(problem.detail);
    this.name = 'ProblemError';
  }
}

/** No answer: the server is away or the connection is. Status 0. */
export function unreachable(): ProblemError {
  return new ProblemError({
    code: 'unreachable',
    status: 0,
    title: 'The server cannot be reached',
    detail: 'The connection was lost before an answer came.',
    remedy: 'Nothing that you typed is lost: try again when the connection is back.',
  });
}

/** The session was over when the request arrived. The server's own words are for programs that hold a credential. */
export function sessionEnded(): ProblemError {
  return new ProblemError({
    code: 'unauthenticated',
    status: 401,
    title: 'Your session had ended',
    detail: 'So nothing was done.',
    remedy: 'Sign in, and send it again.',
  });
}

/**
 * The refusal in an answer that is not a success, whatever its body is.
 *
 * @param retryAfter the header of that name, in seconds; null where there is none
 */
export function problemOf(body: unknown, status: number, retryAfter: string | null = null): ProblemError {
  if (typeof body === 'object' && body !== null && 'code' in body && 'detail' in body) {
    const retryAfterSeconds = Number(retryAfter);
    return new ProblemError(retryAfterSeconds > 0 ? { ...(body as Problem), retryAfterSeconds } : (body as Problem));
  }
  return new ProblemError({
    code: 'unreadable',
    status,
    title: 'The answer cannot be read',
    detail: `Something between this page and the server answered with status ${status}.`,
    remedy: 'Try again in a moment.',
  });
}

/** The problem in whatever was thrown. */
export function problemIn(error: unknown): Problem {
  if (error instanceof ProblemError) return error.problem;
  return {
    code: 'unreadable',
    status: 0,
    title: 'Something went wrong in this page',
    detail: error instanceof Error ? error.message : String(error),
    remedy: 'Load the page again.',
  };
}

/** Whether nothing has the address that was asked for: unknown, another organization's, or no id at all. */
export function isNothing(error: unknown): boolean {
  return isProblem(error, 'notFound', 'invalidRequest');
}

export function isProblem(error: unknown, ...codes: Problem['code'][]): boolean {
  return error instanceof ProblemError && codes.includes(error.problem.code);
}
