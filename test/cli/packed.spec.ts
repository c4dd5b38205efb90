/**
 * What `npm pack` packs is all that is needed: unpacked in an empty folder, beside the packages that it asks for and no others, it says who it is, serves
 * the interface and the panel, and gives client software its kit.
 */
import { execFile, spawn } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  renameSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { until } from '../support/lives.js';
import { version } from '../../src/config/version.js';

const run = promisify(execFile);
const megabyte = 1024 * 1024;

interface Packed {
  filename: string;
  size: number;
  files: { path: string }[];
}

let packed: Packed;
let folder: string;

/** Packs the project as it is built, and puts it into an empty folder with the packages that it depends on. */
beforeAll(async () => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'packed-')));
  const { stdout } = await run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder]);
  packed = (JSON.parse(stdout) as Packed[])[0] as Packed;
  const modules = join(folder, 'node_modules');
  mkdirSync(modules);
  await run('tar', ['-xzf', join(folder, packed.filename), '-C', modules]);
  const home = join(modules, 'seatkeeper');
  renameSync(join(modules, 'package'), home);
  const { dependencies, bin } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')) as {
    dependencies: Record<string, string>;
    bin: { seatkeeper: string };
  };
  for (const name of Object.keys(dependencies)) {
    mkdirSync(dirname(join(modules, name)), { recursive: true });
    symlinkSync(resolve('node_modules', name), join(modules, name));
  }
  mkdirSync(join(modules, '.bin'));
  symlinkSync(join(home, bin.seatkeeper), join(modules, '.bin', 'seatkeeper'));
}, 300_000);

/** Runs a command in the folder, as one types it there. */
const inFolder = (program: string, ...given: string[]) => run(program, given, { cwd: folder });

it('holds what runs, and neither sources nor tests', () => {
  const paths = packed.files.map(({ path }) => path);
  const known =
    /^(?:dist\/(?:server|client|panel|coverage)\/|dist\/openapi\.json$|package\.json$|README\.md$|LICENSE$)/;
  expect(paths.filter((path) => !known.test(path))).toEqual([]);
  expect(paths.filter((path) => /\.spec\.|(?<!\.d)\.tsx?$|\.map$|\.sqlite/.test(path))).toEqual([]);
  for (const path of [
    'dist/server/seatkeeper.js',
    'dist/client/node.js',
    'dist/client/node.d.ts',
    'dist/panel/index.html',
  ]) {
    expect(paths).toContain(path);
  }
  expect(packed.size).toBeLessThan(4 * megabyte);
});

it('runs by its name, and says who it is', async () => {
  expect(statSync(join(folder, 'node_modules/seatkeeper/dist/server/seatkeeper.js')).mode & 0o111).toBe(0o111);
  expect((await inFolder('npx', '--no-install', 'seatkeeper', '--version')).stdout).toBe(`${version()}\n`);
  expect((await inFolder('npx', '--no-install', 'seatkeeper', '--help')).stdout).toContain('device activate');
});

it('serves the interface, its reference and the panel', async () => {
  const program = join(folder, 'node_modules/seatkeeper/dist/server/seatkeeper.js');
  const env = { PATH: process.env.PATH ?? '', PORT: '0' };
  const server = spawn(process.execPath, [program, 'serve'], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [server.stdout, server.stderr])
    stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const ended = new Promise((done) => server.once('close', done));
  try {
    await until('it listens', () => / {2}API +\S+\/v1$/m.test(output) || server.exitCode !== null, 60_000);
    const url = / {2}API +(\S+)\/v1$/m.exec(output)?.[1] ?? output;
    expect((await fetch(`${url}/health/ready`)).status).toBe(200);
    const panel = await fetch(`${url}/sign-in`, { headers: { accept: 'text/html' } });
    const page = await panel.text();
    expect([panel.status, page]).toEqual([200, expect.stringContaining('<div id="panel"')]);
    const [script = ''] = /\/assets\/[\w-]+\.js/.exec(page) ?? [];
    for (const path of [script, '/docs', '/docs/swagger-ui-bundle.js', '/openapi.json', '/v1/machines/device.svg']) {
      expect([path, (await fetch(`${url}${path}`)).status]).toEqual([path, 200]);
    }
  } finally {
    server.kill('SIGTERM');
  }
  expect(await ended).toBe(0);
});

it('gives client software the kit, with its types', async () => {
  writeFileSync(
    join(folder, 'software.mjs'),
    `import { createSeat, memoryStore } from 'seatkeeper/client';
     const seat = await createSeat({
       serverUrl: 'http://127.0.0.1:9', licenseKey: 'skl_none', fingerprint: 'machine-1', store: memoryStore(), automatic: false,
     });
     console.log((await seat.activate()).error.code);`,
  );
  expect((await inFolder(process.execPath, 'software.mjs')).stdout).toBe('noAnswer\n');
  writeFileSync(
    join(folder, 'software.mts'),
    `import { createSeat } from 'seatkeeper/client';
     const seat = await createSeat({ serverUrl: 'http://127.0.0.1:9', licenseKey: 'skl_none' });
     export const until: Date | null = seat.answer.until;`,
  );
  const options = ['--noEmit', '--strict', '--target', 'es2023', '--module', 'nodenext', '--types', 'node'];
  const roots = ['--typeRoots', resolve('node_modules/@types')];
  await inFolder(process.execPath, resolve('node_modules/typescript/bin/tsc'), ...options, ...roots, 'software.mts');
});
