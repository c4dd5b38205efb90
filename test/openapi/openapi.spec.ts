/** The description of the interface: is it what OpenAPI 3.1 demands, and does it say of requests and answers what is true. */
import { z } from 'zod';
import { schemaConverter } from '../../src/openapi/schema.converter.js';
import { duration, instant, optional } from '../../src/http/schema.js';
import { Assembly } from '../support/assembly.js';

interface Media {
  schema: Json;
  example?: unknown;
  examples?: Record<string, { $ref: string }>;
}
interface Operation {
  operationId: string;
  summary?: string;
  description: string;
  tags: string[];
  parameters?: { name: string; in: string; required: boolean; schema: Json; style?: string; explode?: boolean }[];
  requestBody?: { required: boolean; content: Record<string, Media> };
  responses: Record<string, { description: string; content?: Record<string, Media>; headers?: object }>;
  security: Record<string, string[]>[];
  'x-allowed'?: string[];
}
type Json = Record<string, unknown>;
interface Document {
  openapi: string;
  info: Json;
  tags: { name: string }[];
  paths: Record<string, Record<string, Operation>>;
  components: Record<string, Record<string, Json>>;
}

let assembly: Assembly;
let document: Document;
beforeAll(async () => {
  assembly = await Assembly.start();
  document = (await assembly.request('GET', '/openapi.json', null)).body as unknown as Document;
});
afterAll(() => assembly.stop());

function operation(id: string): Operation {
  const found = operations().find(([, { operationId }]) => operationId === id);
  if (found === undefined) throw new Error(`there is no operation ${id}`);
  return found[1];
}
const operations = () =>
  Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, described]) => [`${method} ${path}`, described] as const),
  );

const schemaTypes = ['string', 'integer', 'number', 'boolean', 'object', 'array', 'null'];

