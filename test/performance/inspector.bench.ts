/**
 * `npm run bench:inspector`: whether the inspector keeps up, measured in a real browser that shares the machine with the server. It has no
 * opinion on the figures, and fails (exit code 1) only where something does not appear at all.
 *
 * chart: milliseconds that the page waits for a chart that the server has drawn before, median and worst of `--charts`.
 * history: a license with `--rows` rows of history is opened and scrolled from the newest to the oldest row, five screens at a time. Frames are
 * the milliseconds between two of them; elements are those of the whole page at the end.
 * live: for `--seconds`, `--devices` devices log out and activate again as fast as the server takes it, while the page shows the license.
 * Behind is how long the page takes until it shows the row that was the newest when somebody asked; calm is how long after the last change
 * it shows that one.
 * expiries: `--expiring` devices of one license are overdue at once, which is more transitions a second than clients bring about beside a
 * browser; behind is how long after the last one was written the page shows it.
 *
 * Options: --charts 50 --rows 100000 --devices 32 --seconds 10 --expiring 10000
 */
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import { openBrowser, Person } from '../support/browser.js';
import { growHistory } from '../support/grown.history.js';
import { activate, issueLicense, type LicenseScene } from '../support/scene.js';
import { operatorToken, startServer, type TestServer } from '../support/server.js';
import { positive } from './bench.options.js';
import { median, textTable } from './figures.report.js';
import { load } from './load.client.js';
import { ActivationScript } from './workload.scripts.js';

const { values } = parseArgs({
  options: {
    charts: { type: 'string', default: '50' },
    rows: { type: 'string', default: '100000' },
    devices: { type: 'string', default: '32' },
    seconds: { type: 'string', default: '10' },
    expiring: { type: 'string', default: '10000' },
  },
});
const charts = positive('charts', values.charts);
const rowCount = positive('rows', values.rows);
const deviceCount = positive('devices', values.devices);
const seconds = positive('seconds', values.seconds);
const expiring = positive('expiring', values.expiring);

const appearMillisMax = 30_000;

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function quantile(numbers: readonly number[], part: number): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
}

/** Has the page note the time between its frames from now on. */
const watchFrames = `globalThis.frames = []; (() => {
  let before = performance.now();
  const note = (now) => { globalThis.frames.push(now - before); before = now; requestAnimationFrame(note); };
  requestAnimationFrame(note);
})(); undefined`;
const framesSoFar = async (page: Page): Promise<number[]> => page.evaluate<number[]>('globalThis.frames');

const rows: string[][] = [['', 'median', 'p99', 'worst']];
const inTable = (name: string, numbers: readonly number[]): void => {
  rows.push([name, median(numbers).toFixed(1), quantile(numbers, 0.99).toFixed(1), Math.max(...numbers).toFixed(1)]);
};

async function measureChart(page: Page): Promise<void> {
  await page.goto('/inspector/device');
  await page.locator('.chart-frame svg').waitFor();
  const ask = `(async () => {
    const begun = performance.now();
    const text = await (await fetch('/v1/machines/device.svg', { cache: 'no-store' })).text();
    if (!text.includes('</svg>')) throw new Error('this is no chart');
    return performance.now() - begun;
  })()`;
  const times: number[] = [];
  for (let index = 0; index < charts; index += 1) times.push(await page.evaluate<number>(ask));
  inTable('chart, ms', times);
}

async function measureHistory(page: Page, license: LicenseScene): Promise<void> {
  const begun = performance.now();
  await page.goto(`/inspector/license/${license.id}`);
  await page.locator('.trail-row').first().waitFor();
  say(
    `the page with ${rowCount} rows of history shows its first rows after ${(performance.now() - begun).toFixed(0)} ms`,
  );
  await page.evaluate(watchFrames);
  const scrolled = performance.now();
  for (;;) {
    // Further; at the end of what is loaded, the next page has to come.
    const last = await page.evaluate<number>(`(async () => {
      const box = document.querySelector('.trail');
      for (let step = 0; step < 50; step += 1) {
        box.scrollBy(0, 5 * box.clientHeight);
        await new Promise((resolve) => requestAnimationFrame(resolve));
      }
      return Math.min(...[...box.querySelectorAll('li')].map((row) => Number(row.dataset.sequence)));
    })()`);
    if (last <= 1) break;
    if (performance.now() - scrolled > 300_000) throw new Error(`row ${last} was the last one to be reached`);
  }
  say(`scrolled to the oldest row in ${((performance.now() - scrolled) / 1000).toFixed(1)} s`);
  inTable('frames while scrolling, ms', await framesSoFar(page));
  const elements = await page.evaluate<number>(`document.querySelectorAll('*').length`);
  const heap = await page.evaluate<number>('performance.memory.usedJSHeapSize');
  say(`then the page has ${elements} elements, and ${Math.round(heap / 2 ** 20)} MiB of objects`);
}

