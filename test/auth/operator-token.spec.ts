/** That every start leaves an operator who can get in, and no more operators than it should. */
import { ensureOperatorToken, OperatorTokenRefused } from '../../src/auth/operator.token.js';
import { hashSecret, newSecret } from '../../src/auth/secret.js';
import type { SqliteDatabase } from '../../src/persistence/sqlite.database.js';
import { insertOrganizationRow, insertTokenRow, newDatabase, now } from './auth.app.js';

const configured = 'any-prefix-operator-token-0123456789abcdef';
const another = 'another-operator-token-0123456789abcdef012';

let database: SqliteDatabase;

beforeEach(async () => {
  database = await newDatabase();
});

afterEach(() => database.close());

interface Row {
  id: string;
  role: string;
  hash: string;
  from_environment: number;
}

function tokens(): Promise<Row[]> {
  return database.read((session) => session.all<Row>('SELECT * FROM token ORDER BY id'));
}

/** The token that a start prints, and nothing of its link; null where it prints none. */
async function start(token: string | null): Promise<string | null> {
  return (await ensureOperatorToken(database, token, now, now))?.token ?? null;
}

describe('a start without a configured token', () => {
  it('makes an operator token at the first time and says it, once', async () => {
    const printed = await start(null);
    expect(printed).toMatch(/^ska_[\w-]{43}$/);
    expect(await tokens()).toMatchObject([{ role: 'operator', hash: hashSecret(printed ?? ''), from_environment: 0 }]);
    expect(await start(null)).toBeNull();
    expect(await tokens()).toHaveLength(1);
  });

  it('makes another when there is no operator any more, whatever other tokens there are', async () => {
    await start(null);
    await database.write((session) => session.run('DELETE FROM token'));
    await insertTokenRow(database, newSecret('ska_'), { id: 'support-1', role: 'support' });
    expect(await start(null)).toMatch(/^ska_/);
  });

  it('ends the configured one of an earlier start, and so makes one where that was the only one', async () => {
    expect(await start(configured)).toBeNull();
    const printed = await start(null);
    expect(printed).not.toBeNull();
    expect((await tokens()).map((row) => row.hash)).toEqual([hashSecret(printed ?? '')]);
  });

  it('makes a link for that token with it, which is good for a day', async () => {
    const first = await ensureOperatorToken(database, null, now, now);
    expect(first?.link).toMatch(/^sko_[\w-]{43}$/);
    const [token] = await tokens();
    const links = await database.read((session) => session.all('SELECT * FROM sign_in_link'));
    expect(links).toEqual([
      {
        hash: hashSecret(first?.link ?? ''),
        member_id: null,
        token_id: token?.id,
        created_at: now,
        ends_at: now + 86_400_000,
      },
    ]);
  });

  it('stores no secret', async () => {
    const first = await ensureOperatorToken(database, null, now, now);
    const links = await database.read((session) => session.all('SELECT * FROM sign_in_link'));
    const stored = JSON.stringify([await tokens(), links]);
    for (const secret of [first?.token, first?.link]) expect(stored).not.toContain(secret);
  });
});

describe('a start with a configured token', () => {
  it('makes its row and prints nothing', async () => {
    expect(await start(configured)).toBeNull();
    expect(await tokens()).toMatchObject([{ role: 'operator', hash: hashSecret(configured), from_environment: 1 }]);
  });

  it('keeps the row, and its id, when it is the same again', async () => {
    await start(configured);
    const before = await tokens();
    await start(configured);
    expect(await tokens()).toEqual(before);
  });

  it('replaces the one before', async () => {
    await start(configured);
    await start(another);
    expect((await tokens()).map((row) => row.hash)).toEqual([hashSecret(another)]);
  });

  it('leaves issued operators alone', async () => {
    const printed = (await start(null)) ?? '';
    await start(configured);
    await start(another);
    expect((await tokens()).map((row) => row.hash).sort()).toEqual([hashSecret(printed), hashSecret(another)].sort());
  });

  it('takes the one that an earlier start printed', async () => {
    const printed = (await start(null)) ?? '';
    expect(await start(printed)).toBeNull();
    expect(await tokens()).toHaveLength(1);
  });

  it('is refused with a sentence, and changes nothing, where that token was issued with another role', async () => {
    await insertOrganizationRow(database, 'organization-1');
    await insertTokenRow(database, another, { id: 'reader-1', role: 'reader', organization_id: 'organization-1' });
    await start(configured);
    const before = await tokens();
    await expect(start(another)).rejects.toThrow(OperatorTokenRefused);
    await expect(start(another)).rejects.toThrow(/SEATKEEPER_OPERATOR_TOKEN.*reader/);
    expect(await tokens()).toEqual(before);
  });
});
