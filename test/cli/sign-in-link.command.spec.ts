/** `seatkeeper sign-in-link`, also while a server has the same file open. */
import { existsSync } from 'node:fs';
import { hashSecret } from '../../src/auth/secret.js';
import { ensureOperatorToken } from '../../src/auth/operator.token.js';
import { SqliteDatabase } from '../../src/persistence/sqlite.database.js';
import { insertTokenRow } from '../auth/auth.app.js';
import { freshFile } from '../leases/scene.js';
import { seatkeeper } from './terminal.js';

const configured = 'any-prefix-operator-token-0123456789abcdef';

describe('seatkeeper sign-in-link', () => {
  let file: string;
  let database: SqliteDatabase;
  let environment: Record<string, string>;

  beforeEach(async () => {
    file = freshFile();
    database = await SqliteDatabase.open(file);
    environment = { DATABASE_URL: `sqlite:${file}` };
  });
  afterEach(() => database.close());

  const links = () =>
    database.read((session) =>
      session.all<{ hash: string; token: string; ends_at: number }>(
        `SELECT sign_in_link.hash, token.name AS token, ends_at FROM sign_in_link JOIN token ON token.id = token_id`,
      ),
    );

  it('prints a link of the oldest operator, good for a day, in the place of the one before', async () => {
    await ensureOperatorToken(database, null, 1, Date.now());
    await insertTokenRow(database, 'ska_later', { id: 'z-later', role: 'operator' });
    const before = Date.now();
    const { code, stdout, stderr } = await seatkeeper(['sign-in-link', '--json'], {
      ...environment,
      SEATKEEPER_PUBLIC_URL: 'https://seats.example.test/',
    });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const { url, endsAt } = JSON.parse(stdout) as { url: string; endsAt: string };
    const [, secret = ''] = /^https:\/\/seats\.example\.test\/sign-in#link=(sko_[\w-]{43})$/.exec(url) ?? [];
    expect(Date.parse(endsAt) - before).toBeGreaterThanOrEqual(86_400_000);
    expect(Date.parse(endsAt) - Date.now()).toBeLessThanOrEqual(86_400_000);
    expect(await links()).toEqual([
      { hash: hashSecret(secret), token: 'Operator (first start)', ends_at: Date.parse(endsAt) },
    ]);
  });

  it('prefers the operator token of the environment', async () => {
    await ensureOperatorToken(database, null, 1, Date.now());
    await ensureOperatorToken(database, configured, 1, Date.now());
    const { stdout } = await seatkeeper(['sign-in-link'], environment);
    expect(stdout).toMatch(/^http:\/\/127\.0\.0\.1:3000\/sign-in#link=sko_\S{43}\nIt signs in once, until \S+Z\.\n$/);
    expect((await links()).map(({ token }) => token).sort()).toEqual([
      'Operator (environment)',
      'Operator (first start)',
    ]);
  });

  it('says so where there is no operator token, or no database', async () => {
    const without = await seatkeeper(['sign-in-link'], environment);
    expect(without).toMatchObject({ code: 1, stdout: '' });
    expect(without.stderr).toMatch(/^There is no operator token: [^\n]+\.\n$/);
    const missing = await seatkeeper(['sign-in-link'], { DATABASE_URL: `sqlite:${file}.missing` });
    expect(missing).toMatchObject({ code: 1, stdout: '' });
    expect(existsSync(`${file}.missing`)).toBe(false);
  });
});
