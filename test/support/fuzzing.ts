/**
 * Requests made up from an OpenAPI document: mostly well-formed, often hostile, always reproducible from fast-check's seed.
 * Knows schemas and nothing of the product; ids and credentials that exist are handed in.
 */
import { Agent, request as send } from 'node:http';
import * as fc from 'fast-check';

/** As much of a JSON schema as the document uses. */
export interface Schema {
  $ref?: string;
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  minimum?: number;
  maximum?: number;
}

export interface ParameterDocument {
  name: string;
  in: 'path' | 'query' | 'header';
  schema?: Schema;
}

export interface OperationDocument {
  operationId: string;
  parameters?: ParameterDocument[];
  requestBody?: { content: Record<string, { schema?: Schema }> };
}

export interface OpenApiDocument {
  paths: Record<string, Record<string, OperationDocument>>;
  components?: { schemas?: Record<string, Schema> };
}

/** One request, ready to be sent. `rawPath` is sent as it is. */
export interface FuzzRequest {
  method: string;
  rawPath: string;
  headers: Record<string, string>;
  body: Buffer | null;
}

export interface FuzzAnswer {
  status: number;
  contentType: string;
  text: string;
}

/** What exists on the server, to be named in requests: ids by a word in the path before them, texts, `Authorization` headers. */
export interface FuzzPool {
  ids: Record<string, string[]>;
  texts: string[];
  credentials: (string | null)[];
}

const hostileTexts = [
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\ud800',
  '\udfff\ud800',
  '\u202e\u200b\ufeff',
  '__proto__',
  'constructor',
  'toString',
  "'; DROP TABLE device; --",
  '" OR 1=1 --',
  '%00',
  '../../etc/passwd',
  '${7*7}',
  '{{7*7}}',
  '<script>alert(1)</script>',
  '\r\nx-injected: 1',
  'null',
  'undefined',
  'NaN',
  '-0',
  '1e400',
  '😀'.repeat(60),
  'x'.repeat(5_000),
  'P99999999999999999999D',
  'PT1E5S',
  '9999-12-31T23:59:59.999Z',
  '-000001-01-01T00:00:00.000Z',
  '+275760-09-13T00:00:00.001Z',
  '2030-02-30T00:00:00.000Z',
  '00000000-0000-0000-0000-000000000000',
];

const hostileNumbers = [0, -1, 0.5, 1e21, -1e308, 2 ** 31, 2 ** 53, 2 ** 63, Number.MIN_VALUE, Number.MAX_SAFE_INTEGER];

/** Bodies that are no JSON, or JSON that a parser may stumble over. */
const hostileBodies = [
  '{',
  '}',
  '[[[',
  'nul',
  '\u0000',
  '\ufeff{}',
  '{"a":1e400}',
  '{"a":-1e999}',
  '{"a":1,"a":2}',
  '{"__proto__":{"role":"operator"}}',
  '{"constructor":{"prototype":{"role":"operator"}}}',
  '{"toString":1,"valueOf":2,"hasOwnProperty":3}',
  '"__proto__"',
  '123456789012345678901234567890',
  `${'['.repeat(10_000)}${']'.repeat(10_000)}`,
  `${'{"a":'.repeat(9_000)}1${'}'.repeat(9_000)}`,
  `{"${'k'.repeat(30_000)}":1}`,
  '"\\ud800"',
  '{"name":"\\u0000"}',
  '{"name":"\\ud83d"}',
  ' '.repeat(1_000),
];

const hostilePathParts = [
  '%00',
  '%ff',
  '%E0%A4',
  '%',
  '%zz',
  '..%2f..%2f',
  '%2e%2e',
  "'",
  '%27%20OR%201=1',
  'a'.repeat(3_000),
  '__proto__',
  '0',
  '-1',
  'null',
  '%F0%9F%98%80',
  '01890a5d-ac96-774b-bcce-b302099a8057',
  '01890A5D-AC96-774B-BCCE-B302099A8057',
  '00000000-0000-0000-0000-000000000000',
];

const hostileHeaders: Record<string, string[]> = {
  'if-match': ['*', '"1"', '"2"', '"-1"', '1', 'W/"1"', '"1", "2"', '""', '"99999999999999999999"', '"a', ',', ' '],
  'idempotency-key': [
    'fuzz-key-0123456789',
    'short',
    'with blank in the key',
    'é'.repeat(20),
    'k'.repeat(257),
    '"'.repeat(16),
  ],
  'content-type': [
    'application/json; charset=utf-16',
    'application/json; charset=latin1',
    'application/json;',
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data',
    'multipart/form-data; boundary=',
    'nonsense',
    '/',
  ],
  accept: ['application/xml', 'text/html', '*/*;q=0', 'nonsense'],
  'last-event-id': ['-1', 'x'],
  'x-request-id': ['x'.repeat(1_000), "'; --", 'é'],
  'accept-encoding': ['gzip', 'br;q=1, *;q=0', 'nonsense'],
  'content-encoding': ['gzip', 'nonsense'],
  origin: ['null', 'https://elsewhere.example'],
  cookie: ['session=x', '__Host-session=;;;=', '='],
  range: ['bytes=0-1'],
  'x-forwarded-for': ['127.0.0.1, evil', 'not an address'],
  'x-http-method-override': ['DELETE'],
};

