/**
 * Answers what is not even an HTTP request that Node's parser understands: no handler sees it, so the document is written to the
 * connection directly, which is then closed.
 */
import { STATUS_CODES } from 'node:http';
import { type Socket } from 'node:net';
import { invalidRequest, problemDocument, problemKind, ProblemError } from '../problems/problem.js';
import { problemMediaType } from '../problems/problem.reply.js';
import { newRequestId } from './request-id.js';
import { bareSecurityHeaders } from './security-headers.js';

/** @param publicUrl the server's address without a slash at the end */
export function answerClientError(error: NodeJS.ErrnoException, socket: Socket, publicUrl: string): void {
  // Nobody is left to answer.
  if (error.code === 'ECONNRESET' || socket.destroyed || !socket.writable) return;
  const problem = problemOfParser(error.code);
  const { status } = problemKind(problem.code);
  const body = JSON.stringify(problemDocument(problem, publicUrl, '/'));
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
    `content-type: ${problemMediaType}; charset=utf-8`,
    `content-length: ${Buffer.byteLength(body)}`,
    `x-request-id: ${newRequestId()}`,
    'cache-control: no-store',
    ...Object.entries(bareSecurityHeaders).map(([name, value]) => `${name}: ${value}`),
    'connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`, () => socket.destroy());
}

function problemOfParser(code: string | undefined): ProblemError {
  switch (code) {
    case 'HPE_HEADER_OVERFLOW':
    case 'HPE_CHUNK_EXTENSIONS_OVERFLOW':
      return new ProblemError('tooLarge', 'The headers of the request are too large.');
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return invalidRequest([{ path: '', message: 'the request did not arrive in time' }]);
    default:
      return invalidRequest([{ path: '', message: 'this is not a well-formed HTTP request' }]);
  }
}
