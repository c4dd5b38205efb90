/** Creating requests are answered once: on real SQLite, in transactions as the coordinator runs them. */
import { randomUUID } from 'node:crypto';
import { answerOnce, type CreatingRequest } from '../../src/auth/idempotency.js';
import type { SqliteDatabase } from '../../src/persistence/sqlite.database.js';
import { newDatabase } from './auth.app.js';

const day = 86_400_000;
const start = Date.UTC(2026, 10, 24);

let database: SqliteDatabase;

beforeAll(async () => {
  database = await newDatabase();
});

afterAll(() => database.close());

function request(more: Partial<CreatingRequest> = {}): CreatingRequest {
  return { principalId: 'principal-1', path: '/v1/licenses', key: randomUUID(), body: { name: 'Acme' }, ...more };
}

/** Sends it; each call that really creates has another secret. */
function send(creating: CreatingRequest, at = start): Promise<{ status: number; body: { secret: string } }> {
  return database.write((session) =>
    answerOnce(creating, session, at, () => Promise.resolve({ status: 201, body: { secret: `ska_${randomUUID()}` } })),
  );
}

function count(): Promise<number> {
  return database.read(async (session) => {
    const [row] = await session.all<{ count: number }>('SELECT count(*) AS count FROM idempotency');
    return row?.count ?? 0;
  });
}

async function sealedAnswers(): Promise<Set<string>> {
  const rows = await database.read((session) =>
    session.all<{ sealed: string }>('SELECT sealed_answer AS sealed FROM idempotency'),
  );
  return new Set(rows.map((row) => row.sealed));
}

describe('a creating request with a key', () => {
  it('gets the same answer again, the secret included', async () => {
    const creating = request();
    const first = await send(creating);
    expect(first.status).toBe(201);
    expect(await send(creating)).toEqual(first);
    expect(await send({ ...creating }, start + day - 1)).toEqual(first);
  });

  it('gets the same answer when it arrives many times at once', async () => {
    const creating = request();
    const answers = await Promise.all(Array.from({ length: 20 }, () => send(creating)));
    expect(new Set(answers.map((answer) => answer.body.secret)).size).toBe(1);
  });

  it('is a new one after 24 hours, with whatever body', async () => {
    const creating = request();
    const first = await send(creating);
    const later = { ...creating, body: { name: 'Other' } };
    const second = await send(later, start + day);
    expect(second.body.secret).not.toBe(first.body.secret);
    expect(await send(later, start + day)).toEqual(second);
  });

  it.each([
    ['another body', { name: 'Acme Ltd' }],
    ['another body by one member', { name: 'Acme', more: false }],
    ['a list', ['Acme']],
    ['no body', undefined],
  ])('is refused with %s', async (_name, body) => {
    const creating = request();
    await send(creating);
    await expect(send({ ...creating, body })).rejects.toMatchObject({ code: 'idempotencyKeyReused' });
  });

  it('is the same whatever the order of the members, with null as if it were left out', async () => {
    const creating = request({ body: { name: 'Acme', terms: { seats: 3, until: null } } });
    const first = await send(creating);
    expect(await send({ ...creating, body: { terms: { seats: 3 }, other: null, name: 'Acme' } })).toEqual(first);
  });

  it.each<[string, Partial<CreatingRequest>]>([
    ['another principal', { principalId: 'principal-2' }],
    ['another path', { path: '/v1/tokens' }],
    ['another key', { key: randomUUID() }],
  ])('is another request with %s', async (_name, difference) => {
    const creating = request();
    const first = await send(creating);
    expect((await send({ ...creating, ...difference })).body.secret).not.toBe(first.body.secret);
  });

  it('is not kept when it was refused', async () => {
    const creating = request();
    const before = await count();
    const refused = database.write((session) =>
      answerOnce(creating, session, start, () => Promise.reject(new Error('refused'))),
    );
    await expect(refused).rejects.toThrow('refused');
    expect(await count()).toBe(before);
    expect((await send({ ...creating, body: { name: 'Corrected' } })).status).toBe(201);
  });

  it('leaves neither the secret, the key nor the principal in the database', async () => {
    const creating = request();
    const { body } = await send(creating);
    const rows = await database.read((session) => session.all<Record<string, string>>('SELECT * FROM idempotency'));
    const stored = rows.map((row) => `${JSON.stringify(row)}${Buffer.from(row['sealed_answer'] ?? '', 'base64url')}`);
    expect(stored.length).toBeGreaterThan(0);
    for (const secret of [body.secret, creating.key ?? '', creating.principalId, 'Acme']) {
      expect(stored.join()).not.toContain(secret);
    }
  });

  it('fails loudly where its answer was moved to another row, even one under the same key', async () => {
    const one = request();
    const other = request({ key: one.key, path: '/v1/tokens' });
    const before = await sealedAnswers();
    await send(one);
    await send(other);
    const [first = '', second = ''] = [...(await sealedAnswers())].filter((sealed) => !before.has(sealed));
    await database.write((session) =>
      session.run(
        'UPDATE idempotency SET sealed_answer = CASE sealed_answer WHEN ? THEN ? ELSE ? END WHERE sealed_answer IN (?, ?)',
        [first, second, first, first, second],
      ),
    );
    await expect(send(one)).rejects.toThrow(/authenticate/);
    await expect(send(other)).rejects.toThrow(/authenticate/);
  });
});

describe('a creating request without a key', () => {
  it('creates each time, and nothing is kept', async () => {
    const before = await count();
    const creating = request({ key: undefined });
    expect((await send(creating)).body.secret).not.toBe((await send(creating)).body.secret);
    expect(await count()).toBe(before);
  });
});

describe('what is kept', () => {
  it('goes when its time is over, a few with each new request', async () => {
    const fresh = await newDatabase();
    const total = () => fresh.read(async (session) => (await session.all('SELECT id FROM idempotency')).length);
    const add = (at: number) =>
      fresh.write((session) => answerOnce(request(), session, at, () => Promise.resolve({ status: 201, body: {} })));
    for (let index = 0; index < 30; index++) await add(start);
    expect(await total()).toBe(30);
    await add(start + day);
    expect(await total()).toBe(11);
    await add(start + day);
    expect(await total()).toBe(2);
    await fresh.close();
  });
});
