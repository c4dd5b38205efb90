/**
 * The examples in the description of the interface: there is one wherever something is said, each is valid, and they are what a server
 * answers. For the last, their story is told to one: what is sent are the examples of requests, what comes back is compared with those
 * of the answers.
 */
import { z } from 'zod';
import { Assembly } from '../support/assembly.js';
import { type Described, type Document, type Operation, Telling } from './story.telling.js';

type Json = Record<string, unknown>;

let assembly: Assembly;
let document: Document;
let operations: Operation[];
beforeAll(async () => {
  assembly = await Assembly.start();
  document = JSON.parse((await assembly.request('GET', '/openapi.json', null)).text) as Document;
  operations = Object.values(document.paths).flatMap((item) => Object.values(item));
});
afterAll(() => assembly.stop());

/** Whatever says something with a schema: parameters and bodies, each with its place. */
function described(): [string, Described][] {
  return operations.flatMap(({ operationId, parameters = [], requestBody, responses }) => [
    ...parameters.map((parameter): [string, Described] => [`${operationId} ${parameter.name}`, parameter]),
    ...bodiesOf(`${operationId} request`, requestBody?.content),
    ...Object.entries(responses).flatMap(([status, { content }]) => bodiesOf(`${operationId} ${status}`, content)),
  ]);
}

function bodiesOf(place: string, content: Record<string, Described> = {}): [string, Described][] {
  return Object.entries(content).map(([type, body]) => [`${place} ${type}`, body]);
}

/** The examples in a place, those of a component for what refers to it. */
function examplesOf({ schema, example, examples = {} }: Described): unknown[] {
  const named = Object.values(examples).map((each) => resolved(each as Json)['value']);
  const own = example === undefined ? named : [example, ...named];
  return own.length > 0 ? own : examplesOfSchema(resolved(schema));
}

function examplesOfSchema({ example, examples = [] }: Json): unknown[] {
  return example === undefined ? (examples as unknown[]) : [example];
}

function resolved(described: Json): Json {
  const [kind, name] = String(described['$ref'] ?? '')
    .split('/')
    .slice(2);
  if (kind === undefined || name === undefined) return described;
  return (document.components as Record<string, Record<string, Json>>)[kind]?.[name] ?? {};
}

/** Every schema in the document that has an example of its own, with its place. */
function schemasWithExamples(node: unknown, place: string): [string, Json][] {
  if (typeof node !== 'object' || node === null) return [];
  const found: [string, Json][] = isSchema(node as Json) ? [[place, node as Json]] : [];
  const inner = Object.entries(node).filter(([key]) => !['example', 'examples', 'default', 'enum'].includes(key));
  return [...found, ...inner.flatMap(([key, value]) => schemasWithExamples(value, `${place}/${key}`))];
}

function isSchema(node: Json): boolean {
  const saysWhat = ['type', 'anyOf', 'oneOf', '$ref'].some((key) => key in node);
  return saysWhat && examplesOfSchema(node).length > 0 && !('in' in node);
}

const found = new Map<string, string | null>();

/** Why a value is not what a schema says; null where it is. Many places say the same, which is looked at once. */
function faultOf(value: unknown, schema: Json): string | null {
  const both = JSON.stringify([value, schema]);
  const known = found.get(both);
  const fault = known === undefined ? examined(value, schema) : known;
  found.set(both, fault);
  return fault;
}

/** Asked of zod, which the document is made with, but from the document alone. */
function examined(value: unknown, schema: Json): string | null {
  const text = JSON.stringify({ ...schema, $defs: document.components.schemas });
  const whole = JSON.parse(text.replaceAll('#/components/schemas/', '#/$defs/')) as z.core.JSONSchema.JSONSchema;
  const { success, error } = z.fromJSONSchema(whole).safeParse(value);
  return success ? null : z.prettifyError(error);
}

describe('an example', () => {
  it('is shown of each parameter, of each request and of each answer, refusals included', () => {
    expect(described().length).toBeGreaterThan(400);
    expect(described().flatMap(([place, what]) => (examplesOf(what).length > 0 ? [] : [place]))).toEqual([]);
  });

  it('is shown of each schema that has a name', () => {
    const named = Object.entries(document.components.schemas);
    expect(named.length).toBeGreaterThan(60);
    expect(named.flatMap(([name, schema]) => (examplesOfSchema(schema).length > 0 ? [] : [name]))).toEqual([]);
  });

  it('is valid in its place', () => {
    const faults = described().flatMap(([place, what]) =>
      examplesOf(what).flatMap((example) => {
        const fault = faultOf(example, what.schema);
        return fault === null ? [] : [`${place}: ${fault}`];
      }),
    );
    expect(faults).toEqual([]);
  });

  it('is valid in its schema', () => {
    const schemas = schemasWithExamples(document, '');
    expect(schemas.length).toBeGreaterThan(150);
    const faults = schemas.flatMap(([place, schema]) =>
      examplesOfSchema(schema).flatMap((example) => {
        const fault = faultOf(example, schema);
        return fault === null ? [] : [`${place}: ${fault}`];
      }),
    );
    expect(faults).toEqual([]);
  });

  it.each([
    ['Device', { state: 'asleep' }],
    ['Device', { seat: undefined }],
    ['Device', { mood: 'sad' }],
    ['License', { seats: 0 }],
    ['Ticket', { createdBy: { kind: 'member', id: 'Olivia', name: null } }],
    ['Transition', { at: 'today' }],
  ])('of %s would be found invalid with %j', (name, change) => {
    const schema = document.components.schemas[name] ?? {};
    const [example] = examplesOfSchema(schema);
    expect(faultOf(example, schema)).toBeNull();
    const changed: unknown = JSON.parse(JSON.stringify({ ...(example as object), ...change }));
    expect(faultOf(changed, schema)).toEqual(expect.any(String));
  });
});

describe('the story of the examples', () => {
  it.each(['support', 'home'] as const)(
    'is what happens when it is told to a server, ending with %s',
    async (ending) => {
      const place = await Assembly.start();
      try {
        const telling = new Telling(place, document);
        await telling.tell(ending);
        expect(telling.differences).toEqual([]);
        expect(telling.told.size).toBeGreaterThan(40);
      } finally {
        await place.stop();
      }
    },
  );
});
