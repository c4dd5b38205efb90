/** The OpenAPI document says what the server does, is whole in itself, and can be read at /docs without any other host. */
import { startServer, type TestServer } from '../support/server.js';

let server: TestServer;
let document: Document;

interface Operation {
  operationId?: string;
  summary?: string;
  parameters?: { name?: string; in?: string; required?: boolean; schema?: object; $ref?: string }[];
  requestBody?: { content: Record<string, { schema?: object }> };
  responses: Record<string, { description?: string; content?: Record<string, { schema?: object }> }>;
  security?: Record<string, string[]>[];
}
interface Document {
  openapi: string;
  info: { title: string; version: string };
  paths: Record<string, Record<string, Operation>>;
  components?: { schemas?: Record<string, object>; securitySchemes?: Record<string, object> };
  security?: Record<string, string[]>[];
}

beforeAll(async () => {
  server = await startServer();
  document = (await server.request<Document>('GET', '/openapi.json', { auth: null })).body;
});
afterAll(() => server.stop());

const methods = ['get', 'put', 'post', 'delete', 'patch'];
const operations = () =>
  Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item)
      .filter(([method]) => methods.includes(method))
      .map(([method, operation]) => ({ name: `${method.toUpperCase()} ${path}`, path, method, operation })),
  );

/** Every route of the contract; {} stands for whatever the parameter is called. */
const routes = [
  'POST /v1/devices',
  'POST /v1/devices/{}/check-in',
  'POST /v1/devices/{}/log-out',
  'GET /v1/devices/{}',
  'GET /v1/devices/{}/stream',
  'GET /v1/licenses/{}/stream',
  'GET /v1/licenses',
  'GET /v1/licenses/{}',
  'GET /v1/licenses/{}/seats',
  'GET /v1/licenses/{}/devices',
  'POST /v1/licenses/{}/devices',
  'PATCH /v1/devices/{}',
  'PUT /v1/licenses/{}/remote-deactivation',
  'POST /v1/devices/{}/remote-deactivation',
  'POST /v1/licenses/{}/key',
  'GET /v1/devices/{}/transitions',
  'GET /v1/licenses/{}/transitions',
  'GET /v1/licenses/{}/occupancy',
  'POST /v1/support-tickets',
  'GET /v1/support-tickets',
  'GET /v1/support-tickets/{}',
  'PATCH /v1/support-tickets/{}',
  'POST /v1/devices/{}/forced-deactivation',
  'POST /v1/licenses/{}/remote-deactivation/forced',
  'POST /v1/organizations',
  'GET /v1/organizations',
  'GET /v1/organizations/{}',
  'POST /v1/licenses',
  'PATCH /v1/licenses/{}',
  'POST /v1/licenses/{}/suspend',
  'POST /v1/licenses/{}/reinstate',
  'POST /v1/licenses/{}/renew',
  'POST /v1/licenses/{}/revoke',
  'POST /v1/tokens',
  'GET /v1/tokens',
  'DELETE /v1/tokens/{}',
  'GET /v1/test-clock',
  'POST /v1/test-clock',
  'POST /v1/organizations/{}/members',
  'GET /v1/organizations/{}/members',
  'PATCH /v1/organizations/{}/members/{}',
  'DELETE /v1/organizations/{}/members/{}',
  'POST /v1/organizations/{}/members/{}/invitation',
  'POST /v1/invitations',
  'POST /v1/invitations/look',
  'POST /v1/session',
  'GET /v1/session',
  'DELETE /v1/session',
  'DELETE /v1/sessions',
  'PUT /v1/session/password',
  'GET /v1/machines',
  'GET /v1/licenses/{}/ticket-topics',
  'POST /v1/machines/{}/decide',
  'GET /v1/machines/{}',
  'GET /v1/machines/{}/coverage',
  'GET /v1/machines/{}.svg',
  'GET /v1/machines/{}.scxml',
  'GET /v1/machines/{}.mmd',
  'GET /v1/machines/{}.json',
  'GET /v1/machines/{}.md',
];

