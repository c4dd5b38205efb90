/** How a handler that creates something receives what `answerOnce` needs to know of the request. It remembers nothing itself. */
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { idempotencyKey } from '../http/schema.js';
import { parseHeader } from '../http/schema.pipe.js';
import { askerOf } from './asker.decorator.js';
import type { CreatingRequest } from './idempotency.js';

const headerName = 'Idempotency-Key';

/** The `CreatingRequest`, on routes for access tokens only. Throws `invalidRequest` where its `Idempotency-Key` is malformed. */
export const Creating = createParamDecorator((_data: undefined, context: ExecutionContext) =>
  creatingRequestOf(context.switchToHttp().getRequest<FastifyRequest>()),
);

/** Describes the header in the description of the interface. */
export function ApiIdempotencyKey(): MethodDecorator {
  return ApiHeader({
    name: headerName,
    required: false,
    description: 'Repeats of the request with the same key and body get the same answer for 24 hours',
    schema: {
      type: 'string',
      minLength: 16,
      maxLength: 255,
      pattern: '^[!-~]{16,255}$',
      example: 'order-2026-11-0042',
    },
  });
}

function creatingRequestOf(request: FastifyRequest): CreatingRequest {
  const asker = askerOf(request);
  if (!('id' in asker)) throw new Error(`${request.url} creates for holders of access tokens only`);
  // The route, which is the path as long as no creating route has parameters: in the target, letters may be escaped.
  const path = request.routeOptions.url;
  if (path === undefined || path.includes(':')) throw new Error(`${request.url} is no path to remember an answer by`);
  return {
    principalId: asker.id,
    path,
    key: parseHeader(idempotencyKey, headerName, request.headers['idempotency-key']),
    body: request.body,
  };
}
