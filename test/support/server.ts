/**
 * A real server for tests: the built `dist/server/main.js` in a process of its own, on a free port and a database of its own: a
 * SQLite file, or one on the PostgreSQL of this run where the spec is to run on that.
 * Nothing is mocked, so a test can kill it at any moment and start it again on the same file.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { isOnPostgres, newPostgres } from './postgres.js';

/** The operator token of every test server. */
export const operatorToken = 'ska_operator-of-the-tests-0123456789abcdef';

const builtEntry = resolve(process.env.SEATKEEPER_TEST_ENTRY ?? 'dist/server/main.js');
const startMillisMax = 60_000;

/** What every replica of a test must have in common on PostgreSQL. */
export const secretOfTheTests = Buffer.alloc(32, 'seatkeeper').toString('base64');

/** How to start a server; everything has a default. */
export interface ServerOptions {
  /** The database file; a new database where left out. */
  file?: string;
  /** Where the database is, as `DATABASE_URL` says it; a new one where left out. */
  databaseUrl?: string;
  /** `manual` (the default) gives the test clock. */
  clock?: 'manual' | 'system';
  /** The script of the server, where it is not the built one. */
  entry?: string;
  /** Further environment variables. */
  env?: Record<string, string>;
}

/** Options of one request. `auth` is the whole `Authorization` header; the operator's where left out, none where null. */
export interface RequestOptions {
  auth?: string | null;
  body?: unknown;
  /** A body sent as it is, instead of `body` as JSON. */
  rawBody?: string;
  headers?: Record<string, string>;
}

/** An answer: `body` is parsed where it is JSON, else the text; null where there is none. */
export interface Answer<Body = Record<string, unknown>> {
  status: number;
  headers: Headers;
  body: Body;
  text: string;
}

/** A running server and how to talk to it. */
export class TestServer {
  private process: ChildProcess | null = null;
  /** What it wrote on stdout and stderr so far. */
  output = '';

  constructor(
    /** Where its database is, as `DATABASE_URL` says it. */
    readonly databaseUrl: string,
    readonly port: number,
    private readonly env: Record<string, string>,
    private readonly entry = builtEntry,
  ) {}

  /** The file of its database, where that is on SQLite. */
  get file(): string {
    const [, file] = /^sqlite:(.+)$/.exec(this.databaseUrl) ?? [];
    if (file === undefined) throw new Error('this server is not on SQLite');
    return file;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** The process's id while it runs. */
  get pid(): number | null {
    return this.process?.pid ?? null;
  }

  /** Starts the process and waits until it is ready. */
  async start(): Promise<void> {
    if (!existsSync(this.entry)) throw new Error(`${this.entry} is missing: run "npm run build" first`);
    const child = spawn(process.execPath, [this.entry], { env: this.env, stdio: ['ignore', 'pipe', 'pipe'] });
    this.process = child;
    child.stdout.on('data', (chunk: Buffer) => (this.output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (this.output += chunk.toString()));
    const deadline = Date.now() + startMillisMax;
    while (Date.now() < deadline) {
      if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}:\n${this.output}`);
      const ready = await fetch(`${this.url}/health/ready`).then(
        (response) => response.ok,
        () => false,
      );
      if (ready) return;
      await new Promise((done) => setTimeout(done, 25));
    }
    throw new Error(`the server was not ready in ${startMillisMax} ms:\n${this.output}`);
  }

  /** Sends one request. Of a stream only the head is taken, and it is closed. */
  async request<Body = Record<string, unknown>>(
    method: string,
    path: string,
    options: RequestOptions = {},
  ): Promise<Answer<Body>> {
    const headers: Record<string, string> = { ...options.headers };
    const auth = options.auth === undefined ? `Bearer ${operatorToken}` : options.auth;
    if (auth !== null) headers['authorization'] = auth;
    const body = options.rawBody ?? (options.body === undefined ? undefined : JSON.stringify(options.body));
    if (body !== undefined && !('content-type' in headers)) headers['content-type'] = 'application/json';
    const response = await fetch(`${this.url}${path}`, { method, headers, body, redirect: 'manual' });
    const isStream = response.headers.get('content-type') === 'text/event-stream';
    if (isStream) await response.body?.cancel();
    const text = isStream ? '' : await response.text();
    const isJson = /\bjson\b/.test(response.headers.get('content-type') ?? '');
    return {
      status: response.status,
      headers: response.headers,
      text,
      body: (isJson && text !== '' ? JSON.parse(text) : text === '' ? null : text) as Body,
    };
  }

  /** Moves the test clock forward by an ISO 8601 duration. */
  async advance(duration: string): Promise<void> {
    const answer = await this.request('POST', '/v1/test-clock', { body: { advance: duration } });
    if (answer.status !== 200) throw new Error(`advance: ${answer.status} ${answer.text}`);
  }

  /** Asks the process to end, and waits for it. Returns the exit code. */
  async stop(signal: 'SIGTERM' | 'SIGINT' | 'SIGKILL' = 'SIGTERM'): Promise<number | null> {
    const child = this.process;
    if (child === null || child.exitCode !== null || child.signalCode !== null) return child?.exitCode ?? null;
    const ended = new Promise<number | null>((done) => child.once('exit', (code) => done(code)));
    child.kill(signal);
    const code = await ended;
    this.process = null;
    return code;
  }

  /** Ends the process without a warning, as a power cut would. */
  async kill(): Promise<void> {
    await this.stop('SIGKILL');
  }
}

/** Starts a server with the test clock, a known operator token and a database file of its own. */
export async function startServer(options: ServerOptions = {}): Promise<TestServer> {
  const databaseUrl = await databaseUrlOf(options);
  const port = await freePort();
  const env = {
    PATH: process.env.PATH ?? '',
    HOST: '127.0.0.1',
    PORT: String(port),
    DATABASE_URL: databaseUrl,
    ...(databaseUrl.startsWith('postgres') ? { SEATKEEPER_SECRET: secretOfTheTests } : {}),
    SEATKEEPER_OPERATOR_TOKEN: operatorToken,
    SEATKEEPER_CLOCK: options.clock ?? 'manual',
    SEATKEEPER_FAILED_CREDENTIALS_PER_MINUTE: '0',
    LOG_LEVEL: 'error',
    ...options.env,
  };
  const server = new TestServer(databaseUrl, port, env, options.entry);
  await server.start();
  return server;
}

async function databaseUrlOf({ databaseUrl, file }: ServerOptions): Promise<string> {
  if (databaseUrl !== undefined) return databaseUrl;
  if (file === undefined && isOnPostgres()) return newPostgres();
  return `sqlite:${file ?? join(mkdtempSync(join(tmpdir(), 'seatkeeper-test-')), 'seatkeeper.sqlite')}`;
}

function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const probe = createServer();
    probe.once('error', fail);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      probe.close(() => done(port));
    });
  });
}
