/** `seatkeeper device …`: a real client of a real server, its successes, its refusals, and what it cannot believe. */
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from '../support/lives.js';
import { startServer, type TestServer } from '../support/server.js';
import { type Outcome, seatkeeper } from './terminal.js';

interface Shown {
  accepted?: boolean;
  state: string;
  mayRun: boolean;
  until: string | null;
  whyNot: string | null;
  whatToDo: string | null;
  endedBy: { kind: string } | null;
  fingerprint: string;
  device: { id: string; seat: number | null; name: string | null } | null;
  error: { code: string; isAnswer: boolean; detail: string; remedy: string | null } | null;
}

let server: TestServer;
beforeAll(async () => (server = await startServer()));
afterAll(() => server.stop());

let store: string;
let key: string;
let licenseId: string;
let environment: Record<string, string>;
const machine = 'machine-of-the-tests';

/** A license of one seat for each test. */
beforeEach(async () => {
  const organization = await server.request<{ id: string }>('POST', '/v1/organizations', { body: { name: 'Gipfel' } });
  const body = { organizationId: organization.body.id, product: 'Mapper', seats: 1 };
  const issued = await server.request<{ key: string; license: { id: string } }>('POST', '/v1/licenses', { body });
  key = issued.body.key;
  licenseId = issued.body.license.id;
  store = join(mkdtempSync(join(tmpdir(), 'device-')), 'of-mine', 'seat.json');
  environment = { SEATKEEPER_URL: server.url, SEATKEEPER_LICENSE_KEY: key };
});

const device = (what: string, ...more: string[]): Promise<Outcome> =>
  seatkeeper(['device', what, '--store', store, '--fingerprint', machine, ...more], environment);

/** The answer of a command with `--json`. */
async function shown(what: string, ...more: string[]): Promise<Shown & { code: number }> {
  const { code, stdout, stderr } = await device(what, '--json', ...more);
  expect(stderr).toBe('');
  expect(stdout).toMatch(/^[^\n]+\n$/);
  return { code, ...(JSON.parse(stdout) as Shown) };
}

/** Occupies the one seat with another machine. */
async function occupy(): Promise<string> {
  const request = { auth: `License ${key}`, body: { fingerprint: 'another-machine' } };
  return (await server.request<{ device: { id: string } }>('POST', '/v1/devices', request)).body.device.id;
}