/** In the page: waits until it shows a row, or a newer one; gives the milliseconds that it took. */
function shows(page: Page, sequence: number): Promise<number> {
  // The page's policy allows no function that is made of a text, so the page itself waits.
  return page.evaluate<number>(`(async () => {
    const begun = performance.now();
    while (!(Number(document.querySelector('.trail-row')?.dataset.sequence) >= ${sequence})) {
      if (performance.now() - begun > ${appearMillisMax}) throw new Error('row ${sequence} did not appear');
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
    return performance.now() - begun;
  })()`);
}

async function newestOf(server: TestServer, license: LicenseScene): Promise<number> {
  const path = `/v1/licenses/${license.id}/transitions?limit=1`;
  const { body } = await server.request<{ items: { sequence: number }[] }>('GET', path);
  return body.items[0]?.sequence ?? 0;
}

async function measureLive(server: TestServer, page: Page, license: LicenseScene): Promise<void> {
  await page.goto(`/inspector/license/${license.id}`);
  await page.locator('.trail-row').first().waitFor();
  await page.evaluate(watchFrames);
  const begun = performance.now();
  const script = new ActivationScript({ licenses: [license], devices: [] }, deviceCount);
  const changing = load(script, { port: server.port, connections: deviceCount, measureMillis: seconds * 1_000 });
  // Whatever fails first is told where it is waited for.
  changing.catch(() => undefined);
  const behind: number[] = [];
  while (performance.now() - begun < seconds * 1_000) {
    // How long until the page shows what is the newest row now.
    behind.push(await shows(page, await newestOf(server, license)));
  }
  const { requestsPerSecond, wrong, samples } = await changing;
  if (wrong > 0) throw new Error(`${wrong} answers were wrong: ${samples.join(' ')}`);
  const calm = await shows(page, await newestOf(server, license));
  say(`live: ${requestsPerSecond.toFixed(0)} transitions a second; calm after ${calm.toFixed(0)} ms`);
  inTable('live: behind, ms', behind);
  inTable('live: frames, ms', await framesSoFar(page));
}

async function measureExpiries(server: TestServer, page: Page): Promise<void> {
  const license = await issueLicense(server, { seats: expiring, checkInPeriod: 'P30D' });
  let left = expiring;
  const fill = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      await activate(server, license);
    }
  };
  await Promise.all(Array.from({ length: deviceCount }, fill));
  await page.goto(`/inspector/license/${license.id}`);
  await page.locator('.trail-row').first().waitFor();
  await page.evaluate(watchFrames);
  const begun = performance.now();
  // It is answered when everything that is due is written.
  await server.request('POST', '/v1/test-clock', { body: { advance: 'P31D' } });
  const millis = performance.now() - begun;
  const behind = await shows(page, await newestOf(server, license));
  say(`expiries: ${((expiring * 1_000) / millis).toFixed(0)} a second; behind ${behind.toFixed(0)} ms`);
  inTable('expiries: frames, ms', await framesSoFar(page));
}

const server = await startServer();
const browser = await openBrowser();
try {
  const long = await issueLicense(server, { seats: 1 });
  const device = await activate(server, long, { name: 'Tower' });
  await growHistory(server, long, device, rowCount);
  const busy = await issueLicense(server, { seats: deviceCount });
  const { page } = await Person.sitDown(browser, server.url);
  await page.goto('/sign-in');
  await page.getByRole('tab', { name: 'Access token' }).click();
  await page.locator('[role="tabpanel"] input').last().fill(operatorToken);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('table', { name: 'Licenses' }).waitFor();
  await measureChart(page);
  await measureHistory(page, long);
  await measureLive(server, page, busy);
  await measureExpiries(server, page);
  say(textTable(rows));
  say(`load of the machine in the last minute: ${loadavg()[0]?.toFixed(1)}`);
} finally {
  await browser.close();
  await server.stop();
}
