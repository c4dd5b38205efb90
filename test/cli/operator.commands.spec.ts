/** `seatkeeper token create` and `license issue`, against a real server, and against what only looks like one. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { operatorToken, startServer, type TestServer } from '../support/server.js';
import { type Outcome, seatkeeper } from './terminal.js';

interface IssuedToken {
  id: string;
  role: string;
  organizationId: string | null;
  name: string;
  token: string;
}
interface IssuedLicense {
  license: {
    id: string;
    organizationId: string;
    seats: number;
    product: string;
    checkInPeriod: string;
    validUntil: string;
    remoteDeactivation: { state: string };
  };
  key: string;
}

let server: TestServer;
let environment: Record<string, string>;
beforeAll(async () => {
  server = await startServer();
  environment = { SEATKEEPER_URL: server.url, SEATKEEPER_TOKEN: operatorToken };
});
afterAll(() => server.stop());

/** What `--json` says. */
function jsonOf<Body>({ code, stdout, stderr }: Outcome, expected = 0): Body {
  expect({ code, stderr }).toEqual({ code: expected, stderr: '' });
  expect(stdout).toMatch(/^[^\n]+\n$/);
  return JSON.parse(stdout) as Body;
}

async function organizationNames(): Promise<string[]> {
  const { body } = await server.request<{ items: { name: string }[]; nextCursor: string | null }>(
    'GET',
    '/v1/organizations?limit=200',
  );
  expect(body.nextCursor).toBeNull();
  return body.items.map(({ name }) => name);
}

const issue = (...more: string[]): string[] => ['license', 'issue', '--product', 'Mapper', '--seats', '2', ...more];

describe('seatkeeper token create', () => {
  it('makes a token that works, and shows it in the first line', async () => {
    const { code, stdout, stderr } = await seatkeeper(
      ['token', 'create', '--role', 'support', '--name', 'Help desk'],
      environment,
    );
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const [, token = ''] =
      /^(ska_\S+)\nIt is “Help desk”, acts as support, and is not shown again\.\n$/.exec(stdout) ?? [];
    const asked = { auth: `Bearer ${token}` };
    expect((await server.request('GET', '/v1/support-tickets', asked)).status).toBe(200);
    expect((await server.request('POST', '/v1/organizations', { ...asked, body: { name: 'X' } })).status).toBe(403);
  });

  it('makes one of an organization, answered as the interface answers it', async () => {
    const { body } = await server.request<{ id: string }>('POST', '/v1/organizations', { body: { name: 'Gipfel' } });
    const line = ['token', 'create', '--role', 'reader', '--organization', body.id, '--json'];
    const issued = jsonOf<IssuedToken>(await seatkeeper(line, environment));
    expect(issued).toMatchObject({ role: 'reader', organizationId: body.id, name: 'Command line' });
  });

  it('ends with 3 and the server’s own words where the server says no', async () => {
    const unknown = await seatkeeper(['token', 'create', '--role', 'support'], {
      ...environment,
      SEATKEEPER_TOKEN: 'ska_nobody',
    });
    const { body } = await server.request<{ detail: string; remedy: string }>('GET', '/v1/tokens', {
      auth: 'Bearer ska_nobody',
    });
    expect(unknown).toEqual({ code: 3, stdout: '', stderr: `${body.detail}\n${body.remedy}\n` });
    // A token that is known and may not is refused like one that is not known.
    const { body: help } = await server.request<IssuedToken>('POST', '/v1/tokens', {
      body: { role: 'support', name: 'Help desk' },
    });
    const asSupport = { ...environment, SEATKEEPER_TOKEN: help.token };
    const forbidden = await seatkeeper(['token', 'create', '--role', 'support', '--json'], asSupport);
    expect(jsonOf(forbidden, 3)).toMatchObject({ error: { code: 'forbidden', isAnswer: true } });
    const wrong = await seatkeeper(['token', 'create', '--role', 'emperor', '--json'], environment);
    expect(jsonOf(wrong, 3)).toMatchObject({
      error: { code: 'invalidRequest', isAnswer: true, issues: [{ path: 'role' }] },
    });
  });

  it('ends with 2 where the arguments or the environment say too little', async () => {
    const lines: [string[], Record<string, string>, string][] = [
      [['token', 'create', '--role', 'support'], { SEATKEEPER_URL: server.url }, 'SEATKEEPER_TOKEN is missing'],
      [
        ['token', 'create', '--role', 'support'],
        { ...environment, SEATKEEPER_TOKEN: 'a b' },
        'SEATKEEPER_TOKEN has characters',
      ],
      [['token', 'create'], environment, 'The option --role is missing.'],
      [
        ['token', 'create', '--role', 'support', '--server', 'ftp://x'],
        environment,
        'The address of the server begins',
      ],
      [
        ['token', 'create', '--role', 'support', '--server', 'http://a:b@x'],
        environment,
        'The address of the server begins',
      ],
      [['token', 'create', '--token', 'ska_x'], environment, 'There is no option --token.'],
    ];
    for (const [line, variables, sentence] of lines) {
      const { code, stdout, stderr } = await seatkeeper(line, variables);
      expect({ line, code, stdout }).toEqual({ line, code: 2, stdout: '' });
      expect(stderr).toContain(sentence);
      expect(stderr).not.toContain('ska_');
    }
  });
});