/** What is wrong with a JSON Schema of the dialect of OpenAPI 3.1, by path. */
function faultsOf(schema: unknown, path: string): string[] {
  if (typeof schema !== 'object' || schema === null) return typeof schema === 'boolean' ? [] : [`${path}: no schema`];
  const faults: string[] = [];
  const {
    type,
    $ref,
    enum: values,
    required,
    properties,
    items,
    anyOf,
    oneOf,
    allOf,
    pattern,
    nullable,
  } = schema as Json;
  const types = Array.isArray(type) ? type : type === undefined ? [] : [type];
  if (types.some((name) => !schemaTypes.includes(String(name)))) faults.push(`${path}: type ${String(type)}`);
  if (nullable !== undefined) faults.push(`${path}: nullable`);
  if ('$defs' in schema || '$schema' in schema || 'id' in schema) faults.push(`${path}: a keyword of the converter`);
  if ($ref !== undefined && !/^#\/components\/schemas\/\w+$/.test(String($ref)))
    faults.push(`${path}: ${String($ref)}`);
  if (values !== undefined && (!Array.isArray(values) || values.length === 0)) faults.push(`${path}: enum`);
  if (typeof pattern === 'string' && !isPattern(pattern)) faults.push(`${path}: pattern ${pattern}`);
  const known = Object.keys((properties as object | undefined) ?? {});
  for (const name of (required as string[] | undefined) ?? []) {
    if (!known.includes(name)) faults.push(`${path}: requires ${name}`);
  }
  for (const [name, inner] of Object.entries((properties as object | undefined) ?? {})) {
    faults.push(...faultsOf(inner, `${path}.${name}`));
  }
  if (items !== undefined) faults.push(...faultsOf(items, `${path}[]`));
  if (types.includes('array') && items === undefined) faults.push(`${path}: a list of what?`);
  for (const list of [anyOf, oneOf, allOf]) {
    if (list === undefined) continue;
    if (!Array.isArray(list) || list.length === 0) faults.push(`${path}: an empty choice`);
    else faults.push(...list.flatMap((inner, index) => faultsOf(inner, `${path}|${index}`)));
  }
  return faults;
}

function isPattern(pattern: string): boolean {
  try {
    return new RegExp(pattern, 'u') instanceof RegExp;
  } catch {
    return false;
  }
}

describe('the document', () => {
  it('has the members that the specification demands, and no others', () => {
    expect(document.openapi).toBe('3.1.0');
    expect(Object.keys(document).sort()).toEqual(['components', 'info', 'openapi', 'paths', 'servers', 'tags']);
    expect(Object.keys(document.info).sort()).toEqual(['description', 'license', 'title', 'version']);
    expect(Object.keys(document.components).sort()).toEqual(['examples', 'schemas', 'securitySchemes']);
    for (const names of Object.values(document.components)) {
      for (const name of Object.keys(names)) expect(name).toMatch(/^[A-Za-z0-9._-]+$/);
    }
  });

  it('is made of valid schemas', () => {
    const faults = Object.entries(document.components['schemas'] ?? {}).flatMap(([name, schema]) =>
      faultsOf(schema, name),
    );
    for (const [name, { parameters = [], requestBody, responses }] of operations()) {
      for (const parameter of parameters) faults.push(...faultsOf(parameter.schema, `${name} ${parameter.name}`));
      for (const { content = {} } of [requestBody ?? {}, ...Object.values(responses)]) {
        for (const media of Object.values(content)) faults.push(...faultsOf(media.schema, name));
      }
    }
    expect(faults).toEqual([]);
  });

  it('contains whatever it refers to', () => {
    const references = JSON.stringify(document).match(/"\$ref":"[^"]+"/g) ?? [];
    expect(references.length).toBeGreaterThan(100);
    for (const reference of new Set(references)) {
      const [kind = '', name = ''] = reference.slice('"$ref":"#/components/'.length, -1).split('/');
      expect([reference, document.components[kind]?.[name] !== undefined]).toEqual([reference, true]);
    }
  });

  it('gives each operation a name of its own, a summary and a tag', () => {
    const names = operations().map(([, { operationId }]) => operationId);
    expect(new Set(names).size).toBe(names.length);
    for (const [name, { operationId, summary, tags }] of operations()) {
      expect([name, operationId]).toEqual([name, expect.stringMatching(/^[a-z][A-Za-z]+$/)]);
      expect([name, summary]).toEqual([name, expect.stringMatching(/\S/)]);
      expect([name, tags.length]).toEqual([name, 1]);
      expect(document.tags.map((chapter) => chapter.name)).toContain(tags[0]);
    }
  });

  it('names each parameter once', () => {
    for (const [name, { parameters = [] }] of operations()) {
      const keys = parameters.map((parameter) => `${parameter.in} ${parameter.name}`);
      expect([name, keys.length]).toEqual([name, new Set(keys).size]);
    }
  });

  it('describes every answer, and what belongs to each of them', () => {
    for (const [name, { responses }] of operations()) {
      for (const [status, response] of Object.entries(responses)) {
        expect([name, status, response.description]).toEqual([name, status, expect.stringMatching(/\S/)]);
        expect(Object.keys(response).every((key) => ['description', 'content', 'headers'].includes(key))).toBe(true);
      }
    }
  });
});

describe('who may use an operation', () => {
  const schemes: Record<string, string[]> = { licenseKey: ['licenseKey'], device: ['deviceToken'] };
  /** Of who is signed in only, since they are about that. */
  const ofSessions = ['readSession', 'signOutEverywhere', 'changePassword'];
  /** How a credential is had or given up, and the rules, which are nobody's. */
  const open = [
    'signIn',
    'signOut',
    'acceptInvitation',
    'lookAtInvitation',
    'listMachines',
    'readMachine',
    'readCoverage',
    'drawMachine',
    'exportMachineAsScxml',
    'exportMachineAsMermaid',
    'exportMachineAsJson',
    'exportMachineAsMarkdown',
  ];

  it('is said by the credentials that its declaration leaves', () => {
    for (const [name, { operationId, security, 'x-allowed': allowed = [] }] of operations()) {
      const ofPeople = ofSessions.includes(operationId) ? ['session'] : ['accessToken', 'session'];
      const expected = [...new Set(allowed.flatMap((kind) => schemes[kind] ?? ofPeople))].sort();
      expect([name, security.flatMap((requirement) => Object.keys(requirement)).sort()]).toEqual([name, expected]);
      if (name.includes(' /v1/')) expect([name, security.length > 0]).toEqual([name, !open.includes(operationId)]);
    }
  });

  it('is said in words, too', () => {
    expect(operation('renameDevice').description).toBe('For editors, managers, owners, operators.');
    expect(operation('readLiveness').description).toBe('For everybody.');
  });
});

describe('refusals', () => {
  it('are those that the operation can give', () => {
    const statuses = (id: string) => Object.keys(operation(id).responses);
    expect(statuses('openTicket')).toEqual([
      '201',
      '400',
      '401',
      '403',
      '404',
      '413',
      '415',
      '422',
      '429',
      '503',
      'default',
    ]);
    expect(statuses('listTickets')).toEqual(['200', '400', '401', '403', '429', 'default']);
    expect(statuses('changeLicense')).toEqual(expect.arrayContaining(['404', '412', '428']));
    expect(statuses('createOrganization')).not.toContain('404');
    expect(statuses('readReadiness')).toEqual(['200', '503', 'default']);
    expect(statuses('readLiveness')).toEqual(['200', 'default']);
  });

  it('are those that the rules can give, each of its status with an example', () => {
    const examples = (id: string, status: string) =>
      Object.keys(operation(id).responses[status]?.content?.['application/problem+json']?.examples ?? {});
    expect(examples('activateDevice', '403')).toEqual([
      'forbidden',
      'licenseSuspended',
      'licenseExpired',
      'licenseRevoked',
    ]);
    expect(examples('activateDevice', '409')).toEqual(['noSeatAvailable']);
    expect(examples('deactivateDevice', '409')).toEqual([
      'deviceNotActive',
      'remoteDeactivationDisabled',
      'remoteDeactivationEnabling',
      'devicePredatesRemoteDeactivation',
    ]);
    expect(examples('forceDeactivation', '409')).toEqual(['ticketNotApplicable', 'deviceNotActive']);
    expect(examples('setRemoteDeactivation', '409')).toEqual([]);
    expect(examples('changeLicense', '409')).toEqual(['seatsInUse']);
    expect(examples('addMember', '409')).toEqual(['emailInUse']);
  });

  it('are problem documents, with an example each', () => {
    const { responses } = operation('openTicket');
    expect(responses['422']).toEqual({
      description: '[The idempotency key belongs to another request](/problems/idempotency-key-reused)',
      content: {
        'application/problem+json': {
          schema: { $ref: '#/components/schemas/Problem' },
          examples: { idempotencyKeyReused: { $ref: '#/components/examples/idempotencyKeyReused' } },
        },
      },
    });
    expect(document.components['examples']?.['noSeatAvailable']?.['value']).toMatchObject({
      status: 409,
      code: 'noSeatAvailable',
    });
    expect(Object.keys(responses['503']?.headers ?? {})).toEqual(['Retry-After']);
  });
});

describe('requests and answers', () => {
  it('lets a field that may be left out be null in a request', () => {
    const ticket = document.components['schemas']?.['NewTicket'];
    expect(ticket?.['required']).toEqual(['licenseId', 'topic', 'message']);
    expect((ticket?.['properties'] as Record<string, Json>)['deviceId']?.['anyOf']).toContainEqual({ type: 'null' });
  });

  it('requires every member of an answer', () => {
    for (const name of ['Ticket', 'Transition', 'TicketList']) {
      const schema = document.components['schemas']?.[name] ?? {};
      expect(schema['required']).toEqual(Object.keys(schema['properties'] as object));
      expect(schema['additionalProperties']).toBe(false);
    }
  });

  it('describes a query parameter that may be repeated as a list', () => {
    const status = operation('listTickets').parameters?.find(({ name }) => name === 'status');
    expect(status).toMatchObject({ required: false, style: 'form', explode: true, schema: { type: 'array' } });
  });

  it('gives a parameter with a default its default, and does not require it', () => {
    const limit = operation('listTickets').parameters?.find(({ name }) => name === 'limit');
    expect(limit).toMatchObject({
      required: false,
      schema: { type: 'integer', minimum: 1, maximum: 200, default: 50 },
    });
  });

  it('describes no body where there are no fields, and requires none where there are no required ones', () => {
    expect(operation('suspendLicense').requestBody).toBeUndefined();
    expect(operation('logOut').requestBody).toBeUndefined();
    expect(operation('deactivateDevice').requestBody?.required).toBe(false);
    expect(operation('checkIn').requestBody).toMatchObject({
      required: false,
      content: { 'application/json': { schema: { $ref: '#/components/schemas/CheckInBody' } } },
    });
    expect(operation('openTicket').requestBody?.required).toBe(true);
  });

  it('describes what is transformed as it is sent, with its example', () => {
    const convert = schemaConverter();
    const schema = z.strictObject({ at: instant, until: optional(instant), every: duration('PT1S', 'P2D') });
    expect(convert(schema, { schemaType: 'input' })?.schema).toMatchObject({
      properties: {
        at: { type: 'string', format: 'date-time', examples: ['2026-11-24T09:30:00.000Z'] },
        every: { type: 'string', format: 'duration', examples: ['P2D'] },
      },
      required: ['at', 'every'],
    });
  });

  it('refuses to describe two things by one id', () => {
    const convert = schemaConverter();
    const schema = z.strictObject({ size: z.string().default('small') }).meta({ id: 'TwoFaced' });
    convert(schema, { schemaType: 'input' });
    expect(() => convert(schema, { schemaType: 'output' })).toThrow('TwoFaced');
  });
});

describe('the readable page', () => {
  it.each(['/docs', '/docs/'])('at %s loads only files of this server, which are there', async (path) => {
    const page = await assembly.request('GET', path, null);
    expect(page.headers.get('content-type')).toMatch(/^text\/html/);
    const addresses = [...page.text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address]) => String(address));
    expect(addresses).toHaveLength(4);
    for (const address of addresses) {
      const file = await assembly.request('GET', address, null);
      expect([address, file.status]).toEqual([address, 200]);
      expect(file.headers.get('content-type')).toMatch(/^(text\/(css|javascript); charset=utf-8|image\/png)$/);
      expect(file.headers.get('content-security-policy')).toContain("connect-src 'self'");
    }
  });

  it('has no script of its own in the page, asks no validator of others, and takes no settings from its address', async () => {
    const page = await assembly.request('GET', '/docs', null);
    expect(page.text).not.toMatch(/<script(?! src=)|\son\w+=|https?:/);
    const script = await assembly.request('GET', '/docs/start.js', null);
    expect(script.text).toContain('validatorUrl: null');
    expect(script.text).toContain('queryConfigEnabled: false');
    expect(script.text).not.toMatch(/https?:/);
  });

  it.each(['index.html', 'swagger-initializer.js', 'package.json', '..%2fpackage.json'])('has no %s', async (name) => {
    expect((await assembly.request('GET', `/docs/${name}`, null)).status).toBe(404);
  });
});
