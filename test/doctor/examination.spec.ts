/** The doctor finds what was damaged by hand and names it; in a database that was only used it finds nothing. */
import { readFileSync } from 'node:fs';
import { examine, type Examination } from '../../src/doctor/examination.js';
import { findingsPerCodeMax } from '../../src/doctor/findings.js';
import { readSqliteFile } from '../../src/persistence/sqlite.reading.js';
import { seatkeeper } from '../cli/terminal.js';
import { damaged, damages } from './damage.js';
import { type LivedIn, livedIn } from './lived-in.database.js';

describe('the doctor', () => {
  let ids: LivedIn;
  beforeAll(async () => {
    ids = await livedIn();
  });

  const doctor = (file: string, ...options: string[]) =>
    seatkeeper(['doctor', ...options], { DATABASE_URL: `sqlite:${file}` });

  it('finds nothing in a database in which every kind of step has happened, and leaves it as it was', async () => {
    const before = readFileSync(ids.file);
    const { code, stdout, stderr } = await doctor(ids.file);
    expect(stderr).toBe('');
    expect(stdout).toMatch(
      /^The database is sound. Looked at: licenses 3, seats 10, devices 10, rows of history \d+.\n$/,
    );
    expect(code).toBe(0);
    expect(readFileSync(ids.file).equals(before)).toBe(true);
  });

  it.each(damages.map((damage) => [damage.what, damage] as const))('finds %s', async (_what, damage) => {
    const { findings } = await readSqliteFile(damaged(ids, damage), examine);
    const { code, rule, device } = damage;
    const named = device === undefined ? {} : { deviceId: ids[device] };
    expect(findings).toContainEqual(expect.objectContaining({ code, rule, ...named }));
    const finding = findings.find((one) => one.code === code);
    expect(finding?.licenseId).toEqual(expect.any(String));
    expect(finding?.sentence).toMatch(/^[^\n]+\.$/);
    expect(finding?.sentence).not.toMatch(/undefined|\[object/);
  });

  it('says what it found, in sentences and in JSON, and ends with 1', async () => {
    const file = damaged(ids, {
      what: 'a lost seat',
      statements: ({ one }) => [`UPDATE device SET seat_number = NULL WHERE id = '${one}'`],
    });
    const told = await doctor(file);
    expect({ code: told.code, stderr: told.stderr }).toEqual({ code: 1, stderr: '' });
    expect(told.stdout).toContain(`R3 activeWithoutSeat: Device ${ids.one} is active and names no seat.\n`);
    expect(told.stdout).toMatch(/\nFindings: \d+\. Looked at: licenses 3, [^\n]+\.\n$/);
    const { code, stdout } = await doctor(file, '--json');
    const answer = JSON.parse(stdout) as Examination & { sound: boolean; database: string };
    expect({ code, sound: answer.sound, database: answer.database }).toEqual({ code: 1, sound: false, database: file });
    expect(answer.findings).toContainEqual({
      code: 'activeWithoutSeat',
      rule: 'R3',
      licenseId: ids.license,
      deviceId: ids.one,
      seat: null,
      sequence: null,
      sentence: `Device ${ids.one} is active and names no seat.`,
    });
  });

  it('keeps a hundred findings of a kind and says that there are more', async () => {
    const file = damaged(ids, {
      what: 'many seats too many',
      statements: ({ license }) => [
        `WITH RECURSIVE n (number) AS (SELECT 6 UNION ALL SELECT number + 1 FROM n WHERE number < 400)
         INSERT INTO seat (license_id, number) SELECT '${license}', number FROM n`,
      ],
    });
    const { findings, codesWithMore } = await readSqliteFile(file, examine);
    expect(findings.filter(({ code }) => code === 'seatBeyondLicense')).toHaveLength(findingsPerCodeMax);
    expect(codesWithMore).toEqual(['seatBeyondLicense']);
    expect((await doctor(file)).stdout).toContain('there is more of seatBeyondLicense');
  });

  it('ends with 2 where it could not look: no file, a foreign one, one that was not migrated', async () => {
    const cases: [string, RegExp][] = [
      [`${ids.file}.missing`, /There is no database/],
      ['package.json', /damaged or not a SQLite file/],
      [
        damaged(ids, { what: 'an older file', statements: () => ['DELETE FROM migrations'] }),
        /Run seatkeeper migrate first/,
      ],
    ];
    for (const [file, sentence] of cases) {
      const { code, stdout, stderr } = await doctor(file);
      expect({ file, code, stdout }).toEqual({ file, code: 2, stdout: '' });
      expect(stderr).toMatch(sentence);
      expect(stderr).toMatch(/^[^\n]+\.\n$/);
    }
  });
});