describe('seatkeeper license issue', () => {
  it('makes an organization and a license, whose key activates', async () => {
    const { code, stdout, stderr } = await seatkeeper(issue('--organization-name', 'Hang Surveying'), environment);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(
      /^skl_\S+\nIt is the key of license \S+, and is not shown again\.\nMapper, seats 2, without end, check-in period P30D, remote deactivation enabled\.\nIt belongs to organization \S+\.\n$/,
    );
    const auth = `License ${stdout.split('\n')[0]}`;
    const body = { fingerprint: 'machine-of-a-test' };
    expect((await server.request('POST', '/v1/devices', { auth, body })).status).toBe(201);
  });

  it('takes an organization by its id, and all the terms', async () => {
    const { license } = jsonOf<IssuedLicense>(
      await seatkeeper(issue('--organization-name', 'Tal', '--json'), environment),
    );
    const terms = [
      '--valid-until',
      '2031-12-31T00:00:00Z',
      '--check-in-period',
      'PT12H',
      '--remote-deactivation',
      'disabled',
    ];
    const line = issue('--organization', license.organizationId, ...terms, '--json');
    const other = jsonOf<IssuedLicense>(await seatkeeper(line, environment)).license;
    expect(other).toMatchObject({
      organizationId: license.organizationId,
      seats: 2,
      validUntil: '2031-12-31T00:00:00.000Z',
      checkInPeriod: 'PT12H',
      remoteDeactivation: { state: 'disabled' },
    });
  });

  it.each([
    ['seats', ['--seats', '0']],
    ['checkInPeriod', ['--check-in-period', 'P999D']],
    ['validUntil', ['--valid-until', 'soon']],
    ['remoteDeactivation', ['--remote-deactivation', 'perhaps']],
  ])('makes no organization where the server refuses the license for its %s', async (field, terms) => {
    const name = `Grat ${field}`;
    const refused = issue('--organization-name', name, ...terms);
    const { code, stdout, stderr } = await seatkeeper(refused, environment);
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toContain(field);
    const shown = jsonOf<{ error: object }>(await seatkeeper([...refused, '--json'], environment), 3);
    expect(shown).toEqual({ error: expect.objectContaining({ code: 'invalidRequest', isAnswer: true }) });
    expect(await organizationNames()).not.toContain(name);
  });

  it.each(['ska_nobody', 'of the support'])('makes none for whoever may not issue licenses: %s', async (who) => {
    const token =
      who === 'ska_nobody'
        ? who
        : (await server.request<IssuedToken>('POST', '/v1/tokens', { body: { role: 'support', name: 'Help desk' } }))
            .body.token;
    const asked = { ...environment, SEATKEEPER_TOKEN: token };
    const name = `Grat for ${who}`;
    const { error } = jsonOf<{ error: { code: string } }>(
      await seatkeeper(issue('--organization-name', name, '--json'), asked),
      3,
    );
    expect(error.code).toBe(who === 'ska_nobody' ? 'unauthenticated' : 'forbidden');
    expect(await organizationNames()).not.toContain(name);
  });

  it('refuses half an order with 2, and asks nobody', async () => {
    const nobody = { SEATKEEPER_URL: 'http://127.0.0.1:9', SEATKEEPER_TOKEN: operatorToken };
    const lines = [
      issue(),
      issue('--organization', 'x', '--organization-name', 'y'),
      ['license', 'issue', '--organization', 'x', '--seats', '2'],
      ['license', 'issue', '--organization', 'x', '--product', 'Mapper', '--seats', 'many'],
    ];
    for (const line of lines) {
      const { code, stdout, stderr } = await seatkeeper(line, nobody);
      expect({ line, code, stdout }).toEqual({ line, code: 2, stdout: '' });
      expect(stderr).toMatch(/^[^\n]+ See seatkeeper license issue --help\.\n$/);
    }
  });
});

