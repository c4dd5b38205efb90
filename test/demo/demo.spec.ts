/** `seatkeeper demo` as a newcomer runs it: in a process of its own, signing in as everybody it names, and leaving a sound database. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { seatkeeper } from '../cli/terminal.js';
import { until } from '../support/lives.js';

const program = join(dirname(resolve(process.env.SEATKEEPER_TEST_ENTRY ?? 'dist/server/main.js')), 'seatkeeper.js');
const folder = mkdtempSync(join(tmpdir(), 'demo-'));
const leftBefore = join(folder, 'data/demo/of-the-run-before');
/** The story takes a quarter of a minute on a machine that does nothing else. */
const millisMax = 240_000;

let demo: ChildProcess;
let output = '';
let url: string;

interface Signed {
  role: string;
  email: string;
  now: string;
  organization: { name: string };
}
interface License {
  id: string;
  product: string;
  status: string;
  remoteDeactivation: { state: string; blockingDeviceCount: number };
}
type Items<Item> = { items: Item[] };

/** The people that it names: e-mail, role, organization. */
const people = () =>
  [...output.matchAll(/^ {2}(\S+@\S+) +(\w+) +(.+)$/gm)].map(([, email = '', role, organization]) => ({
    email,
    role,
    organization,
  }));

/** Signs in with the password that it says; gives the cookies. */
async function signIn(email: string): Promise<{ cookie: string; session: Signed }> {
  const password = /password: (.+)$/m.exec(output)?.[1];
  const response = await fetch(`${url}/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password }),
  });
  expect(response.status).toBe(200);
  const cookie = response.headers.getSetCookie().map((line) => line.split(';')[0]);
  return { cookie: cookie.join('; '), session: (await response.json()) as Signed };
}

async function read<Body>(cookie: string, path: string): Promise<Body> {
  const response = await fetch(`${url}${path}`, { headers: { cookie } });
  expect([path, response.status]).toEqual([path, 200]);
  return (await response.json()) as Body;
}

beforeAll(async () => {
  mkdirSync(dirname(leftBefore), { recursive: true });
  writeFileSync(leftBefore, 'remove me');
  const env = { PATH: process.env.PATH ?? '', PORT: '0', DATABASE_URL: 'sqlite:elsewhere.sqlite' };
  demo = spawn(process.execPath, [program, 'demo'], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
  for (const stream of [demo.stdout, demo.stderr]) {
    stream?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  }
  await until('the demonstration is ready', () => output.includes('Ctrl-C') || demo.exitCode !== null, millisMax);
  url = /^The demonstration is ready: (\S+)$/m.exec(output)?.[1] ?? output;
}, millisMax);
afterAll(() => void demo.kill('SIGKILL'));

it('names a person for each role, who can sign in', async () => {
  expect(new Set(people().map(({ role }) => role))).toEqual(
    new Set(['operator', 'support', 'owner', 'manager', 'editor', 'reader']),
  );
  for (const { email, role, organization } of people()) {
    const { session } = await signIn(email);
    expect(session).toMatchObject({ email, role, organization: { name: organization } });
    expect(Math.abs(Date.parse(session.now) - Date.now())).toBeLessThan(millisMax + 60_000);
  }
});

it('shows licenses in every state, forty devices, and ninety days of history', async () => {
  const { cookie } = await signIn(people().find(({ role }) => role === 'operator')?.email ?? '');
  const { items: licenses } = await read<Items<License>>(cookie, '/v1/licenses');
  const states = licenses.map(({ status, remoteDeactivation }) => `${status} ${remoteDeactivation.state}`);
  expect(states).toEqual(
    expect.arrayContaining([
      'active enabled',
      'active enabling',
      'active disabled',
      'expired enabled',
      'suspended enabled',
    ]),
  );
  const enabling = licenses.find(({ remoteDeactivation }) => remoteDeactivation.state === 'enabling');
  expect(enabling?.remoteDeactivation.blockingDeviceCount).toBeGreaterThan(0);

  const devices: { state: string; remoteDeactivation: { reason: string | null } }[] = [];
  const rows: { event: string; reason: string | null; at: string }[] = [];
  for (const { id } of licenses) {
    devices.push(
      ...(await read<Items<(typeof devices)[number]>>(cookie, `/v1/licenses/${id}/devices?limit=200`)).items,
    );
    rows.push(...(await read<Items<(typeof rows)[number]>>(cookie, `/v1/licenses/${id}/transitions?limit=200`)).items);
  }
  expect(devices).toHaveLength(40);
  expect(new Set(devices.map(({ state }) => state))).toEqual(
    new Set(['inactive', 'active', 'loggedOut', 'expired', 'remotelyDeactivated']),
  );
  expect(devices.map(({ remoteDeactivation }) => remoteDeactivation.reason)).toEqual(
    expect.arrayContaining([null, 'devicePredatesRemoteDeactivation', 'remoteDeactivationEnabling']),
  );
  expect(rows.map(({ event }) => event)).toEqual(
    expect.arrayContaining(['expire', 'logOut', 'remotelyDeactivate', 'forceDeactivate', 'forceEnable', 'replaceKey']),
  );
  expect(rows.filter(({ reason }) => reason === 'noSeatAvailable').length).toBeGreaterThan(5);
  const times = rows.map(({ at }) => Date.parse(at));
  expect((Math.max(...times) - Math.min(...times)) / 86_400_000).toBeGreaterThan(87);
  const { items: tickets } = await read<Items<{ status: string }>>(cookie, '/v1/support-tickets');
  expect(new Set(tickets.map(({ status }) => status))).toEqual(new Set(['open', 'resolved', 'closed']));
});

it('starts afresh, touches no other database, ends at Ctrl-C, and leaves one in which the doctor finds nothing', async () => {
  expect(existsSync(leftBefore)).toBe(false);
  const ended = new Promise((done) => demo.once('exit', done));
  demo.kill('SIGINT');
  expect(await ended).toBe(0);
  expect(existsSync(join(folder, 'elsewhere.sqlite'))).toBe(false);
  const file = join(folder, 'data/demo/seatkeeper.sqlite');
  const { code, stdout } = await seatkeeper(['doctor'], { DATABASE_URL: `sqlite:${file}` });
  expect(stdout).toMatch(/^The database is sound\. Looked at: licenses 8, seats 41, devices 40, /);
  expect(code).toBe(0);
});
