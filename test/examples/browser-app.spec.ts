/** The example of a browser application, in a real browser, on another origin than the server. */
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, resolve } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { openBrowser } from '../support/browser.js';
import { until } from '../support/lives.js';
import { issueLicense, type LicenseScene } from '../support/scene.js';
import { startServer, type TestServer } from '../support/server.js';

const checkInPeriod = 'PT40S';
const statusMillisMax = 60_000;

let pages: Server;
let origin: string;
let server: TestServer;
let browser: Browser;
let license: LicenseScene;
let context: BrowserContext;
let page: Page;
let complaints: string[];

beforeAll(async () => {
  pages = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://pages');
    void fileOf(pathname).then(
      (text) => response.setHeader('content-type', typeOf(pathname)).end(text),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((done) => pages.listen(0, '127.0.0.1', done));
  origin = `http://127.0.0.1:${(pages.address() as AddressInfo).port}`;
  server = await startServer({
    clock: 'system',
    env: { SEATKEEPER_ALLOWED_ORIGINS: `${origin},http://mapper.example` },
  });
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await server.stop();
  pages.closeAllConnections();
  await new Promise((done) => pages.close(done));
});
beforeEach(async () => {
  license = await issueLicense(server, { seats: 1, checkInPeriod });
  context = await browser.newContext();
  page = await context.newPage();
  complaints = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  await page.goto(origin);
});
afterEach(() => context.close());

/** The page of the example with the address of the server, its script, and the two packages as they are published. */
async function fileOf(pathname: string): Promise<string> {
  const roots: Readonly<Record<string, string>> = { seatkeeper: 'dist/client', jose: 'node_modules/jose/dist/webapi' };
  const [, first = '', ...others] = pathname.split('/');
  const root = roots[first];
  if (root !== undefined) return readFile(resolve(root, ...others), 'utf8');
  const text = await readFile(join('test/examples/browser-app', pathname === '/' ? 'index.html' : pathname), 'utf8');
  return text.replace('https://seats.example', server.url);
}

function typeOf(pathname: string): string {
  return extname(pathname) === '.js' ? 'text/javascript' : 'text/html';
}

const status = () => page.getByRole('status');
const why = () => status().getAttribute('data-why');
const mayDraw = () => page.getByRole('button', { name: 'Draw a map' }).isEnabled();

async function waitFor(text: RegExp): Promise<void> {
  let last = '';
  const isShown = async (): Promise<boolean> => text.test((last = (await status().textContent()) ?? ''));
  await until(`the page to show ${text}`, isShown, statusMillisMax).catch((error: Error) => {
    throw new Error(`${error.message}; it shows “${last}”, and the browser says ${JSON.stringify(complaints)}`);
  });
}

async function logIn(key = license.key): Promise<void> {
  await page.getByLabel('License key').fill(key);
  await page.getByRole('button', { name: 'Log in' }).click();
}

/**
 * The browser itself says of each request that it was not answered with a success, and a page cannot keep it from that; of all else that it
 * could complain of there must be nothing.
 */
function expectNoComplaintsBut(...reasons: string[]): void {
  const reckonedWith = reasons.map((reason) => `Failed to load resource: ${reason}`);
  expect(complaints.filter((text) => !reckonedWith.some((begin) => text.startsWith(begin)))).toEqual([]);
}
const conflict = 'the server responded with a status of 409 (Conflict)';
const unauthorized = 'the server responded with a status of 401 (Unauthorized)';

async function devicesOfLicense(): Promise<{ id: string }[]> {
  const path = `/v1/licenses/${license.id}/devices`;
  return (await server.request<{ items: { id: string }[] }>('GET', path)).body.items;
}

it('activates, and goes on after a reload with the same seat', async () => {
  await waitFor(/^No seat is held on this device\. Log in to use a seat\.$/);
  expect(await mayDraw()).toBe(false);
  await logIn();
  await waitFor(/^Ready\.$/);
  expect(await mayDraw()).toBe(true);
  await page.reload();
  await waitFor(/^Ready\.$/);
  await page.getByRole('button', { name: 'Draw a map' }).click();
  await page.getByText('A map was drawn.').waitFor();
  expect(await devicesOfLicense()).toEqual([
    expect.objectContaining({ state: 'active', name: 'Mapper in the browser', platform: 'browser' }),
  ]);
  expectNoComplaintsBut();
});

it('runs without a network, and notices when there is one again', async () => {
  await logIn();
  await waitFor(/^Ready\.$/);
  await context.setOffline(true);
  await waitFor(/^Ready, without the license server until /);
  expect(await mayDraw()).toBe(true);
  await context.setOffline(false);
  await waitFor(/^Ready\.$/);
  expectNoComplaintsBut('net::ERR_INTERNET_DISCONNECTED');
});

it('runs after a reload while the license server is away, until its lease ends', async () => {
  await logIn();
  await waitFor(/^Ready\.$/);
  await server.stop();
  await page.reload();
  await waitFor(/^Ready, without the license server until /);
  expect(await mayDraw()).toBe(true);
  await waitFor(/^The server was not heard of for so long that the lease has ended\. /);
  expect(await mayDraw()).toBe(false);
  await server.start();
  expectNoComplaintsBut('net::ERR_', conflict);
});

it('says why when the owner has freed its seat, and asks for none by itself', async () => {
  await logIn();
  await waitFor(/^Ready\.$/);
  const [device] = await devicesOfLicense();
  await server.request('POST', `/v1/devices/${device?.id}/remote-deactivation`);
  await until('the page to say why', async () => (await why()) === 'remotelyDeactivated');
  expect(await mayDraw()).toBe(false);
  const words = await status().textContent();
  expect(words).toMatch(/^The device is not active\. \S/);
  await page.reload();
  await until('the page to say why again', async () => (await why()) === 'remotelyDeactivated');
  expect(await status().textContent()).toBe(words);
  expect(await mayDraw()).toBe(false);
  await page.getByRole('button', { name: 'Log in' }).click();
  await waitFor(/^Ready\.$/);
  await page.getByRole('button', { name: 'Log out' }).click();
  await waitFor(/^No seat is held on this device\./);
  expectNoComplaintsBut(conflict);
});

it('says what is wrong with a key, and that all seats are taken', async () => {
  await logIn('skl_a-key-of-nobody');
  await until('the page to say what is wrong', async () => (await why()) === 'unauthenticated');
  await server.request('POST', '/v1/devices', { auth: license.auth, body: { fingerprint: 'somebody-else' } });
  await logIn();
  await waitFor(/^All seats are occupied\. Log out on another device/);
  expectNoComplaintsBut(conflict, unauthorized);
});

it('is held up by the browser where the server does not know its origin', async () => {
  await page.goto(origin.replace('127.0.0.1', 'localhost'));
  await logIn();
  await waitFor(/^The license server cannot be reached\./);
  expect(complaints.join('\n')).toContain('blocked by CORS policy');
  expect(await devicesOfLicense()).toEqual([]);
});

describe('a page that is not secure', () => {
  const insecure = 'http://mapper.example';

  it('is told that leases cannot be verified there', async () => {
    await page.route(`${insecure}/**`, async (route) => {
      const { pathname } = new URL(route.request().url());
      await route.fulfill({ body: await fileOf(pathname), contentType: typeOf(pathname) });
    });
    // By the test, since a browser lets no such page reach this machine.
    await page.route(`${server.url}/**`, async (route) => route.fulfill({ response: await route.fetch() }));
    await page.goto(insecure);
    expect(await page.evaluate('isSecureContext')).toBe(false);
    await logIn();
    await until('the page to say so', async () => (await why()) === 'leaseNotGood');
    expect(await status().textContent()).toMatch(/^Leases cannot be verified on this machine/);
    expect(await mayDraw()).toBe(false);
  });
});

describe('a browser that keeps nothing for the page', () => {
  const forbid = `Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } });`;

  it('has no seat without a fingerprint that is handed in, and says so to the application', async () => {
    const made = await page.evaluate<string[]>(`(async () => {
      ${forbid}
      const { createSeat } = await import('seatkeeper/client');
      const options = { serverUrl: '${server.url}', licenseKey: '${license.key}' };
      const without = await createSeat(options).then(() => 'made', ({ name }) => name);
      const seat = await createSeat({ ...options, fingerprint: 'browser-of-the-tests' });
      const { accepted } = await seat.activate();
      return [without, String(accepted), seat.storeError?.code];
    })()`);
    expect(made).toEqual(['NoBrowserIdentity', 'true', 'storeFailed']);
  });
});
