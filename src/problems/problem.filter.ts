/**
 * The last stop of every exception: it becomes a problem document, or, if nobody foresaw it, a log line and the document of
 * `internalError`. Nothing of an unforeseen exception reaches the one who asked.
 */
import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { type Configuration } from '../config/configuration.js';
import { ProblemError } from './problem.js';
import { problemOf } from './problem.mapping.js';
import { sendProblem } from './problem.reply.js';

/** The global exception filter. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly configuration: Pick<Configuration, 'publicUrl'>) {}

  catch(exception: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    const problem = problemOf(exception);
    if (problem === null) {
      request.log.error({ requestId: request.id, err: exception }, 'a request failed');
    }
    if (reply.sent || reply.raw.headersSent) {
      reply.raw.destroy();
      return;
    }
    sendProblem(
      reply,
      problem ?? new ProblemError('internalError', 'The request failed in the server.'),
      this.configuration.publicUrl,
    );
  }
}
