/**
 * Sends a refusal: the document and the headers that belong to its code. It chooses neither.
 */
import { type FastifyReply } from 'fastify';
import { problemDocument, problemKind, type ProblemError } from './problem.js';

/** The media type of RFC 9457. */
export const problemMediaType = 'application/problem+json';

const challenge = 'License realm="seatkeeper", Bearer realm="seatkeeper"';

/** The headers that a refusal's code demands, beside the content type. */
export function problemHeaders(problem: ProblemError): Record<string, string> {
  switch (problem.code) {
    case 'unauthenticated':
      return { 'www-authenticate': challenge };
    case 'tooManyRequests':
    case 'overloaded':
      return { 'retry-after': String(Math.max(1, Math.ceil(problem.retryAfterSeconds))) };
    default:
      return {};
  }
}

/**
 * Sends the document of a refusal as the answer.
 *
 * @param publicUrl the server's address without a slash at the end
 */
export function sendProblem(reply: FastifyReply, problem: ProblemError, publicUrl: string): void {
  const document = problemDocument(problem, publicUrl, reply.request.raw.url ?? '/');
  void reply
    .code(problemKind(problem.code).status)
    // What is refused now may be there in a moment, and “not found” may be kept by whoever is on the way (RFC 9111, 4.2.2).
    .header('cache-control', 'no-store')
    .headers(problemHeaders(problem))
    .header('content-type', problemMediaType)
    .send(JSON.stringify(document));
}
