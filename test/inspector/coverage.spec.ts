/** What tests record of a machine, and what is shown of it: each record for itself, and those of one run together. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it, jest } from '@jest/globals';
import { readCoverage } from '../../src/inspector/coverage.folder.js';
import { presentCoverage } from '../../src/inspector/coverage.presenter.js';
import { type CoverageRecord, coveredWalks, rulesPrint } from '../../src/inspector/coverage.record.js';
import { machineCoverageSchema } from '../../src/inspector/coverage.schemas.js';
import {
  clientSessionMachine,
  clientSessionSnapshot,
  type DescribedMachine,
  describedMachines,
  type DescribedTransition,
  licenseMachine,
  licenseSnapshot,
} from '../../machines/index.js';
import { testedCommit } from '../support/commit.js';
import { TransitionCoverage } from '../support/coverage.js';

const license = describedMachines.find(({ id }) => id === 'license') as DescribedMachine;
const commit = '0123456789abcdef0123456789abcdef01234567';

const recordOf = (said: Partial<CoverageRecord> = {}): CoverageRecord => ({
  machine: 'license',
  walk: 'machine',
  at: '2026-11-24T09:30:00.000Z',
  commit,
  hasChanges: false,
  rules: rulesPrint(license),
  transitions: [
    { id: 'active.suspend', hits: 3 },
    { id: 'suspended.reinstate.1', hits: 1 },
  ],
  ...said,
});

const shown = (...records: CoverageRecord[]) => machineCoverageSchema.parse(presentCoverage(license, records));
const countOf = (coverage: ReturnType<typeof shown>, name: string) =>
  coverage.transitions.find(({ id }) => id === name)?.count;

const newFolder = (files: Record<string, string> = {}): string => {
  const folder = mkdtempSync(join(tmpdir(), 'seatkeeper-coverage-'));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
};

describe('the print of the rules', () => {
  const changed = (change: (way: DescribedTransition) => Partial<DescribedTransition>): DescribedMachine => ({
    ...license,
    transitions: license.transitions.map((way, index) => (index === 0 ? { ...way, ...change(way) } : way)),
  });

  it('is another for each machine, and the same each time', () => {
    expect(new Set(describedMachines.map(rulesPrint)).size).toBe(describedMachines.length);
    expect(rulesPrint({ ...license })).toBe(rulesPrint(license));
  });

  it('changes with what the machine does, and not with the words for it', () => {
    expect(rulesPrint(changed(() => ({ description: 'In other words.' })))).toBe(rulesPrint(license));
    expect(rulesPrint(changed(() => ({ to: 'revoked' })))).not.toBe(rulesPrint(license));
    expect(rulesPrint(changed(() => ({ guards: ['validityHasEnded'] })))).not.toBe(rulesPrint(license));
    expect(rulesPrint(changed(() => ({ effect: 'unchanged' })))).not.toBe(rulesPrint(license));
    expect(rulesPrint({ ...license, initial: 'revoked' })).not.toBe(rulesPrint(license));
    expect(rulesPrint({ ...license, states: license.states.slice(1) })).not.toBe(rulesPrint(license));
    // Where software may run is no matter of words.
    const tagged = license.states.map((state) => ({ ...state, tags: ['mayRun'] as const }));
    expect(rulesPrint({ ...license, states: tagged })).not.toBe(rulesPrint(license));
  });
});

describe('the coverage of a machine', () => {
  it('has each transition, and 0 for what was never taken', () => {
    const coverage = shown(recordOf());
    expect(coverage.transitions.map(({ id, from, event, to }) => ({ id, from, event, to }))).toEqual(
      license.transitions.map(({ id, from, event, to }) => ({ id, from, event, to })),
    );
    expect(coverage.transitions.filter(({ count }) => count > 0).map(({ id, count }) => [id, count])).toEqual([
      ['active.suspend', 3],
      ['suspended.reinstate.1', 1],
    ]);
    expect(countOf(coverage, 'suspended.reinstate')).toBe(0);
  });

  it('says when nothing is on record', () => {
    const coverage = shown(recordOf({ machine: 'device' }));
    expect(coverage.run).toBeNull();
    expect(coverage.transitions.length).toBe(license.transitions.length);
    expect(coverage.transitions.every(({ count }) => count === 0)).toBe(true);
  });

  it('adds up the walks of a run, whatever their order, and says when each of them ended', () => {
    const records = [
      recordOf(),
      recordOf({ walk: 'httpOnPostgres', at: '2026-11-24T09:32:00.000Z' }),
      recordOf({ walk: 'httpOnSqlite', at: '2026-11-24T09:31:00.000Z' }),
    ];
    const coverage = shown(...records);
    expect(coverage).toEqual(shown(...records.toReversed()));
    expect(countOf(coverage, 'active.suspend')).toBe(9);
    expect(coverage.run).toEqual({
      at: '2026-11-24T09:32:00.000Z',
      commit,
      hasChanges: false,
      isOfTheseRules: true,
      walks: [
        { walk: 'httpOnPostgres', at: '2026-11-24T09:32:00.000Z' },
        { walk: 'httpOnSqlite', at: '2026-11-24T09:31:00.000Z' },
        { walk: 'machine', at: '2026-11-24T09:30:00.000Z' },
      ],
    });
  });

  it.each([
    ['another commit', { commit: commit.replace('0', 'f') }],
    ['no known commit', { commit: null }],
    ['a commit with changes', { hasChanges: true }],
    ['other rules', { rules: 'other' }],
  ])('counts no earlier walk of %s', (_, said) => {
    const earlier = recordOf({ walk: 'httpOnSqlite', at: '2026-11-24T09:29:59.999Z', ...said });
    const coverage = shown(earlier, recordOf());
    expect(coverage.run).toEqual(shown(recordOf()).run);
    expect(countOf(coverage, 'active.suspend')).toBe(3);
  });

  it('says when the rules were others, and forgets what they have no more', () => {
    const coverage = shown(recordOf({ rules: 'other', transitions: [{ id: 'active.vanish', hits: 2 }] }));
    expect(coverage.run?.isOfTheseRules).toBe(false);
    expect(coverage.transitions.every(({ count }) => count === 0)).toBe(true);
  });
});

describe('the folder of records', () => {
  it('may be missing, or empty', () => {
    expect(readCoverage(['/nowhere', '/nowhere/else'])).toEqual({ records: [], faults: [] });
    expect(readCoverage([newFolder()])).toEqual({ records: [], faults: [] });
  });

  it('is the first that there is', () => {
    const [one, other] = [recordOf(), recordOf({ commit: null })].map((record) =>
      newFolder({ 'machine/license.json': JSON.stringify(record) }),
    );
    expect(readCoverage(['/nowhere', one ?? '', other ?? '']).records).toEqual([recordOf()]);
  });

  it.each([
    ['no JSON', '{'],
    ['nothing', ''],
    ['null', 'null'],
    ['a list', '[]'],
    ['what another program has written', '{"total": {"lines": 100}}'],
    ['a record of another machine', JSON.stringify(recordOf({ machine: 'device' }))],
    ['a record of another walk', JSON.stringify(recordOf({ walk: 'httpOnSqlite' }))],
    ['a time that is none', JSON.stringify(recordOf({ at: 'yesterday' }))],
    ['a commit that is none', JSON.stringify(recordOf({ commit: '<b>main</b>' }))],
    ['less than nothing', JSON.stringify(recordOf({ transitions: [{ id: 'active.suspend', hits: -1 }] }))],
  ])('takes %s for no record, and names the file in one line', (_, text) => {
    const good = recordOf({ walk: 'httpOnSqlite' });
    const folder = newFolder({
      'machine/license.json': text,
      'httpOnSqlite/license.json': JSON.stringify(good),
      'httpOnSqlite/license.json.4711': '{',
    });
    const { records, faults } = readCoverage([folder]);
    expect(records).toEqual([good]);
    expect(faults).toEqual([expect.stringMatching(/^\S+\/machine\/license\.json \(.+\)$/)]);
  });

  it('takes a folder in the place of a file for no record', () => {
    const { records, faults } = readCoverage([newFolder({ 'machine/license.json/readme': '' })]);
    expect([records, faults.length]).toEqual([[], 1]);
  });
});

describe('a test of a machine', () => {
  it('records what a server reads, with date, commit and rules', () => {
    const folder = newFolder();
    const said = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
    const begun = Date.now();
    for (const walk of coveredWalks) {
      const coverage = new TransitionCoverage(licenseMachine, walk);
      const before = licenseSnapshot('active', { validUntil: null });
      for (const type of ['suspend', 'suspend', 'renew', 'vanish']) coverage.take(before, { type, at: begun });
      coverage.publish(folder);
    }
    said.mockRestore();
    const { records, faults } = readCoverage([folder]);
    expect([faults, records.map(({ walk }) => walk)]).toEqual([[], coveredWalks]);
    const coverage = shown(...records);
    expect(countOf(coverage, 'active.suspend')).toBe(2 * coveredWalks.length);
    expect(coverage.transitions.reduce((sum, { count }) => sum + count, 0)).toBe(3 * coveredWalks.length);
    expect(coverage.run).toMatchObject({ ...testedCommit(), isOfTheseRules: true });
    expect(Date.parse(coverage.run?.at ?? '')).toBeGreaterThanOrEqual(begun);
    expect(readdirSync(join(folder, 'machine'))).toEqual(['license.json']);
  });
});

it('records of the client kit are about the session of client software', () => {
  const folder = newFolder();
  const said = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  const kit = new TransitionCoverage(clientSessionMachine, 'clientKit');
  kit.take(clientSessionSnapshot('active', {}), { type: 'missAnswer' });
  kit.publish(folder);
  expect(said.mock.calls.map(([line]) => line)).toEqual([
    expect.stringMatching(/: clientSession, clientKit: 1 of \d+ transitions/),
  ]);
  said.mockRestore();
  const session = describedMachines.find(({ id }) => id === 'clientSession') as DescribedMachine;
  const { records, faults } = readCoverage([folder]);
  expect(faults).toEqual([]);
  const coverage = machineCoverageSchema.parse(presentCoverage(session, records));
  expect(coverage.run?.walks.map(({ walk }) => walk)).toEqual(['clientKit']);
  expect(coverage.transitions.filter(({ count }) => count > 0)).toEqual([
    { id: 'active.missAnswer', from: 'active', event: 'missAnswer', to: 'offline', count: 1 },
  ]);
});

describe('the tested commit', () => {
  const git = (folder: string, ...words: string[]): string =>
    execFileSync('git', ['-c', 'user.name=Test', '-c', 'user.email=test@seatkeeper.example', ...words], {
      cwd: folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();

  it('is the one of this project, and says what is not in it', () => {
    const folder = newFolder({ 'rules.ts': '1', 'inner/rules.ts': '1' });
    expect(testedCommit(folder)).toEqual({ commit: null, hasChanges: false });
    git(folder, 'init', '--quiet');
    expect(testedCommit(folder)).toEqual({ commit: null, hasChanges: false });
    git(folder, 'add', '.');
    git(folder, 'commit', '--quiet', '--message', 'Begin');
    const head = git(folder, 'rev-parse', 'HEAD');
    expect(testedCommit(folder)).toEqual({ commit: head, hasChanges: false });
    writeFileSync(join(folder, 'rules.ts'), '2');
    expect(testedCommit(folder)).toEqual({ commit: head, hasChanges: true });
    // Unpacked within a repository that is about something else.
    expect(testedCommit(join(folder, 'inner'))).toEqual({ commit: null, hasChanges: false });
  });
});
