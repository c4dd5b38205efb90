/** `seatkeeper keys rotate`, also while a server has the same file open. */
import { existsSync } from 'node:fs';
import { SqliteDatabase } from '../../src/persistence/sqlite.database.js';
import { freshFile, loadKeys, minute, otherSecret, rowsOf, secret, start } from '../leases/scene.js';
import { seatkeeper } from './terminal.js';

describe('seatkeeper keys rotate', () => {
  let file: string;
  let database: SqliteDatabase;
  let environment: Record<string, string>;

  beforeEach(async () => {
    file = freshFile();
    database = await SqliteDatabase.open(file);
    environment = { DATABASE_URL: `sqlite:${file}` };
  });
  afterEach(() => database.close());

  it('publishes a key that signs ten minutes later, which a running server then uses', async () => {
    const before = Date.now();
    const keys = await loadKeys(database, { now: before });
    const { code, stdout, stderr } = await seatkeeper(['keys', 'rotate', '--json'], environment);
    const after = Date.now();
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const { kid, signsFrom } = JSON.parse(stdout) as { kid: string; signsFrom: string };
    expect(Date.parse(signsFrom)).toBeGreaterThanOrEqual(before + 10 * minute);
    expect(Date.parse(signsFrom)).toBeLessThanOrEqual(after + 10 * minute);
    await keys.refresh(after);
    expect(keys.published(after).map((key) => key.kid)).toContain(kid);
    expect(keys.keyThatSigns(Date.parse(signsFrom)).kid).toBe(kid);
  });

  it('says in sentences which key signs from when on', async () => {
    await loadKeys(database, { now: Date.now() });
    const { stdout } = await seatkeeper(['keys', 'rotate'], environment);
    const kid = (await rowsOf(database))[1]?.id;
    expect(stdout).toMatch(
      new RegExp(`^The key ${kid} is published and signs leases from \\S+Z on\\.\\n[^\\n]+\\.\\n$`),
    );
  });

  it('goes by the test clock where the server does', async () => {
    await loadKeys(database);
    await database.write((session) => session.run('INSERT INTO test_clock (id, now) VALUES (0, ?)', [start]));
    const { stdout } = await seatkeeper(['keys', 'rotate', '--json'], { ...environment, SEATKEEPER_CLOCK: 'manual' });
    expect(JSON.parse(stdout)).toMatchObject({ signsFrom: new Date(start + 10 * minute).toISOString() });
  });

  it('encrypts the new key with the secret, and refuses another or none', async () => {
    await loadKeys(database, { secret });
    const rotate = (SEATKEEPER_SECRET?: Buffer) =>
      seatkeeper(['keys', 'rotate'], {
        ...environment,
        ...(SEATKEEPER_SECRET && { SEATKEEPER_SECRET: SEATKEEPER_SECRET.toString('base64') }),
      });
    for (const wrong of [otherSecret, undefined]) {
      const { code, stdout, stderr } = await rotate(wrong);
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
      expect(stderr).toMatch(/^[^\n]*SEATKEEPER_SECRET[^\n]*\.\n$/);
    }
    expect((await rotate(secret)).code).toBe(0);
    expect((await rowsOf(database)).map((row) => row.sealed)).toEqual([true, true]);
  });

  it('makes no database where there is none', async () => {
    const missing = `${file}.missing`;
    const { code, stderr } = await seatkeeper(['keys', 'rotate'], { DATABASE_URL: `sqlite:${missing}` });
    expect(code).toBe(1);
    expect(stderr).toMatch(/^There is no database [^\n]+missing: DATABASE_URL [^\n]+\.\n$/);
    expect(existsSync(missing)).toBe(false);
  });
});