const hostileCredentials = [
  '',
  'Bearer',
  'Bearer ',
  'bearer x',
  'License',
  'License x',
  'Bearer ska_',
  'Bearer skd_\u00e9',
  `Bearer ${'x'.repeat(3_000)}`,
  'Basic Og==',
  'Bearer a b c',
  'Bearer ska_x, License y',
];

/** The arbitrary once in so many times, else `otherwise`. */
function sometimes<Value, Otherwise>(arbitrary: fc.Arbitrary<Value>, onceIn: number, otherwise: Otherwise) {
  return fc.oneof({ weight: 1, arbitrary }, { weight: onceIn - 1, arbitrary: fc.constant(otherwise) });
}

/** Texts of any kind: those handed in, hostile ones and random ones. */
function texts(pool: FuzzPool): fc.Arbitrary<string> {
  return fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...pool.texts, ...Object.values(pool.ids).flat()) },
    { weight: 2, arbitrary: fc.constantFrom(...hostileTexts) },
    { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 300 }) },
  );
}

/** A value that mostly fits the schema. */
function fitting(schema: Schema, document: OpenApiDocument, pool: FuzzPool, key = ''): fc.Arbitrary<unknown> {
  if (schema.$ref !== undefined) {
    const target = document.components?.schemas?.[schema.$ref.split('/').at(-1) ?? ''] ?? {};
    return fitting(target, document, pool, key);
  }
  const variants = schema.anyOf ?? schema.oneOf ?? schema.allOf;
  if (variants !== undefined && variants.length > 0) {
    return fc.oneof(...variants.map((variant) => valueOf(variant, document, pool, key)));
  }
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  const types = [schema.type ?? 'string'].flat();
  return fc.oneof(...types.map((type) => ofType(type, schema, document, pool, key)));
}

function ofType(
  type: string,
  schema: Schema,
  document: OpenApiDocument,
  pool: FuzzPool,
  key: string,
): fc.Arbitrary<unknown> {
  switch (type) {
    case 'null':
      return fc.constant(null);
    case 'boolean':
      return fc.boolean();
    case 'integer':
      return fc.integer({ min: Math.max(schema.minimum ?? 1, -1_000), max: Math.min(schema.maximum ?? 50, 50) });
    case 'number':
      return fc.double({ noNaN: true, noDefaultInfinity: true });
    case 'array':
      return fc.array(valueOf(schema.items ?? {}, document, pool, key), { maxLength: 3 });
    case 'object': {
      const properties = Object.entries(schema.properties ?? {}).map(
        ([name, inner]) => [name, valueOf(inner, document, pool, name)] as const,
      );
      return fc.record(Object.fromEntries(properties), {
        requiredKeys: (schema.required ?? []).filter((name) => name in (schema.properties ?? {})),
      });
    }
    default: {
      const named = Object.entries(pool.ids).find(([word]) => key.toLowerCase() === `${word.replace(/s$/, '')}id`);
      return named ? fc.constantFrom(...named[1]) : texts(pool);
    }
  }
}

/** A value for a schema: fitting mostly, anything sometimes. */
export function valueOf(schema: Schema, document: OpenApiDocument, pool: FuzzPool, key = ''): fc.Arbitrary<unknown> {
  return fc.oneof(
    { weight: 12, arbitrary: fitting(schema, document, pool, key) },
    { weight: 1, arbitrary: fc.constantFrom<unknown>(null, true, [], {}, [null], ...hostileNumbers, ...hostileTexts) },
    { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
  );
}

function bodyOf(operation: OperationDocument, document: OpenApiDocument, pool: FuzzPool): fc.Arbitrary<Buffer | null> {
  const schema = Object.values(operation.requestBody?.content ?? {})[0]?.schema;
  const wellFormed = schema === undefined ? fc.constant(null) : valueOf(schema, document, pool);
  const withExtra = fc
    .tuple(wellFormed, fc.constantFrom('__proto__', 'constructor', 'extra', 'id', ''), fc.jsonValue({ maxDepth: 2 }))
    .map(([value, name, extra]) => {
      const text = JSON.stringify(value);
      return text.startsWith('{') && text !== '{}'
        ? `{${JSON.stringify(name)}:${JSON.stringify(extra)},${text.slice(1)}`
        : text;
    });
  return fc.oneof(
    {
      weight: 10,
      arbitrary: wellFormed.map((value) => (value === null ? null : Buffer.from(JSON.stringify(value)))),
    },
    { weight: 1, arbitrary: withExtra.map((text) => Buffer.from(text)) },
    { weight: 1, arbitrary: fc.constantFrom(...hostileBodies).map((text) => Buffer.from(text)) },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 100 }).map((bytes) => Buffer.from(bytes)) },
  );
}