describe('seatkeeper device', () => {
  it('activates, checks in, tells its state and logs out, from one command to the next', async () => {
    expect(await shown('status')).toMatchObject({ code: 1, state: 'signedOut', mayRun: false, whyNot: 'signedOut' });
    const activated = await shown('activate', '--name', 'Field laptop');
    expect(activated).toMatchObject({ code: 0, accepted: true, state: 'active', mayRun: true, fingerprint: machine });
    expect(activated.device).toMatchObject({ seat: 1, name: 'Field laptop' });
    expect(statSync(store).mode & 0o777).toBe(0o600);
    // Nobody is asked, so what holds is what the lease says.
    expect(await shown('status')).toMatchObject({ code: 0, state: 'offline', mayRun: true, until: activated.until });
    await server.advance('P1D');
    const connected = await shown('check-in');
    expect(connected).toMatchObject({ code: 0, accepted: true, state: 'active' });
    expect(Date.parse(connected.until ?? '') - Date.parse(activated.until ?? '')).toBe(86_400_000);
    expect(await shown('log-out')).toMatchObject({ code: 0, accepted: true, state: 'signedOut', mayRun: false });
    expect(existsSync(store)).toBe(false);
    const { body } = await server.request<{ state: string }>('GET', `/v1/devices/${activated.device?.id}`);
    expect(body.state).toBe('loggedOut');
  });

  it('says all of it in sentences', async () => {
    expect(await device('activate')).toEqual({
      code: 0,
      stdout: expect.stringMatching(
        /^This machine holds seat 1 as device [\da-f-]{36}\.\nactive: the software may run until \S+Z\.\n$/,
      ),
      stderr: '',
    });
    expect((await device('status')).stdout).toMatch(
      /^offline: the software may run until \S+Z\.\nThe server was last heard at \S+Z\.\n$/,
    );
    expect((await device('check-in')).stdout).toMatch(/^active: the software may run until \S+Z\.\n$/);
    expect(await device('log-out')).toEqual({ code: 0, stdout: 'The seat is free for another machine.\n', stderr: '' });
    expect(await device('log-out')).toEqual({ code: 0, stdout: 'No seat was held on this machine.\n', stderr: '' });
  });

  it('takes the machine’s own fingerprint where none is given, or says that there is none', async () => {
    const { code, stdout, stderr } = await seatkeeper(['device', 'activate', '--store', store, '--json'], environment);
    if (code === 0) expect((JSON.parse(stdout) as Shown).fingerprint).toMatch(/^[\w-]{43}$/);
    else {
      const { error } = JSON.parse(stdout) as Shown;
      expect({ code, stderr, error }).toMatchObject({ code: 1, stderr: '', error: { code: 'failed' } });
      expect(error?.detail).toMatch(/^This machine has no identity .+ --fingerprint\.$/);
    }
  });

  it('ends with 3 where no seat is free, in the server’s words', async () => {
    await occupy();
    const refused = await shown('activate');
    expect(refused).toMatchObject({ code: 3, accepted: false, state: 'signedOut', error: { code: 'noSeatAvailable' } });
    const { stdout, stderr, code } = await device('activate');
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toBe(`${refused.error?.detail}\n${refused.error?.remedy}\n`);
    expect(refused.error?.remedy).not.toBeNull();
  });

  it('ends with 3 for an unknown key, and with 2 for one that is missing or none', async () => {
    environment['SEATKEEPER_LICENSE_KEY'] = 'skl_of-somebody-else';
    expect(await shown('activate')).toMatchObject({ code: 3, error: { code: 'unauthenticated', isAnswer: true } });
    environment['SEATKEEPER_LICENSE_KEY'] = '';
    expect(await device('activate')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('SEATKEEPER_LICENSE_KEY'),
    });
    expect(await device('activate', '--key', 'no key')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('characters that no license key has'),
    });
    expect(await shown('activate', '--key', key)).toMatchObject({ code: 0, state: 'active' });
  });

  it('needs no key for a seat that it holds', async () => {
    await shown('activate');
    environment['SEATKEEPER_LICENSE_KEY'] = '';
    expect(await shown('activate')).toMatchObject({ code: 0, state: 'active' });
  });

  it('learns of a deactivation at its next connection, and comes back because a person asks', async () => {
    const { device: active } = await shown('activate');
    const body = { reason: 'It was stolen.' };
    await server.request('POST', `/v1/devices/${active?.id}/remote-deactivation`, { body });
    expect(await shown('status')).toMatchObject({ code: 0, state: 'offline' });
    const told = await shown('check-in');
    expect(told).toMatchObject({ code: 3, state: 'deactivated', mayRun: false, error: { code: 'deviceNotActive' } });
    expect(told.endedBy).toMatchObject({ kind: 'operator' });
    expect(await shown('status')).toMatchObject({ code: 1, state: 'deactivated', whyNot: 'remotelyDeactivated' });
    expect(await shown('activate')).toMatchObject({ code: 0, state: 'active' });
  });

  it('is on hold while the license is suspended', async () => {
    await shown('activate');
    await server.request('POST', `/v1/licenses/${licenseId}/suspend`);
    expect(await shown('check-in')).toMatchObject({ code: 3, state: 'onHold', error: { code: 'licenseSuspended' } });
    await server.request('POST', `/v1/licenses/${licenseId}/reinstate`);
    expect(await shown('check-in')).toMatchObject({ code: 0, state: 'active' });
  });

  it('leaves the session of another server or machine where it is when it gets no seat of its own', async () => {
    await shown('activate');
    const before = readFileSync(store, 'utf8');
    expect(await shown('activate', '--server', 'http://127.0.0.1:9')).toMatchObject({ code: 4, state: 'signedOut' });
    expect(await shown('activate', '--fingerprint', 'another-machine-1')).toMatchObject({
      code: 3,
      state: 'signedOut',
    });
    expect(readFileSync(store, 'utf8')).toBe(before);
    expect(await shown('check-in')).toMatchObject({ code: 0, state: 'active' });
  });

  it('ends with 4 where nobody answers, and goes by the lease', async () => {
    const { until: end } = await shown('activate');
    await server.stop();
    try {
      const missed = await shown('check-in');
      expect(missed).toMatchObject({ code: 4, state: 'offline', mayRun: true, until: end });
      expect(missed.error).toMatchObject({ code: 'noAnswer', isAnswer: false });
      const { code, stdout, stderr } = await device('check-in');
      expect({ code, stdout }).toEqual({
        code: 4,
        stdout: expect.stringMatching(/^offline: the software may run until /),
      });
      expect(stderr).toBe(
        'The license server cannot be reached.\nCheck the address and the connection, and try again.\n',
      );
      expect(await shown('log-out')).toMatchObject({ code: 4, state: 'loggingOut', mayRun: false });
    } finally {
      await server.start();
    }
    // What the server has not heard is told at the next connection.
    expect(await shown('check-in')).toMatchObject({ code: 0, state: 'signedOut' });
  });

  it('ends with 4 at a page that answers in the place of the server, and keeps the session', async () => {
    await shown('activate');
    const kept = (): object => {
      const { serverUrl: _address, ...rest } = JSON.parse(readFileSync(store, 'utf8')) as Record<string, unknown>;
      return rest['seat'] as object;
    };
    const before = kept();
    const portal = createServer((_request, response) => {
      response.setHeader('content-type', 'text/html').end('<p>Sign in to this network</p>');
    });
    await new Promise<void>((done) => portal.listen(0, '127.0.0.1', done));
    const address = `http://127.0.0.1:${(portal.address() as AddressInfo).port}`;
    // The session is of its server: it is moved there, as a name that leads elsewhere for a while does.
    const text = readFileSync(store, 'utf8');
    writeFileSync(store, text.replace(`${server.url}/`, `${address}/`));
    const answer = await shown('check-in', '--server', address);
    portal.close();
    expect(answer).toMatchObject({
      code: 4,
      state: 'offline',
      mayRun: true,
      error: { code: 'notSeatkeeper', found: 'page' },
    });
    expect(kept()).toEqual(before);
  });

  it('says that it holds nothing where it is asked to connect without a seat', async () => {
    const { code, stdout, stderr } = await device('check-in');
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toBe('This device holds no seat.\nLog in to use a seat.\n');
  });

  it('says that what was kept cannot be read, or that nothing can be kept', async () => {
    mkdirSync(join(store, '..'));
    writeFileSync(store, 'a shopping list');
    const said = /^What was kept of the seat cannot be read\.\n {2}it is not what was written\n[^\n]+\n$/;
    const unread = { code: 'storeFailed', operation: 'read', isAnswer: false };
    // Whether there is a seat is not known, which is not to say that there is none.
    for (const what of ['status', 'watch']) {
      const code = 5;
      const unknown = { code, state: null, mayRun: false, whyNot: 'storeFailed', error: unread };
      expect(await shown(what)).toMatchObject(unknown);
      const stdout = 'unknown: the software may not run.\n';
      expect(await device(what)).toEqual({ code, stdout, stderr: expect.stringMatching(said) });
    }
    for (const what of ['check-in', 'log-out']) {
      expect(await shown(what)).toMatchObject({ code: 5, mayRun: false, error: unread });
      expect(await device(what)).toEqual({ code: 5, stdout: '', stderr: expect.stringMatching(said) });
    }
    expect(readFileSync(store, 'utf8')).toBe('a shopping list');
    // Asking for the seat gives the same one again.
    expect(await shown('activate')).toMatchObject({ code: 0, state: 'active', error: null });
    expect(await shown('status')).toMatchObject({ code: 0, state: 'offline' });
    // A folder is in the way.
    const folder = join(store, '..', 'folder');
    mkdirSync(folder);
    writeFileSync(join(folder, 'full'), '');
    chmodSync(folder, 0o700);
    const activated = await device('activate', '--store', folder);
    expect(activated.code).toBe(5);
    expect(await shown('activate', '--store', folder)).toMatchObject({
      code: 5,
      accepted: true,
      error: { code: 'storeFailed', operation: 'write' },
    });
    expect(activated.stdout).toContain('This machine holds seat 1');
    expect(activated.stderr).toMatch(/^The seat cannot be kept on this machine\.\n {2}[^\n]+\n[^\n]+\n$/);
  });

  it('refuses what makes no sense with 2', async () => {
    for (const [option, value] of [
      ['--fingerprint', 'short'],
      ['--name', 'n'.repeat(101)],
      ['--server', 'mailto:x@example.com'],
    ] as const) {
      const { code, stdout, stderr } = await device('activate', option, value);
      expect({ option, code, stdout }).toEqual({ option, code: 2, stdout: '' });
      expect(stderr).toMatch(/^[^\n]+ See seatkeeper device activate --help\.\n$/);
    }
  });
});