/** Routes that need no credential: they are how one is had or given up, or are about nobody. */
const open = [
  'POST /v1/session',
  'DELETE /v1/session',
  'POST /v1/invitations',
  'POST /v1/invitations/look',
  'GET /v1/machines',
  'GET /v1/machines/{id}',
  'GET /v1/machines/{id}/coverage',
  'GET /v1/machines/{id}.svg',
  'GET /v1/machines/{id}.scxml',
  'GET /v1/machines/{id}.mmd',
  'GET /v1/machines/{id}.json',
  'GET /v1/machines/{id}.md',
];

/** What is not JSON, by how the path ends. */
const mediaTypes: Record<string, string> = {
  '/stream': 'text/event-stream',
  '.svg': 'image/svg+xml',
  '.scxml': 'application/scxml+xml',
  '.mmd': 'text/vnd.mermaid',
  '.md': 'text/markdown',
};

/** Calls `visit` for every object within a value. */
function eachObject(value: unknown, visit: (object: Record<string, unknown>) => void): void {
  if (value === null || typeof value !== 'object') return;
  if (!Array.isArray(value)) visit(value as Record<string, unknown>);
  for (const inner of Object.values(value)) eachObject(inner, visit);
}

describe('the OpenAPI document', () => {
  it('is version 3.1 and says what it describes', () => {
    expect(document.openapi).toMatch(/^3\.1\.\d+$/);
    expect(document.info.title).toMatch(/Seatkeeper/);
    expect(document.info.version).toMatch(/\S/);
  });

  it.each(routes)('has %s', (route) => {
    const names = operations().map(({ name }) => name.replace(/\{[^}]*\}/g, '{}'));
    expect(names).toContain(route);
  });

  it('gives each operation an operationId of its own', () => {
    const ids = operations().map(({ operation }) => operation.operationId);
    expect(ids.every((id) => typeof id === 'string' && /^[A-Za-z]\w*$/.test(id))).toBe(true);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('declares each parameter of each path, once and required', () => {
    for (const { name, path, operation } of operations()) {
      const inPath = [...path.matchAll(/\{([^}]+)\}/g)].map(([, parameter]) => parameter);
      const declared = (operation.parameters ?? []).filter((parameter) => parameter.in === 'path');
      expect([name, declared.map((parameter) => parameter.name).sort()]).toEqual([name, inPath.sort()]);
      for (const parameter of declared) expect(parameter.required).toBe(true);
    }
  });

  it('says of each parameter where it is and what it may be', () => {
    for (const { operation } of operations()) {
      for (const parameter of operation.parameters ?? []) {
        expect(['path', 'query', 'header', 'cookie']).toContain(parameter.in);
        expect(parameter.schema).toBeDefined();
      }
    }
  });

  it('describes each answer, and each body that comes with it', () => {
    for (const { operation } of operations()) {
      const responses = Object.entries(operation.responses);
      expect(responses.some(([status]) => /^2\d\d$/.test(status))).toBe(true);
      for (const [status, response] of responses) {
        expect(status).toMatch(/^([1-5]\d\d|[1-5]XX|default)$/);
        expect(response.description).toEqual(expect.any(String));
        for (const media of Object.values(response.content ?? {})) expect(media.schema).toBeDefined();
      }
    }
  });

  it('gives the body of each successful answer of the API a schema', () => {
    for (const { name, path, operation } of operations()) {
      if (!path.startsWith('/v1/')) continue;
      for (const [status, response] of Object.entries(operation.responses)) {
        if (!/^20[012]$/.test(status)) continue;
        const mediaType = mediaTypes[/(?:\/stream|\.\w+)$/.exec(path)?.[0] ?? ''] ?? 'application/json';
        expect([name, Object.keys(response.content ?? {})]).toEqual([name, [mediaType]]);
      }
    }
  });

  it('describes refusals as problem documents', () => {
    for (const { name, path, operation } of operations()) {
      if (!path.startsWith('/v1/')) continue;
      const refusals = Object.entries(operation.responses).filter(([status]) => /^(4|default)/.test(status));
      expect([name, refusals.length > 0]).toEqual([name, true]);
      for (const [, response] of refusals) {
        expect([name, Object.keys(response.content ?? {})]).toEqual([name, ['application/problem+json']]);
      }
    }
  });

  it('says which credentials each operation takes', () => {
    const schemes = Object.keys(document.components?.securitySchemes ?? {});
    expect(schemes.length).toBeGreaterThanOrEqual(2);
    for (const { name, path, operation } of operations()) {
      if (!path.startsWith('/v1/')) continue;
      const security = operation.security ?? document.security ?? [];
      expect([name, security.length > 0]).toEqual([name, !open.includes(name)]);
      for (const scheme of security.flatMap((requirement) => Object.keys(requirement)))
        expect(schemes).toContain(scheme);
    }
  });

  it('refers only to what it contains', () => {
    const references: string[] = [];
    eachObject(document, (object) => {
      if (typeof object.$ref === 'string') references.push(object.$ref);
    });
    expect(references.length).toBeGreaterThan(0);
    for (const reference of references) {
      expect(reference).toMatch(/^#\//);
      const target = reference
        .slice(2)
        .split('/')
        .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
        .reduce<unknown>((inner, part) => (inner as Record<string, unknown> | undefined)?.[part], document);
      expect([reference, typeof target]).toEqual([reference, 'object']);
    }
  });

  it('uses no keyword that 3.1 has left behind', () => {
    eachObject(document, (object) => {
      expect(object).not.toHaveProperty('nullable', true);
      expect(typeof object.exclusiveMinimum).not.toBe('boolean');
    });
  });

  it('names the representations as the contract does', () => {
    const names = Object.keys(document.components?.schemas ?? {});
    expect(names).toEqual(expect.arrayContaining(['Device', 'License', 'RemoteDeactivation', 'Ticket', 'Transition']));
  });

  it('says that If-Match is required, and where Idempotency-Key and dryRun are taken', () => {
    const has = (route: string, parameter: string) =>
      operations()
        .filter(({ name }) => name.replace(/\{[^}]*\}/g, '{}') === route)
        .flatMap(({ operation }) => operation.parameters ?? [])
        .some(({ name }) => name?.toLowerCase() === parameter);
    expect(has('PATCH /v1/licenses/{}', 'if-match')).toBe(true);
    for (const route of ['organizations', 'licenses', 'support-tickets', 'tokens']) {
      expect([route, has(`POST /v1/${route}`, 'idempotency-key')]).toEqual([route, true]);
    }
    for (const route of [
      'POST /v1/devices',
      'POST /v1/devices/{}/check-in',
      'POST /v1/devices/{}/log-out',
      'POST /v1/devices/{}/remote-deactivation',
      'POST /v1/devices/{}/forced-deactivation',
      'PUT /v1/licenses/{}/remote-deactivation',
      'POST /v1/licenses/{}/remote-deactivation/forced',
    ]) {
      expect([route, has(route, 'dryrun')]).toEqual([route, true]);
    }
  });
});

describe('the readable documentation', () => {
  it('loads everything from this server', async () => {
    const page = await fetch(`${server.url}/docs`);
    expect(page.status).toBe(200);
    expect(page.headers.get('content-type')).toMatch(/^text\/html/);
    const html = await page.text();
    const loaded = [...html.matchAll(/<(?:script|link|img|iframe)\b[^>]*?\b(?:src|href)=["']([^"']+)["']/gi)];
    expect(loaded.length).toBeGreaterThan(0);
    for (const [, address = ''] of loaded) {
      if (address.startsWith('data:')) continue;
      const url = new URL(address, page.url);
      expect(url.origin).toBe(server.url);
      expect([address, (await fetch(url)).status]).toEqual([address, 200]);
    }
  });

  it('is allowed by its own security policy to load them, and nothing else', async () => {
    const policy = (await fetch(`${server.url}/docs`)).headers.get('content-security-policy') ?? '';
    expect(policy).toMatch(/default-src/);
    expect(policy).not.toMatch(/https?:\/\/(?!127\.0\.0\.1)|\*/);
  });
});
