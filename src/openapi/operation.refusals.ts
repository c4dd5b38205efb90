/**
 * Which refusals an operation can answer, told from what the operation takes, who may use it and what the rules can say to it, so that
 * no route repeats it. The words and statuses come from the one table of problem codes.
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
import { addressOfProblem, addressOfProblems } from '../problems/problem.address.js';
import { problemMediaType } from '../problems/problem.reply.js';
import { reasonsOf } from '../rules/refusal.sources.js';

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
  const codes = expectedCodes(place);
  const statuses = [...new Set(codes.map((code) => problemKind(code).status))];
  const responses = statuses.map((status) => [
    String(status),
    refusal(codes.filter((code) => problemKind(code).status === status)),
  ]);
  return { ...(Object.fromEntries(responses) as Record<string, Response>), default: anyOther };
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
  for (const reason of reasonsOf(operation.operationId ?? '')) codes.add(reason);
  for (const code of ofTheirOwn[operation.operationId ?? ''] ?? []) codes.add(code);
  return problemCodes.filter((code) => codes.has(code));
}

/** What nothing above tells: a credential stands in the body, an address has to be nobody else's, a stream stays open. */
const ofTheirOwn: Readonly<Record<string, readonly ProblemCode[]>> = {
  addMember: ['emailInUse'],
  signIn: ['unauthenticated', 'forbidden', 'tooManyRequests'],
  streamDevice: ['overloaded'],
  streamLicense: ['overloaded'],
  signOut: ['forbidden'],
  acceptInvitation: ['unauthenticated', 'forbidden', 'tooManyRequests'],
  lookAtInvitation: ['unauthenticated', 'forbidden', 'tooManyRequests'],
};

const guarded = ['unauthenticated', 'forbidden', 'tooManyRequests'] as const satisfies readonly ProblemCode[];
const withBody = ['tooLarge', 'unsupportedMediaType'] as const satisfies readonly ProblemCode[];

function takesHeader({ parameters = [] }: Operation, name: string): boolean {
  return parameters.some(
    (parameter) => 'in' in parameter && parameter.in === 'header' && parameter.name.toLowerCase() === name,
  );
}

/** @param codes of one status */
function refusal(codes: readonly ProblemCode[]): Response {
  const examples = codes.map((code) => [code, { $ref: `#/components/examples/${code}` }] as const);
  return {
    description: codes.map((code) => `[${problemKind(code).title}](${addressOfProblem(code)})`).join('; '),
    ...(codes.some(isToBeRepeated) ? { headers: retryAfter } : null),
    content: { [problemMediaType]: { schema, examples: Object.fromEntries(examples) } },
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
  description: `Any other [refusal](${addressOfProblems}); its \`code\` says which`,
  content: {
    [problemMediaType]: { schema, examples: { internalError: { $ref: '#/components/examples/internalError' } } },
  },
};

/** An example of each refusal that the document refers to, for its `components.examples`. @param publicUrl the server's address */
export function refusalExamples(
  document: OpenAPIObject,
  publicUrl: string,
): Record<string, { summary: string; description: string; value: object }> {
  return Object.fromEntries(
    codesIn(document).map((code) => {
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

/** The codes that have an example in some answer. */
function codesIn({ paths }: OpenAPIObject): ProblemCode[] {
  const named = new Set(
    Object.values(paths)
      .flatMap((item) => Object.values(item) as Operation[])
      .flatMap(({ responses }) => Object.values(responses))
      .flatMap((response) =>
        Object.keys((response && 'content' in response && response.content?.[problemMediaType]?.examples) || {}),
      ),
  );
  return problemCodes.filter((code) => named.has(code));
}