describe('seatkeeper device watch', () => {
  it('prints each change as it happens, until it is told to stop', async () => {
    const { device: active } = await shown('activate');
    const stop = new AbortController();
    const lines: string[] = [];
    const states = (): string[] => lines.map((line) => (JSON.parse(line) as Shown).state);
    const line = ['device', 'watch', '--store', store, '--fingerprint', machine, '--json'];
    const ended = seatkeeper(line, environment, { onLine: (text) => void lines.push(text), stop: stop.signal });
    await until('it is connected', () => states().includes('active'));
    expect(states()[0]).toBe('offline');
    await server.request('POST', `/v1/devices/${active?.id}/remote-deactivation`, {
      body: { reason: 'It was stolen.' },
    });
    await until('it knows of the deactivation', () => states().at(-1) === 'deactivated');
    const last = JSON.parse(lines.at(-1) ?? '') as Shown & { at: string };
    expect(last).toMatchObject({ mayRun: false, whyNot: 'remotelyDeactivated', endedBy: { reason: 'It was stolen.' } });
    expect(last.at).toMatch(/^\d{4}-\S+Z$/);
    stop.abort();
    expect(await ended).toMatchObject({ code: 0, stderr: '' });
  });

  it('speaks in sentences, too, and has nothing to watch without a seat', async () => {
    expect(await device('watch')).toMatchObject({ code: 1, stdout: expect.stringMatching(/^signedOut: /) });
    await shown('activate');
    const stop = new AbortController();
    const lines: string[] = [];
    const line = ['device', 'watch', '--store', store, '--fingerprint', machine];
    const ended = seatkeeper(line, environment, { onLine: (text) => void lines.push(text), stop: stop.signal });
    await until('it is connected', () => lines.some((text) => text.includes('active: the software may run until')));
    stop.abort();
    expect((await ended).code).toBe(0);
    expect(lines[0]).toMatch(/^\S+Z {2}offline: the software may run until \S+Z\.$/);
  });
});
