/** The built `seatkeeper` command in processes of its own, as operators and their scripts run it. */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { SqliteDatabase } from '../../src/persistence/sqlite.database.js';
import { freshFile, loadKeys, rowsOf } from '../leases/scene.js';
import type { Outcome } from './terminal.js';

const program = join(dirname(resolve(process.env.SEATKEEPER_TEST_ENTRY ?? 'dist/server/main.js')), 'seatkeeper.js');

describe('the built seatkeeper command', () => {
  it('writes its answers and its complaints where they belong, and ends with the documented code', async () => {
    const version = await inItsOwnProcess(['--version']);
    expect(version).toMatchObject({ code: 0, stderr: '' });
    expect(version.stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
    const failed = await inItsOwnProcess(['migrate'], { DATABASE_URL: 'mysql://nowhere' });
    expect(failed).toMatchObject({ code: 1, stdout: '' });
    expect(failed.stderr).toMatch(/^DATABASE_URL [^\n]+\.\n$/);
    expect(await inItsOwnProcess(['dance'])).toMatchObject({ code: 2, stdout: '' });
  });

  it('draws the machines, although nothing else keeps it from ending', async () => {
    const out = join(mkdtempSync(join(tmpdir(), 'machines-')), 'charts');
    const { code, stderr } = await inItsOwnProcess(['machines', 'export', '--format', 'svg', '--out', out]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(readdirSync(out).sort()).toEqual([
      'clientSession.svg',
      'device.svg',
      'license.svg',
      'remoteDeactivation.svg',
      'supportTicket.svg',
    ]);
  });

  it('is a program of its own', () => {
    expect(statSync(program).mode & 0o111).toBe(0o111);
  });

  it('plays no demonstration over one that is running', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'demo-'));
    const rival = createServer();
    const port = await new Promise<number>((done) =>
      rival.listen(0, '127.0.0.1', () => done((rival.address() as AddressInfo).port)),
    );
    mkdirSync(join(folder, 'data/demo'), { recursive: true });
    writeFileSync(join(folder, 'data/demo/seatkeeper.sqlite'), 'running');
    const ended = await inItsOwnProcess(['demo'], { PORT: String(port), HOST: '127.0.0.1' }, folder);
    rival.close();
    expect(ended).toEqual({
      code: 1,
      stdout: '',
      stderr: `Port ${port} is in use. Stop the server that runs there, or choose another with PORT.\n`,
    });
    expect(readFileSync(join(folder, 'data/demo/seatkeeper.sqlite'), 'utf8')).toBe('running');
  });

  it('does not mind a reader that has seen enough', async () => {
    const child = spawn(process.execPath, [program, 'openapi'], { env: {}, stdio: ['ignore', 'pipe', 'pipe'] });
    let stderr = '';
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    child.stdout.once('data', () => child.stdout.destroy());
    const code = await new Promise((done) => child.once('close', done));
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });

  it('rotates the keys several times at once while another process writes to the same file', async () => {
    const file = freshFile();
    const database = await SqliteDatabase.open(file);
    try {
      await loadKeys(database, { now: Date.now() });
      const rotations = [1, 2, 3].map(() => inItsOwnProcess(['keys', 'rotate'], { DATABASE_URL: `sqlite:${file}` }));
      let running = true;
      const ended = Promise.all(rotations).finally(() => (running = false));
      for (let hour = 1; running; hour += 1) {
        await database.write((session) => session.run('UPDATE signing_key SET last_lease_ends_at = ?', [hour]));
        // A server answers between its batches.
        await new Promise((done) => setTimeout(done, 1));
      }
      expect((await ended).map(({ code, stderr }) => ({ code, stderr }))).toEqual(
        Array.from({ length: 3 }, () => ({ code: 0, stderr: '' })),
      );
      expect(await rowsOf(database)).toHaveLength(4);
    } finally {
      await database.close();
    }
  });
});

function inItsOwnProcess(
  line: readonly string[],
  environment: Record<string, string> = {},
  cwd?: string,
): Promise<Outcome> {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, [program, ...line], {
      env: environment,
      cwd,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const outcome = { stdout: '', stderr: '' };
    child.stdout.on('data', (chunk: Buffer) => (outcome.stdout += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (outcome.stderr += chunk.toString()));
    child.once('error', fail);
    child.once('close', (code) => done({ code: code ?? -1, ...outcome }));
  });
}
