/** Starting and ending: what is wrong is said in a sentence, what was there stays as it was, what was accepted is finished. */
import { randomBytes } from 'node:crypto';
import { copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { type Ended, freePort, runToItsEnd, temporaryFile } from '../support/process.js';
import { expectProblem } from '../support/problem.js';
import { type Device } from '../support/representations.js';
import { activate, checkIn, freshFingerprint, issueLicense, readAll } from '../support/scene.js';
import { operatorToken, startServer, TestServer } from '../support/server.js';

/** The least that a server needs. None of these is to get as far as listening, so one free port does for all. */
let port: number;
const settings = (file: string, more: Record<string, string> = {}) => ({
  HOST: '127.0.0.1',
  PORT: String(port),
  DATABASE_URL: `sqlite:${file}`,
  SEATKEEPER_OPERATOR_TOKEN: operatorToken,
  LOG_LEVEL: 'error',
  ...more,
});

/** Expects an end with code 1 and one readable sentence on stderr that matches. */
function expectSentence(ended: Ended, about: RegExp): void {
  expect({ ...ended, stderr: ended.stderr.slice(0, 1_000) }).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(about),
  });
  expect(ended.stderr).not.toMatch(/^\s+at .+\(?.*:\d+:\d+\)?$/m);
  expect(ended.stderr.trim().split('\n').length).toBeLessThanOrEqual(5);
}

/** A database file that a server has made and left in order, with a license in it. */
let original: string;
const secret = randomBytes(32).toString('base64');
beforeAll(async () => {
  port = await freePort();
  const server = await startServer();
  await activate(server, await issueLicense(server));
  await server.stop();
  original = server.file;
});

/** A copy of that file. */
function copy(): string {
  const file = temporaryFile();
  copyFileSync(original, file);
  return file;
}

/** Asks the server to end and expects it to, well within what supervisors grant; kills it where it does not. */
async function expectEnd(server: TestServer, signal: 'SIGTERM' | 'SIGINT'): Promise<void> {
  let guard: NodeJS.Timeout | undefined;
  const late = new Promise<'late'>((done) => (guard = setTimeout(() => done('late'), 30_000)));
  const end = await Promise.race([server.stop(signal), late]);
  clearTimeout(guard);
  if (end === 'late') {
    await server.kill();
    throw new Error(`the server was still running half a minute after ${signal}`);
  }
  expect([0, null]).toContain(end);
}

describe('a wrong setting', () => {
  it.each([
    ['PORT', '70000'],
    ['DATABASE_URL', 'mysql://127.0.0.1/seatkeeper'],
    ['DATABASE_URL', 'sqlite:'],
    ['SEATKEEPER_CLOCK', 'sundial'],
    ['SEATKEEPER_OPERATOR_TOKEN', 'a-token-of-31-characters-012345'],
    ['SEATKEEPER_FAILED_CREDENTIALS_PER_MINUTE', '-1'],
    ['SEATKEEPER_SWEEP_INTERVAL', 'PT0S'],
    ['SEATKEEPER_SECRET', randomBytes(31).toString('base64')],
    ['SEATKEEPER_PUBLIC_URL', 'seats'],
    ['LOG_LEVEL', 'loud'],
  ])(
    '%s=%s stops the start with a sentence that names it, repeats no secret, and makes no file',
    async (name, value) => {
      const file = temporaryFile();
      const ended = await runToItsEnd(settings(file, { [name]: value }));
      expectSentence(ended, new RegExp(`\\b${name}\\b`));
      if (/TOKEN|SECRET/.test(name)) expect(`${ended.stdout}${ended.stderr}`).not.toContain(value);
      expect(existsSync(file)).toBe(false);
    },
  );

  it('is the test clock in production', async () => {
    const env = settings(temporaryFile(), { NODE_ENV: 'production', SEATKEEPER_CLOCK: 'manual' });
    expectSentence(await runToItsEnd(env), /SEATKEEPER_CLOCK/);
  });
});

