/** An example as a process of its own, as a developer would start it: what it writes line by line, what is typed, and how it ends. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { until } from '../support/lives.js';
import type { LicenseScene } from '../support/scene.js';
import type { TestServer } from '../support/server.js';

/** A new folder for what an example keeps. */
export function newHome(): string {
  return mkdtempSync(join(tmpdir(), 'seatkeeper-example-'));
}

/** The environment that the examples ask for, and a home of their own. */
export function environmentFor(server: { url: string }, license: Pick<LicenseScene, 'key'>, home: string) {
  return { PATH: process.env.PATH ?? '', HOME: home, SEATS_URL: server.url, LICENSE_KEY: license.key };
}

export class StartedExample {
  private read = 0;
  private text = '';
  private endedWith: { code: number | null; signal: NodeJS.Signals | null } | null = null;

  private constructor(
    private readonly child: ChildProcess,
    private readonly name: string,
  ) {
    const hear = (chunk: Buffer): void => void (this.text += chunk.toString());
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    child.once('close', (code, signal) => (this.endedWith = { code, signal }));
  }

  /** @param words the program, the file of this folder, and what else stands on the line */
  static start(
    [program, file, ...others]: [string, string, ...string[]],
    env: Readonly<Record<string, string>>,
  ): StartedExample {
    const words = [resolve('test/examples', file), ...others];
    return new StartedExample(spawn(program, words, { env, stdio: ['pipe', 'pipe', 'pipe'] }), file);
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  /** All that it has written. */
  get output(): string {
    return this.text;
  }

  type(line: string): void {
    this.child.stdin?.write(`${line}\n`);
  }

  /** Waits until it writes a line that matches, after the one that was waited for last. */
  async says(line: RegExp, millisMax = 30_000): Promise<string> {
    let found: string | undefined;
    const heard = (): boolean => {
      const lines = this.text.split('\n').slice(0, -1);
      const index = lines.findIndex((text, place) => place >= this.read && line.test(text));
      if (index < 0) return false;
      found = lines[index];
      this.read = index + 1;
      return true;
    };
    await until(`${this.name} to say ${line}, after:\n${this.text}`, heard, millisMax).catch((error: Error) => {
      throw new Error(`${error.message}\nand then:\n${this.text}`);
    });
    return found ?? '';
  }

  /** Waits for its end, and of whoever writes where it writes. */
  async ended(): Promise<{ code: number | null; signal: NodeJS.Signals | null }> {
    await until(`${this.name} to end`, () => this.endedWith !== null, 30_000);
    return this.endedWith ?? { code: null, signal: null };
  }

  /** Ends it without a warning. */
  kill(): void {
    this.child.kill('SIGKILL');
  }

  /** To be called after each test: ends it, and listens no more to whoever writes where it writes. */
  leave(): void {
    this.kill();
    this.child.stdout?.destroy();
    this.child.stderr?.destroy();
  }
}

/** The only device of a license with that state, or null. */
export async function stateOfOnly(server: TestServer, license: { id: string }): Promise<string | null> {
  const { body } = await server.request<{ items: { state: string }[] }>('GET', `/v1/licenses/${license.id}/devices`);
  if (body.items.length > 1) throw new Error('there is more than one device');
  return body.items[0]?.state ?? null;
}
