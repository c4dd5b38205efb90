/** A server of one's own for the length of one command: in a process of its own, with the test clock, on a database that is removed afterwards. */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CommandFailed } from './command.js';

const program = fileURLToPath(new URL('./seatkeeper.js', import.meta.url));

export interface StagedServer {
  /** Without a slash at its end. */
  readonly url: string;
  readonly operatorToken: string;
  readonly databaseFile: string;
  /** Ends it in good order; the database stays until the command is done. */
  stop(): Promise<void>;
}

/**
 * Starts it, does something with it, and leaves nothing of it.
 *
 * @throws CommandFailed where it does not start
 */
export async function withStagedServer<Result>(work: (server: StagedServer) => Promise<Result>): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'seatkeeper-simulate-'));
  const databaseFile = join(folder, 'seatkeeper.sqlite');
  const operatorToken = `ska_${randomBytes(32).toString('base64url')}`;
  const child = spawn(process.execPath, [program, 'serve'], {
    env: {
      HOST: '127.0.0.1',
      PORT: '0',
      DATABASE_URL: `sqlite:${databaseFile}`,
      SEATKEEPER_CLOCK: 'manual',
      SEATKEEPER_OPERATOR_TOKEN: operatorToken,
      // Whoever uses a key that was replaced is part of the story.
      SEATKEEPER_FAILED_CREDENTIALS_PER_MINUTE: '0',
      LOG_LEVEL: 'warn',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const leave = (): void => void child.kill('SIGKILL');
  process.once('exit', leave);
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const stop = (): Promise<void> => {
    child.kill('SIGTERM');
    return ended;
  };
  try {
    return await work({ url: await addressOf(child), operatorToken, databaseFile, stop });
  } finally {
    await stop();
    process.removeListener('exit', leave);
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The address that it says when it listens. */
function addressOf(child: ChildProcess): Promise<string> {
  let output = '';
  return new Promise((resolve, reject) => {
    const hear = (chunk: Buffer): void => {
      output += chunk.toString();
      const url = /^ {2}API +(\S+)\/v1$/m.exec(output)?.[1];
      if (url !== undefined) resolve(url);
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    child.once('error', reject);
    child.once('close', () => reject(new CommandFailed(`The server of the simulation did not start:\n${output}`)));
  });
}
