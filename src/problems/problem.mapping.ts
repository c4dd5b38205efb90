/**
 * What an exception means to the one who asked: a refusal stays what it is, an error of the framework about the request becomes one
 * of ours, and everything else is a fault of the server, of which nothing is told.
 */
import { HttpException } from '@nestjs/common';
import { DatabaseAway, DatabaseBusy } from '../persistence/database.away.js';
import { invalidRequest, problemKind, ProblemError, type ProblemCode } from './problem.js';

const retryAfterSeconds = 2;

/** The codes that an error of the framework can stand for; it only says a status, which the table gives each of them. */
const general = [
  'tooLarge',
  'unsupportedMediaType',
  'tooManyRequests',
  'overloaded',
  'unauthenticated',
  'forbidden',
  'invalidRequest',
  'notFound',
] as const satisfies readonly ProblemCode[];

const codeOfStatus: ReadonlyMap<number, ProblemCode> = new Map(general.map((code) => [problemKind(code).status, code]));

/**
 * The refusal that an exception stands for, or null where it is a fault of the server. Words of the framework are not passed on:
 * they can repeat what was sent.
 */
export function problemOf(exception: unknown): ProblemError | null {
  if (exception instanceof ProblemError) return exception;
  // Only reads end here; what a write did is told by the coordinator.
  if (exception instanceof DatabaseAway) return overloaded('The database cannot be reached now.');
  if (exception instanceof DatabaseBusy) return overloaded('The database is too busy to be read now.');
  const status = statusOf(exception);
  if (status === null) return null;
  const code = codeOfStatus.get(status);
  if (code === 'invalidRequest' || (code === undefined && status < problemKind('internalError').status)) {
    return invalidRequest([{ path: '', message: 'the request could not be read' }]);
  }
  return code === undefined ? null : new ProblemError(code);
}

function overloaded(detail: string): ProblemError {
  return new ProblemError('overloaded', detail, { outcome: 'none' }, retryAfterSeconds);
}

function statusOf(exception: unknown): number | null {
  if (exception instanceof HttpException) return exception.getStatus();
  // Errors of Fastify and of the stream that carries the body say their status in a property.
  const status = exception instanceof Error && 'statusCode' in exception ? exception.statusCode : null;
  return typeof status === 'number' && status >= 400 && status < problemKind('internalError').status ? status : null;
}
