/** The pipe that lets in only what its schema describes, and names every issue by its path. */
import { startTinyApp, type TinyApp } from './tiny-app.js';

let app: TinyApp;
beforeAll(async () => {
  app = await startTinyApp();
});
afterAll(() => app.close());

interface Refusal {
  code: string;
  detail: string;
  issues: { path: string; message: string }[];
}

const post = (path: string, body: string | undefined, type: string | null = 'application/json') =>
  fetch(`${app.url}${path}`, { method: 'POST', body, headers: type === null ? {} : { 'content-type': type } });

async function issuesOf(response: Response): Promise<Refusal['issues']> {
  const body = (await response.json()) as Refusal;
  expect([response.status, body.code]).toEqual([400, 'invalidRequest']);
  return body.issues;
}

const paths = async (response: Response) => (await issuesOf(response)).map(({ path }) => path);

describe('a body', () => {
  it('reaches the handler as its schema reads it, null being as if left out', async () => {
    const response = await post('/v1/things?dryRun=true', '{"fingerprint":"12345678","name":null,"period":"P30D"}');
    expect(response.status).toBe(201);
    expect(await response.json()).toEqual({
      body: { fingerprint: '12345678', period: { text: 'P30D', millis: 2_592_000_000 } },
      query: { dryRun: true },
    });
  });

  it('is refused with every fault by its path', async () => {
    const body = { name: ' ', seats: 1.5, period: 'P1W', inner: { kind: 'c', more: 1 }, unknown: true };
    expect(await issuesOf(await post('/v1/things', JSON.stringify(body)))).toEqual([
      { path: 'fingerprint', message: 'is missing' },
      { path: 'name', message: 'must not be empty or blanks only' },
      { path: 'seats', message: 'must be a whole number' },
      {
        path: 'period',
        message:
          'must be an ISO 8601 duration in days, hours, minutes and seconds, from PT1S to P366D in whole seconds',
      },
      { path: 'inner.kind', message: 'must be "a" or "b"' },
      { path: 'inner.more', message: 'is not known here' },
      { path: 'unknown', message: 'is not known here' },
    ]);
  });

  it.each(['{"fingerprint":"12345678",}', '{', 'nonsense', "{'a':1}"])(
    'that is not JSON is refused: %s',
    async (body) => {
      expect(await issuesOf(await post('/v1/things', body))).toEqual([
        { path: '', message: 'the body is not well-formed JSON in UTF-8' },
      ]);
    },
  );

  it.each(['null', '[]', '"text"', '1', 'true'])('that is no object is refused: %s', async (body) => {
    expect(await issuesOf(await post('/v1/things', body))).toEqual([{ path: '', message: 'must be an object' }]);
  });

  it('in another encoding than UTF-8 is refused', async () => {
    const body = Buffer.from('{"fingerprint":"12345678","name":"\xe9"}', 'latin1');
    const headers = { 'content-type': 'application/json' };
    expect(await paths(await fetch(`${app.url}/v1/things`, { method: 'POST', body, headers }))).toEqual(['']);
  });

  it('with the keys of a prototype is refused as unknown, and pollutes nothing', async () => {
    for (const key of ['__proto__', 'constructor', 'prototype']) {
      const body = `{"fingerprint":"12345678","${key}":{"polluted":true},"inner":{"kind":"a","${key}":{"polluted":true}}}`;
      expect(await paths(await post('/v1/things', body))).toEqual([`inner.${key}`, key]);
      expect(await paths(await post('/v1/nothing', `{"${key}":{"polluted":true}}`))).toEqual([key]);
    }
    expect(await paths(await post('/v1/nothing', '{"\\u005f_proto__":1}'))).toEqual(['__proto__']);
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });

  it('names at most fifty faults', async () => {
    const body = JSON.stringify(Object.fromEntries(Array.from({ length: 500 }, (_, number) => [`field${number}`, 1])));
    expect(await issuesOf(await post('/v1/nothing', body))).toHaveLength(50);
  });

  it('that is empty is {}, whatever type it announces', async () => {
    for (const type of [null, 'application/json', 'text/plain', 'application/x-www-form-urlencoded', 'nonsense']) {
      const response = await post('/v1/nothing', type === null ? undefined : '', type);
      expect([type, response.status, await response.json()]).toEqual([type, 201, { body: {} }]);
    }
    const chunked = await app.send(
      'POST /v1/nothing HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    );
    expect(chunked).toMatch(/^HTTP\/1\.1 201 /);
  });
});

describe('a query', () => {
  it('has defaults, and lists where a parameter may repeat', async () => {
    const response = await fetch(`${app.url}/v1/things?state=active&state=expired`);
    expect(await response.json()).toEqual({ query: { limit: 50, state: ['active', 'expired'] } });
  });

  it.each([
    ['limit=0', 'limit'],
    ['limit=201', 'limit'],
    ['limit=0x10', 'limit'],
    ['limit=', 'limit'],
    ['limit=1&limit=2', 'limit'],
    ['unknown=1', 'unknown'],
    ['__proto__=1', '__proto__'],
    ['constructor=1', 'constructor'],
    ['state=nonsense', 'state'],
    ['state=active&state=nonsense', 'state.1'],
    ['cursor=%00', 'cursor'],
    ['cursor=%zz', 'cursor'],
  ])('is refused: %s', async (query, path) => {
    expect(await paths(await fetch(`${app.url}/v1/things?${query}`))).toEqual([path]);
  });
});

describe('an id in the path', () => {
  it('is a UUID, upper case being read as lower case', async () => {
    const response = await fetch(`${app.url}/v1/things/01936F2A-5C3E-7B1D-8A4F-2D6C9E0B7A15`);
    expect(await response.json()).toEqual({ id: '01936f2a-5c3e-7b1d-8a4f-2d6c9e0b7a15' });
  });

  it('is refused where it is none, however long', async () => {
    for (const id of ['7', '%00', '..%2f..', 'x'.repeat(5000), '01936f2a-5c3e-7b1d-8a4f-2d6c9e0b7a1']) {
      expect([id, await paths(await fetch(`${app.url}/v1/things/${id}`))]).toEqual([id, ['id']]);
    }
  });
});
