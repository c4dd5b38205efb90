/** The checkpoint thread for real: its script is compiled into a folder of its own, since threads do not run sources. */
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import Sqlite from 'better-sqlite3';
import { Checkpoints, type LogLimits } from '../../src/persistence/checkpoints.js';
import { Turns } from '../../src/persistence/turns.js';
import { compileThread } from '../support/compiled.thread.js';
import { until } from '../support/lives.js';

const folder = mkdtempSync(join(tmpdir(), 'seatkeeper-checkpoints-'));
const script = compileThread('persistence/checkpoint.worker', folder);
const limits: LogLimits = { moved: 20, renewed: 100, waitedFor: 10, atLast: 1_000_000 };
/** As these, but COMMIT helps out early. */
const tightLimits: LogLimits = { ...limits, atLast: 1_000 };
const logBytesPerPage = 4_096 + 24;

afterAll(() => rmSync(folder, { recursive: true }));

let file: string;
let written: number;
let writer: Sqlite.Database;
let turns: Turns;
let checkpoints: Checkpoints;

function open(name: string, threadScript = script, itsLimits = limits): void {
  file = join(folder, `${name}.sqlite`);
  writer = new Sqlite(file);
  writer.pragma('journal_mode = WAL');
  writer.exec('CREATE TABLE row (id integer PRIMARY KEY, text text)');
  turns = new Turns();
  written = 0;
  checkpoints = new Checkpoints(writer, turns, itsLimits, threadScript);
}

async function close(): Promise<void> {
  await checkpoints.close();
  writer.close();
  checkpoints.release();
}

/** A transaction of one row on a page of its own. */
function write(): Promise<void> {
  return turns.take(async () => {
    writer.exec('BEGIN IMMEDIATE');
    writer.prepare('INSERT INTO row (text) VALUES (?)').run('x'.repeat(3_000));
    // Others get their turn in the middle of a transaction, as they do in a batch.
    await new Promise((done) => setImmediate(done));
    writer.exec('COMMIT');
    written += 1;
    checkpoints.committed();
  });
}

function logLength(): number {
  return logState().log;
}

function logState(): { log: number; checkpointed: number } {
  const [state] = writer.pragma('wal_checkpoint(NOOP)') as { log: number; checkpointed: number }[];
  if (state === undefined) throw new Error('SQLite does not tell its log');
  return state;
}

function logPagesEver(): number {
  return Math.ceil(statSync(`${file}-wal`).size / logBytesPerPage);
}

describe('checkpoints beside the writer', () => {
  afterEach(close);

  it('have the log begin anew again and again while somebody writes without a pause, and lose nothing', async () => {
    open('busy');
    let renewals = 0;
    let length = 0;
    await until('the log has begun anew', async () => {
      for (let transaction = 0; transaction < 100; transaction += 1) {
        await write();
        const before = length;
        length = logLength();
        if (length < before) renewals += 1;
      }
      return renewals >= 5;
    });
    expect(writer.prepare('SELECT count(*) FROM row').pluck().get()).toBe(written);
    expect(writer.pragma('integrity_check', { simple: true })).toBe('ok');
  });

  it('move what was written into the file without waiting for the end of the log', async () => {
    open('moved');
    while (written < 15) await write();
    await until('pages are in the file', () => logState().checkpointed > 0);
    expect(logState().log).toBeLessThan(limits.renewed);
  });

  it('let a reader keep its snapshot, and catch up when it has ended', async () => {
    open('read');
    await write();
    const reader = new Sqlite(file, { readonly: true });
    reader.exec('BEGIN');
    const count = reader.prepare('SELECT count(*) FROM row').pluck();
    expect(count.get()).toBe(1);
    while (written < 300) await write();
    expect(count.get()).toBe(1);
    expect(logLength()).toBeGreaterThan(300);
    reader.close();
    await until('the log has begun anew', async () => {
      await write();
      return logLength() < limits.renewed;
    });
  });
});

it('without a living thread, COMMIT moves the log', async () => {
  const deadly = join(folder, 'deadly.js');
  writeFileSync(deadly, 'process.exit(1);');
  open('dead', pathToFileURL(deadly), tightLimits);
  while (written < 2_000) await write();
  expect(logPagesEver()).toBeLessThan(1.5 * tightLimits.atLast);
  await close();
  expect(existsSync(`${file}-wal`)).toBe(false);
});

it('without a script, COMMIT moves the log as soon as it is long', async () => {
  open('sources', pathToFileURL(join(folder, 'none.js')));
  while (written < 500) await write();
  expect(logPagesEver()).toBeLessThan(2 * limits.renewed);
  await close();
  expect(existsSync(`${file}-wal`)).toBe(false);
});
