/** Organizations over HTTP: who may make and see which. */
import { randomUUID } from 'node:crypto';
import { memberRoles } from '../../src/auth/role.js';
import { type AppAnswer, AuthApp, insertTokenRow } from './auth.app.js';

const operator = 'Bearer ska_operator';
const support = 'Bearer ska_support';
const unknownId = '01890a5d-ac96-774b-bcce-b302099a8057';

let app: AuthApp;
let acme: string;
let other: string;

beforeAll(async () => {
  app = await AuthApp.start({ SEATKEEPER_FAILED_CREDENTIALS_PER_MINUTE: '0' });
  await insertTokenRow(app.database, 'ska_operator', { id: 'operator-1', role: 'operator' });
  await insertTokenRow(app.database, 'ska_support', { id: 'support-1', role: 'support' });
  acme = (await create({ name: 'Acme Surveying' })).body['id'] as string;
  other = (await create({ name: 'Other' })).body['id'] as string;
  for (const role of memberRoles) {
    await insertTokenRow(app.database, `ska_${role}`, { id: `${role}-1`, role, organization_id: acme });
  }
});

afterAll(() => app.stop());

function create(body: unknown, authorization: string | null = operator, headers?: Record<string, string>) {
  return app.request('POST', '/v1/organizations', authorization, body, headers);
}

function read(path: string, authorization: string | null): Promise<AppAnswer> {
  return app.request('GET', `/v1/organizations${path}`, authorization);
}

function namesIn(answer: AppAnswer): unknown[] {
  return (answer.body['items'] as Record<string, unknown>[]).map((organization) => organization['name']);
}

describe('making an organization', () => {
  it('answers 201 with it, and it can be read', async () => {
    const { status, body } = await create({ name: ' Müller & 子 ' });
    expect(status).toBe(201);
    expect(body).toEqual({ id: expect.stringMatching(/^[0-9a-f-]{14}7/) as string, name: ' Müller & 子 ' });
    expect((await read(`/${String(body['id'])}`, operator)).body).toEqual(body);
  });

  it('is for operators only', async () => {
    for (const role of ['support', ...memberRoles]) {
      expect((await create({ name: 'x' }, `Bearer ska_${role}`)).status).toBe(403);
    }
    expect((await create({ name: 'x' }, null)).status).toBe(401);
  });

  it.each([
    ['nothing', {}],
    ['null', { name: null }],
    ['an empty name', { name: '' }],
    ['blanks', { name: '\u00a0 ' }],
    ['101 characters', { name: 'x'.repeat(101) }],
    ['half a character', { name: '\ud800' }],
    ['U+0000', { name: 'a\0b' }],
    ['a number', { name: 1 }],
    ['an unknown field', { name: 'x', id: 'y' }],
  ])('is 400 with %s', async (_name, body) => {
    expect((await create(body)).status).toBe(400);
  });

  it('takes a name of 100 characters', async () => {
    expect((await create({ name: '🪑'.repeat(100) })).status).toBe(201);
  });

  it('happens once for the same Idempotency-Key', async () => {
    const key = { 'idempotency-key': randomUUID() };
    const [one, two] = [await create({ name: 'Once' }, operator, key), await create({ name: 'Once' }, operator, key)];
    expect(two.body).toEqual(one.body);
    expect((await create({ name: 'Twice' }, operator, key)).status).toBe(422);
  });
});

describe('reading organizations', () => {
  it.each([operator, support])('shows the vendor all, page after page (%#)', async (vendor) => {
    const all = namesIn(await read('?limit=200', vendor));
    expect(all.slice(0, 2)).toEqual(['Acme Surveying', 'Other']);
    const first = await read('?limit=1', vendor);
    expect(namesIn(first)).toEqual(['Acme Surveying']);
    const second = await read(`?limit=200&cursor=${String(first.body['nextCursor'])}`, vendor);
    expect(namesIn(second)).toEqual(all.slice(1));
    expect(second.body['nextCursor']).toBeNull();
    expect((await read(`/${other}`, vendor)).status).toBe(200);
  });

  it.each([...memberRoles])('shows the %s of an organization their own only', async (role) => {
    const auth = `Bearer ska_${role}`;
    const list = await read('', auth);
    expect(list.body).toEqual({ items: [{ id: acme, name: 'Acme Surveying' }], nextCursor: null });
    expect((await read(`/${acme}`, auth)).body).toEqual({ id: acme, name: 'Acme Surveying' });
  });

  it('hides another organization as if it did not exist', async () => {
    const [hidden, missing] = [
      await read(`/${other}`, 'Bearer ska_owner'),
      await read(`/${unknownId}`, 'Bearer ska_owner'),
    ];
    expect([hidden.status, missing.status]).toEqual([404, 404]);
    expect({ ...hidden.body, instance: '' }).toEqual({ ...missing.body, instance: '' });
  });

  it('refuses malformed ids and unknown parameters', async () => {
    expect((await read('/no-id', operator)).status).toBe(400);
    expect((await read(`/${acme}?more=1`, operator)).status).toBe(400);
    expect((await read('?more=1', operator)).status).toBe(400);
  });
});
