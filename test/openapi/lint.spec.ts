/**
 * The description of the interface before a strict linter that is not ours: it finds nothing, and would find what could be wrong. The
 * linter runs as its users run it, with the configuration of `npm run lint:openapi`.
 */
import { execFile } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Assembly } from '../support/assembly.js';

interface Operation {
  operationId?: string;
  summary?: string;
  tags?: string[];
  parameters: { schema: Record<string, unknown>; description?: string }[];
  requestBody: { content: Record<string, { example?: unknown }> };
  responses: Record<string, { content: Record<string, { example?: unknown }> }>;
}
interface Document {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, { example?: Record<string, unknown> }> };
}

/** What the linter says of a document. */
interface Report {
  readonly totals: { readonly errors: number; readonly warnings: number; readonly ignored: number };
  readonly problems: readonly { readonly ruleId: string; readonly message: string }[];
}

const json = 'application/json';
const folder = mkdtempSync(join(tmpdir(), 'seatkeeper-lint-'));
let text: string;
beforeAll(async () => {
  const assembly = await Assembly.start();
  ({ text } = await assembly.request('GET', '/openapi.json', null));
  await assembly.stop();
});

/** @param name of the file, so that runs at the same time have one each */
function lint(document: string, name: string): Promise<Report> {
  const path = join(folder, `${name}.json`);
  writeFileSync(path, document);
  const flags = ['lint', '--config', 'test/openapi/redocly.yaml', '--format', 'json', '--max-problems', '1000', path];
  const env = { ...process.env, NODE_OPTIONS: '', REDOCLY_SUPPRESS_NOTIFICATIONS: 'true' };
  return new Promise((resolve, reject) => {
    execFile('node_modules/.bin/redocly', flags, { env, maxBuffer: 50_000_000 }, (error, stdout, stderr) => {
      try {
        resolve(JSON.parse(stdout) as Report);
      } catch {
        reject(new Error(`the linter says nothing: ${stderr}`, { cause: error }));
      }
    });
  });
}

describe('the description of the interface', () => {
  it('is found faultless: no error, no warning, and nothing that is to be ignored', async () => {
    const { problems, totals } = await lint(text, 'whole');
    expect(problems).toEqual([]);
    expect(totals).toEqual({ errors: 0, warnings: 0, ignored: 0 });
  });
});

type Fault = [what: string, rule: string, (document: Document) => unknown];

function operation({ paths }: Document, path: string, method: string): Operation {
  const found = paths[path]?.[method];
  if (found === undefined) throw new Error(`there is no ${method} ${path}`);
  return found;
}

function exampleOf({ components }: Document, name: string): Record<string, unknown> {
  const { example } = components.schemas[name] ?? {};
  if (example === undefined) throw new Error(`${name} has no example to spoil`);
  return example;
}

/** Each in a place of its own, so that one run tells them all. */
const faults: Fault[] = [
  [
    'an operation without an id',
    'operation-operationId',
    (document) => delete operation(document, '/v1/devices', 'post').operationId,
  ],
  [
    'an operation that is called as another one',
    'operation-operationId-unique',
    (document) => (operation(document, '/v1/sessions', 'delete').operationId = 'signOut'),
  ],
  [
    'an id with a blank',
    'operation-operationId-url-safe',
    (document) => (operation(document, '/v1/devices/{id}/check-in', 'post').operationId = 'check in'),
  ],
  [
    'an operation without a summary',
    'operation-summary',
    (document) => delete operation(document, '/v1/licenses', 'get').summary,
  ],
  [
    'an operation without a chapter',
    'operation-tag-defined',
    (document) => delete operation(document, '/v1/licenses/{id}', 'get').tags,
  ],
  [
    'a chapter that there is not',
    'operation-tag-defined',
    (document) => (operation(document, '/v1/support-tickets', 'get').tags = ['odds']),
  ],
  [
    'an operation that says of no refusal what it is',
    'seatkeeper/refusals',
    (document) => {
      const { responses } = operation(document, '/v1/devices/{id}', 'get');
      for (const status of Object.keys(responses).filter((each) => each.startsWith('4'))) delete responses[status];
    },
  ],
  [
    'an operation that leaves open what else it answers',
    'seatkeeper/refusals',
    (document) => delete operation(document, '/health/live', 'get').responses['default'],
  ],
  [
    'a parameter without an example',
    'seatkeeper/parameter-example',
    (document) => delete operation(document, '/v1/licenses/{id}/seats', 'get').parameters[0]?.schema['example'],
  ],
  [
    'a parameter without a description',
    'parameter-description',
    (document) => delete operation(document, '/v1/licenses/{id}/devices', 'get').parameters[0]?.description,
  ],
  [
    'a request without an example',
    'seatkeeper/body-example',
    ({ components }) => delete components.schemas['NewTicket']?.example,
  ],
  [
    'an answer without an example',
    'seatkeeper/body-example',
    ({ components }) => delete components.schemas['SeatList']?.example,
  ],
  [
    'an example that lacks a field',
    'no-invalid-schema-examples',
    (document) => delete exampleOf(document, 'Occupancy')['points'],
  ],
  [
    'an example with a field that there is not',
    'no-invalid-schema-examples',
    (document) => (exampleOf(document, 'Invited')['mood'] = 'sad'),
  ],
  [
    'an example of one route that is in no such state',
    'no-invalid-media-type-examples',
    (document) => {
      const { example } =
        operation(document, '/v1/licenses/{id}/suspend', 'post').responses['200']?.content[json] ?? {};
      Object.assign(example ?? {}, { status: 'asleep' });
    },
  ],
];

describe('the linter', () => {
  it('finds each fault by its rule, and nothing else', async () => {
    const document = JSON.parse(text) as Document;
    for (const [, , spoil] of faults) spoil(document);
    const { problems } = await lint(JSON.stringify(document), 'spoiled');
    expect(problems.map(({ ruleId }) => ruleId).sort()).toEqual(faults.map(([, rule]) => rule).sort());
  });
});
