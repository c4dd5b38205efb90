/** The built server as a process that is expected to end by itself. For servers that run, see `server.ts`. */
import { execFile, spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { secretOfTheTests, type TestServer } from './server.js';

const entry = resolve(process.env.SEATKEEPER_TEST_ENTRY ?? 'dist/server/main.js');
const command = resolve('dist/server/seatkeeper.js');
const endMillisMax = 60_000;

/** How a process ended: its exit code (null where it had to be killed) and what it wrote. */
export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** A file in a temporary folder of its own; it does not exist yet. */
export function temporaryFile(name = 'seatkeeper.sqlite'): string {
  return join(mkdtempSync(join(tmpdir(), 'seatkeeper-start-')), name);
}

/** A port that was free a moment ago. */
export function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const probe = createServer();
    probe.once('error', fail);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => done(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

/** Starts the server with this environment and nothing else, and waits until it has ended; kills it when it does not. */
export async function runToItsEnd(env: Record<string, string>): Promise<Ended> {
  const child = spawn(process.execPath, [entry], {
    env: { PATH: process.env.PATH ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const guard = setTimeout(() => child.kill('SIGKILL'), endMillisMax);
  const code = await new Promise<number | null>((done) => child.once('close', (exitCode) => done(exitCode)));
  clearTimeout(guard);
  return { code, stdout, stderr };
}

/** Has a new link made for the operator of a running server, by the command; gives its secret. */
export async function newLink({ databaseUrl }: TestServer): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [command, 'sign-in-link', '--json'], {
    env: { PATH: process.env.PATH ?? '', DATABASE_URL: databaseUrl, SEATKEEPER_SECRET: secretOfTheTests },
  });
  const { url } = JSON.parse(stdout) as { url: string };
  return /#link=(sko_[\w-]+)$/.exec(url)?.[1] ?? '';
}