describe('a database that cannot be used', () => {
  /** Expects the start on this file to fail with a sentence that names it, and the file to stay as it is. */
  async function expectLeftAlone(file: string, env: Record<string, string> = {}, about?: RegExp) {
    const before = readFileSync(file);
    const ended = await runToItsEnd(settings(file, env));
    expectSentence(ended, about ?? new RegExp(file.replace(/[.\\/]/g, '\\$&')));
    expect(readFileSync(file).equals(before)).toBe(true);
  }

  it('is left as it was where it is no database at all', async () => {
    const file = temporaryFile();
    writeFileSync(file, 'These are my holiday plans, not a database.\n'.repeat(500));
    await expectLeftAlone(file);
  });

  it('is left as it was where its pages are damaged', async () => {
    const file = copy();
    const bytes = readFileSync(file);
    bytes.fill(0xa5, 4_096, bytes.length - 4_096);
    writeFileSync(file, bytes);
    await expectLeftAlone(file);
  });

  it('is left as it was where one page in the middle is damaged', async () => {
    const file = copy();
    const bytes = readFileSync(file);
    const page = 4_096 * Math.floor(bytes.length / 4_096 / 2);
    bytes.fill(0xa5, page, page + 4_096);
    writeFileSync(file, bytes);
    await expectLeftAlone(file);
  });

  it('is left as it was where its end is missing', async () => {
    const file = copy();
    const bytes = readFileSync(file);
    writeFileSync(file, bytes.subarray(0, 4_096 * Math.floor(bytes.length / 4_096 / 2)));
    await expectLeftAlone(file);
  });

  it('is left as it was where a newer server has made it', async () => {
    const file = copy();
    const database = new Database(file);
    const table = database
      .prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE '%migration%'")
      .pluck()
      .get() as string;
    database
      .prepare(`INSERT INTO "${table}" (timestamp, name) VALUES (?, ?)`)
      .run(4_102_444_800_000, 'AddTeleportation4102444800000');
    database.pragma('wal_checkpoint(TRUNCATE)');
    database.close();
    await expectLeftAlone(file);
  });

  it('is left as it was where its keys were encrypted with another secret, or with one at all', async () => {
    const server = await startServer({ env: { SEATKEEPER_SECRET: secret } });
    await activate(server, await issueLicense(server));
    await server.stop();
    const other = randomBytes(32).toString('base64');
    await expectLeftAlone(server.file, { SEATKEEPER_SECRET: other }, /SEATKEEPER_SECRET/);
    await expectLeftAlone(server.file, {}, /SEATKEEPER_SECRET/);
    await server.start();
    expect((await activate(server, await issueLicense(server))).status).toBe(201);
    await server.stop();
  });

  it('is left as it was where the port is in use', async () => {
    const file = copy();
    const squatter = await new Promise<Server>((done) => {
      const listening = createServer().listen(port, '127.0.0.1', () => done(listening));
    });
    await expectLeftAlone(file, {}, new RegExp(`\\b${port}\\b`));
    await new Promise((done) => squatter.close(done));
  });

  it('in a folder that cannot be written is said to be so', async () => {
    const obstacle = temporaryFile('a-file');
    writeFileSync(obstacle, 'no folder');
    const ended = await runToItsEnd(settings(join(obstacle, 'below', 'seatkeeper.sqlite')));
    expectSentence(ended, /a-file/);
    expect(readFileSync(obstacle, 'utf8')).toBe('no folder');
  });

  it('that is a folder itself is said to be so', async () => {
    const file = temporaryFile();
    const ended = await runToItsEnd(settings(join(file, '..')));
    expect(ended.code).toBe(1);
    expect(ended.stderr).toMatch(/\S/);
  });
});

describe('a first start', () => {
  it('prints an operator token once, and it works', async () => {
    const file = temporaryFile();
    const own = new TestServer(file, port, {
      PATH: process.env.PATH ?? '',
      HOST: '127.0.0.1',
      PORT: String(port),
      DATABASE_URL: `sqlite:${file}`,
    });
    await own.start();
    const printed = own.output.match(/ska_\S+/g) ?? [];
    expect(printed).toHaveLength(1);
    const auth = `Bearer ${printed[0]}`;
    expect((await own.request('POST', '/v1/organizations', { auth, body: { name: 'First' } })).status).toBe(201);
    expect(own.output).toContain(`127.0.0.1:${port}`);
    expect(own.output).toMatch(/\/docs\b/);
    const links = [...own.output.matchAll(/^ +(http\S+)\/sign-in#link=(sko_\S+)$/gm)];
    expect(links.map(([, address]) => address)).toEqual([own.url]);
    const proof = { body: { link: links[0]?.[2] }, auth: null };
    expect((await own.request('POST', '/v1/session', proof)).body).toMatchObject({ name: 'Operator (first start)' });
    expectProblem(await own.request('POST', '/v1/session', proof), 401, 'unauthenticated');
    await own.stop();
    own.output = '';
    await own.start();
    expect(own.output).not.toMatch(/ska_|sko_/);
    expect((await own.request('GET', '/v1/organizations', { auth })).status).toBe(200);
    await expectEnd(own, 'SIGTERM');
  });

  it('prints none where one is set, and takes that one', async () => {
    const server = await startServer({ env: { LOG_LEVEL: 'info' } });
    expect(server.output).not.toMatch(/ska_/);
    expect((await server.request('GET', '/v1/tokens')).status).toBe(200);
    await server.stop();
  });

  it('makes the folder of the database', async () => {
    const file = join(temporaryFile('new-folder'), 'deeper', 'seatkeeper.sqlite');
    const server = await startServer({ file });
    expect(existsSync(file)).toBe(true);
    await server.stop();
  });
});

describe('an end', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)(
    'by %s finishes what was accepted, and comes although clients keep connections',
    async (signal) => {
      const server = await startServer();
      const license = await issueLicense(server, { seats: 100 });
      const outcomes = Array.from({ length: 100 }, () =>
        server
          .request<{ device: Device }>('POST', '/v1/devices', {
            auth: license.auth,
            body: { fingerprint: freshFingerprint() },
          })
          .then(
            (answer) => answer,
            () => null,
          ),
      );
      await Promise.race(outcomes);
      await expectEnd(server, signal);
      const answers = (await Promise.all(outcomes)).filter((answer) => answer !== null);
      expect(answers.every(({ status }) => status === 201 || status === 503)).toBe(true);
      const acknowledged = answers.filter(({ status }) => status === 201).map(({ body }) => body.device.id);
      expect(acknowledged.length).toBeGreaterThan(0);
      await server.start();
      const devices = await readAll<Device>(server, `/v1/licenses/${license.id}/devices?state=active`);
      expect(devices.map(({ id }) => id)).toEqual(expect.arrayContaining(acknowledged));
      await server.stop();
    },
  );

  it('and another start leave devices, tokens and licenses as they were', async () => {
    const server = await startServer();
    const device = await activate(server, await issueLicense(server));
    await server.stop();
    await server.start();
    expect(await checkIn(server, device)).toMatchObject({ state: 'active', seat: 1 });
    await server.stop();
  });
});
