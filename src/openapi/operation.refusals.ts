/**
 * Which refusals an operation can answer, told from what the operation takes and who may use it, so that no route repeats it. The
 * words and statuses come from the one table of problem codes.
 */
import type { OpenAPIObject } from '@nestjs/swagger';
import {
  invalidRequest,
  type ProblemCode,
  problemCodes,
  problemDocument,
  ProblemError,
  problemKind,
} from '../problems/problem.js';
import { problemMediaType } from '../problems/problem.reply.js';

type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;
type Response = Operation['responses'][string];

/** What is known of an operation. */
export interface Place {
  readonly method: string;
  readonly path: string;
  readonly operation: Operation;
  /** Whether its body names something by an id. */
  readonly namesIdInBody: boolean;
}

/** The responses that refuse, by status, and `default` for all others. */
export function refusalsOf(place: Place): Record<string, Response> {
  const responses: Record<string, Response> = {};
  for (const code of expectedCodes(place)) responses[String(problemKind(code).status)] = refusal(code);
  return { ...responses, default: anyOther };
}

function expectedCodes({ method, path, operation, namesIdInBody }: Place): ProblemCode[] {
  const codes = new Set<ProblemCode>();
  if (path.startsWith('/v1/')) codes.add('invalidRequest');
  if ((operation.security ?? []).length > 0) for (const code of guarded) codes.add(code);
  if (operation.requestBody !== undefined) for (const code of withBody) codes.add(code);
  if (method !== 'get' || path === '/health/ready') codes.add('overloaded');
  if (path.includes('{') || namesIdInBody || path.startsWith('/v1/test-clock')) codes.add('notFound');
  if (takesHeader(operation, 'idempotency-key')) codes.add('idempotencyKeyReused');
  if (takesHeader(operation, 'if-match')) codes.add('versionRequired').add('versionMismatch');
  return problemCodes.filter((code) => codes.has(code));
}

const guarded = ['unauthenticated', 'forbidden', 'tooManyRequests'] as const satisfies readonly ProblemCode[];
const withBody = ['tooLarge', 'unsupportedMediaType'] as const satisfies readonly ProblemCode[];

function takesHeader({ parameters = [] }: Operation, name: string): boolean {
  return parameters.some(
    (parameter) => 'in' in parameter && parameter.in === 'header' && parameter.name.toLowerCase() === name,
  );
}

function refusal(code: ProblemCode): Response {
  return {
    description: problemKind(code).title,
    ...(isToBeRepeated(code) ? { headers: retryAfter } : null),
    content: { [problemMediaType]: { schema, examples: { [code]: { $ref: `#/components/examples/${code}` } } } },
  };
}

function isToBeRepeated(code: ProblemCode): boolean {
  return code === 'tooManyRequests' || code === 'overloaded';
}

const schema = { $ref: '#/components/schemas/Problem' };
const retryAfter = {
  'Retry-After': { description: 'In seconds', required: true, schema: { type: 'integer' as const, minimum: 1 } },
};
const anyOther: Response = {
  description: 'Any other refusal; its `code` says which',
  content: { [problemMediaType]: { schema } },
};

/** An example of each refusal, for `components.examples`. @param publicUrl the server's address */
export function refusalExamples(
  publicUrl: string,
): Record<string, { summary: string; description: string; value: object }> {
  return Object.fromEntries(
    problemCodes.map((code) => {
      const { title, explanation } = problemKind(code);
      const problem =
        code === 'invalidRequest'
          ? invalidRequest([{ path: 'seats', message: 'must be at least 1' }])
          : new ProblemError(code);
      return [
        code,
        { summary: title, description: explanation, value: problemDocument(problem, publicUrl, '/v1/licenses') },
      ];
    }),
  );
}
