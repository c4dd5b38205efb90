/** `seatkeeper migrate`, on new, old, damaged and foreign files. */
import { copyFileSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { migrations } from '../../migrations/index.js';
import { seatkeeper } from './terminal.js';

const names = migrations.map((Migration) => new Migration().name);

describe('seatkeeper migrate', () => {
  let file: string;
  let environment: Record<string, string>;

  beforeEach(() => {
    file = join(mkdtempSync(join(tmpdir(), 'migrate-')), 'seatkeeper.sqlite');
    environment = { DATABASE_URL: `sqlite:${file}` };
  });

  it('makes a database with every migration and no row in it', async () => {
    const { code, stdout, stderr } = await seatkeeper(['migrate'], environment);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toBe(`The database ${file} is up to date. Its last migration is ${names.at(-1)}.\n`);
    const connection = new Sqlite(file, { readonly: true });
    expect(connection.prepare('SELECT name FROM migrations ORDER BY id').pluck().all()).toEqual(names);
    for (const table of ['signing_key', 'token', 'test_clock', 'license']) {
      expect(connection.prepare(`SELECT count(*) FROM ${table}`).pluck().get()).toBe(0);
    }
    connection.close();
  });

  it('changes nothing the second time, and answers in JSON where asked', async () => {
    await seatkeeper(['migrate'], environment);
    const { code, stdout } = await seatkeeper(['migrate', '--json'], environment);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual({ database: file, migrations: names });
    expect(stdout.trimEnd()).not.toContain('\n');
  });

  it('is harmless when several start at once', async () => {
    const outcomes = await Promise.all([1, 2, 3].map(() => seatkeeper(['migrate'], environment)));
    expect(outcomes.map(({ code }) => code)).toEqual([0, 0, 0]);
  });

  it('refuses a damaged, a foreign and a newer file with a sentence that names it, and leaves it as it was', async () => {
    await seatkeeper(['migrate'], environment);
    const newer = `${file}.newer`;
    copyFileSync(file, newer);
    change(newer, `INSERT INTO migrations (timestamp, name) VALUES (9999999999999, 'FromTheFuture')`);
    const foreign = `${file}.foreign`;
    change(foreign, 'CREATE TABLE tune (name text)');
    const damaged = `${file}.damaged`;
    writeFileSync(damaged, 'This is a shopping list, and longer than the header of a database.'.repeat(20));

    for (const refused of [newer, foreign, damaged]) {
      const before = readFileSync(refused);
      const { code, stdout, stderr } = await seatkeeper(['migrate'], { DATABASE_URL: `sqlite:${refused}` });
      expect({ refused, code, stdout }).toEqual({ refused, code: 1, stdout: '' });
      expect(stderr).toMatch(/^[^\n]+\.\n$/);
      expect(stderr).toContain(refused);
      expect(readFileSync(refused).equals(before)).toBe(true);
    }
  });

  it('names the file where it cannot be made', async () => {
    for (const impossible of [
      '/dev/null/seatkeeper.sqlite',
      '/proc/seatkeeper.sqlite',
      '/proc/seatkeeper/new.sqlite',
    ]) {
      const { code, stderr } = await seatkeeper(['migrate'], { DATABASE_URL: `sqlite:${impossible}` });
      expect(code).toBe(1);
      expect(stderr).toMatch(/^[^\n]+\.\n$/);
      expect(stderr).toContain(impossible);
    }
  });

  it('says which variable is wrong', async () => {
    const { code, stdout, stderr } = await seatkeeper(['migrate'], { ...environment, PORT: 'many' });
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/^PORT must be [^\n]+\.\n$/);
  });
});

function change(file: string, statement: string): void {
  const connection = new Sqlite(file);
  connection.exec(statement);
  connection.close();
}