function pathOf(path: string, pool: FuzzPool): fc.Arbitrary<string> {
  const parts = path.split('/').map((part, index, all) => {
    if (!part.startsWith('{')) return fc.constant(part);
    const known = pool.ids[all[index - 1] ?? ''] ?? [];
    const others = Object.values(pool.ids).flat();
    return fc.oneof(
      { weight: 8, arbitrary: fc.constantFrom(...(known.length > 0 ? known : others)) },
      { weight: 1, arbitrary: fc.constantFrom(...others) },
      { weight: 1, arbitrary: fc.constantFrom(...hostilePathParts) },
    );
  });
  return fc.tuple(...parts).map((chosen) => chosen.join('/'));
}

function queryOf(operation: OperationDocument, document: OpenApiDocument, pool: FuzzPool): fc.Arbitrary<string> {
  const declared = (operation.parameters ?? []).filter((parameter) => parameter.in === 'query');
  const one = (parameter: ParameterDocument) =>
    fc
      .oneof(
        { weight: 5, arbitrary: fitting(parameter.schema ?? {}, document, pool) },
        { weight: 1, arbitrary: fc.constantFrom<unknown>(...hostileTexts.slice(0, -4), ...hostileNumbers) },
      )
      .map((value) => [value].flat().map((item) => `${parameter.name}=${encode(String(item))}`));
  const unknown = fc.constantFrom(
    'x=1',
    'dryRun=true',
    '__proto__[a]=1',
    'state[]=active',
    'limit=1&limit=2',
    '%00=%00',
    '%=',
    '&&',
    'a=%E0%A4',
  );
  return fc
    .tuple(
      ...declared.map((parameter) => sometimes(one(parameter), 3, [])),
      sometimes(
        unknown.map((text) => [text]),
        12,
        [],
      ),
    )
    .map((chosen) => chosen.flat().join('&'))
    .map((query) => (query === '' ? '' : `?${query.slice(0, 4_000)}`));
}

/** Percent-encodes any text, lone halves of characters too. */
function encode(text: string): string {
  return [...Buffer.from(text)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
}

function headersOf(operation: OperationDocument): fc.Arbitrary<Record<string, string>> {
  const declared = new Set(
    (operation.parameters ?? []).filter((p) => p.in === 'header').map((p) => p.name.toLowerCase()),
  );
  return fc
    .tuple(
      ...Object.entries(hostileHeaders).map(([name, values]) =>
        sometimes(
          fc.constantFrom(...values).map((value) => [name, value] as const),
          declared.has(name) ? 2 : 40,
          null,
        ),
      ),
    )
    .map((chosen) => Object.fromEntries(chosen.filter((header) => header !== null)));
}

/** Requests for one operation of the document. */
export function requestsFor(
  method: string,
  path: string,
  operation: OperationDocument,
  document: OpenApiDocument,
  pool: FuzzPool,
): fc.Arbitrary<FuzzRequest> {
  return fc
    .record({
      method: fc.oneof(
        { weight: 20, arbitrary: fc.constant(method.toUpperCase()) },
        { weight: 1, arbitrary: fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS') },
      ),
      path: pathOf(path, pool),
      query: queryOf(operation, document, pool),
      headers: headersOf(operation),
      auth: fc.oneof(
        { weight: 10, arbitrary: fc.constantFrom(...pool.credentials) },
        { weight: 1, arbitrary: fc.constantFrom(...hostileCredentials) },
      ),
      body: bodyOf(operation, document, pool),
    })
    .map(({ method: chosen, path: rawPath, query, headers, auth, body }) => ({
      method: chosen,
      rawPath: `${rawPath}${query}`,
      headers: {
        ...(body === null ? {} : { 'content-type': 'application/json' }),
        ...headers,
        ...(auth === null ? {} : { authorization: auth }),
      },
      body,
    }));
}

/** Sends requests as they are, which `fetch` would not: bodies with GET, paths that are not normalised. */
export class FuzzClient {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 4 });

  constructor(private readonly port: number) {}

  send(request: FuzzRequest): Promise<FuzzAnswer> {
    return new Promise((done, fail) => {
      const outgoing = send(
        {
          host: '127.0.0.1',
          port: this.port,
          method: request.method,
          path: request.rawPath,
          headers:
            request.body === null ? request.headers : { ...request.headers, 'content-length': request.body.length },
          agent: this.agent,
          timeout: 10_000,
        },
        (incoming) => {
          const contentType = incoming.headers['content-type'] ?? '';
          if (contentType === 'text/event-stream') {
            // It has no end to wait for.
            done({ status: incoming.statusCode ?? 0, contentType, text: '' });
            outgoing.destroy();
            return;
          }
          const chunks: Buffer[] = [];
          incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
          incoming.on('error', fail);
          incoming.on('end', () =>
            done({
              status: incoming.statusCode ?? 0,
              contentType,
              text: Buffer.concat(chunks).toString(),
            }),
          );
        },
      );
      outgoing.on('timeout', () => outgoing.destroy(new Error('no answer in ten seconds')));
      outgoing.on('error', fail);
      outgoing.end(request.body ?? undefined);
    });
  }

  close(): void {
    this.agent.destroy();
  }
}