describe('an operator’s command that is answered nothing to be believed', () => {
  let strange: Server;
  const asked: { idempotencyKey: unknown; authorization: unknown }[] = [];
  let answerWith: Parameters<typeof createServer>[1] & object;
  const organizationId = '01936f2a-5c3e-7b1d-8a4f-2d6c9e0b7a15';
  const line = issue('--organization', organizationId);
  const there = () => ({
    SEATKEEPER_URL: `http://127.0.0.1:${(strange.address() as AddressInfo).port}`,
    SEATKEEPER_TOKEN: operatorToken,
  });

  beforeAll(async () => {
    strange = createServer((request, response) => {
      asked.push({ idempotencyKey: request.headers['idempotency-key'], authorization: request.headers.authorization });
      answerWith(request, response);
    });
    await new Promise<void>((done) => strange.listen(0, '127.0.0.1', done));
  });
  beforeEach(() => void asked.splice(0));
  afterAll(() => strange.close());

  it('ends with 4 where nobody listens', async () => {
    const { code, stdout, stderr } = await seatkeeper(line, { ...there(), SEATKEEPER_URL: 'http://127.0.0.1:9' });
    expect({ code, stdout }).toEqual({ code: 4, stdout: '' });
    expect(stderr).toBe(
      'The license server cannot be reached.\nCheck the address and the connection, and try again.\n',
    );
  });

  it('ends with 4 at a page and at a redirect, which it does not follow', async () => {
    answerWith = (_request, response) => response.setHeader('content-type', 'text/html').end('<p>Sign in</p>');
    expect(jsonOf(await seatkeeper([...line, '--json'], there()), 4)).toMatchObject({
      error: { code: 'notSeatkeeper', found: 'page', isAnswer: false },
    });
    answerWith = (_request, response) => response.writeHead(307, { location: '/elsewhere' }).end();
    expect(await seatkeeper(line, there())).toMatchObject({ code: 4, stdout: '' });
    expect(asked).toHaveLength(2);
  });

  it('says with which organization to go on where only the license got no answer', async () => {
    const made = { id: organizationId, name: 'Sattel' };
    answerWith = (request, response) => {
      if (request.url === '/v1/organizations') {
        response.writeHead(201, { 'content-type': 'application/json' }).end(JSON.stringify(made));
      } else if (asked.length === 1) {
        const problem = {
          type: 'x',
          title: 'x',
          status: 404,
          detail: 'There is no such organization.',
          code: 'notFound',
        };
        response.writeHead(404, { 'content-type': 'application/problem+json' }).end(JSON.stringify(problem));
      } else {
        response.setHeader('content-type', 'text/html').end('<p>Sign in</p>');
      }
    };
    const order = issue('--organization-name', 'Sattel');
    const { code, stdout } = await seatkeeper(order, there());
    expect(code).toBe(4);
    expect(stdout).toBe(`The organization was made all the same: go on with --organization ${organizationId}.\n`);
    asked.splice(0);
    expect(jsonOf(await seatkeeper([...order, '--json'], there()), 4)).toMatchObject({
      organizationId,
      error: { code: 'notSeatkeeper' },
    });
  });

  it('asks again under the same idempotency key where the answer was cut, so that no key is lost', async () => {
    answerWith = (request, response) => {
      if (asked.length < 3) {
        response.writeHead(201, { 'content-type': 'application/json', 'content-length': '500' }).write('{');
        response.destroy();
        return;
      }
      void request
        .setEncoding('utf8')
        .reduce((all: string, part: string) => all + part, '')
        .then((body) =>
          fetch(`${server.url}${request.url}`, {
            method: 'POST',
            headers: {
              'content-type': 'application/json',
              authorization: String(request.headers.authorization),
            },
            body,
          }),
        )
        .then(async (answer) => {
          response.writeHead(answer.status, { 'content-type': String(answer.headers.get('content-type')) });
          response.end(await answer.text());
        });
    };
    const own = await server.request<{ id: string }>('POST', '/v1/organizations', { body: { name: 'Kamm' } });
    const { license } = jsonOf<IssuedLicense>(
      await seatkeeper(issue('--organization', own.body.id, '--json'), there()),
    );
    expect(license.product).toBe('Mapper');
    expect(asked).toHaveLength(3);
    expect(new Set(asked.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(1);
    expect(String(asked[0]?.idempotencyKey)).toMatch(/^\S{16,}$/);
  });
});
