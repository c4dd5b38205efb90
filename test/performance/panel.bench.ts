/**
 * `npm run bench:panel`: how long a person waits in the panel, in a real browser, and what the first load weighs. It has no opinion on the
 * figures, and fails (exit code 1) only where something does not appear at all.
 *
 * How it measures: from the event of the click or key (its own time stamp) until the frame that shows the change has been painted. Server
 * and browser share the machine. The organization has 60 licenses, and the one that is looked at 25 active devices. Of each kind one change
 * is made beforehand, which loads the code of the page, then `--changes` are timed, median and worst:
 *
 * page: from the licenses to support, and back, by the navigation (one request).
 * typing: a character in the search of the licenses; and, on a line of its own, until the list is narrowed down by it (one request).
 * dialog: “Deactivate device” opens its dialog (nothing is asked of the server).
 * history: the history is filtered by another device each time (one request).
 *
 * The browser asks for reduced motion, so that a dialog is there at once and does not fade in for 120 ms.
 *
 * Options: --changes 20
 */
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import { openBrowser, Person } from '../support/browser.js';
import { activate, addMember, issueLicense, newOrganization } from '../support/scene.js';
import { startServer } from '../support/server.js';
import { positive } from './bench.options.js';
import { median, textTable } from './figures.report.js';

const licenses = 60;
const seats = 25;
const appearMillisMax = 10_000;
const settleMillis = 500;

const { values } = parseArgs({ options: { changes: { type: 'string', default: '20' } } });
const changes = positive('changes', values.changes);

const rows: string[][] = [['ms from event to paint', 'median', 'worst']];

/** In the page: waits for the next event of a kind, then, frame by frame, for a condition, then until that frame is painted. */
const beginMeasuring = (
  event: string,
  condition: string,
): string => `globalThis.measured = new Promise((resolve, reject) => {
  addEventListener('${event}', ({ timeStamp }) => {
    const look = () => {
      const isLate = performance.now() - timeStamp > ${appearMillisMax};
      if (isLate) return reject(new Error('nothing appeared after a ${event}'));
      if (!(${condition})) return requestAnimationFrame(look);
      // A message that is posted within a frame arrives when the frame is painted.
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => resolve(performance.now() - timeStamp);
      port2.postMessage(null);
    };
    requestAnimationFrame(look);
  }, { capture: true, once: true });
}); undefined`;

/** Milliseconds from the event that `act` brings about until a frame in which the condition, a JavaScript expression, is true. */
async function timed(page: Page, event: string, condition: string, act: () => Promise<unknown>): Promise<number> {
  await page.evaluate(beginMeasuring(event, condition));
  await act();
  return page.evaluate<number>('globalThis.measured');
}

/** Times a change again and again. Its number is handed to it: -1 the one that does not count, then 0, 1, 2, … */
async function series(name: string, change: (index: number) => Promise<number>): Promise<void> {
  await change(-1);
  const times: number[] = [];
  for (let index = 0; index < changes; index += 1) times.push(await change(index));
  rows.push([name, median(times).toFixed(0), Math.max(...times).toFixed(0)]);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

const server = await startServer();
const browser = await openBrowser();
try {
  const organization = await newOrganization(server);
  const owner = await addMember(server, organization.id, 'owner');
  const license = await issueLicense(server, { organizationId: organization.id, seats, product: 'Product 00' });
  for (let index = 1; index < licenses; index += 1) {
    const product = `Product ${String(index).padStart(2, '0')}`;
    await issueLicense(server, { organizationId: organization.id, product });
  }
  const devices: { name: string; id: string }[] = [];
  for (let index = 0; index < seats; index += 1) {
    const name = `Device ${String(index).padStart(2, '0')}`;
    devices.push({ name, id: (await activate(server, license, { name })).id });
  }
  const { page, context } = await Person.sitDown(browser, server.url);

  const network = await context.newCDPSession(page);
  await network.send('Network.enable');
  let bytes = 0;
  network.on('Network.loadingFinished', ({ encodedDataLength }) => (bytes += encodedDataLength));
  const begunMillis = performance.now();
  await page.goto('/sign-in');
  await page.getByLabel('E-mail').fill(owner.email);
  say(
    `the sign-in page takes ${(performance.now() - begunMillis).toFixed(0)} ms from nothing until it can be written in`,
  );
  await page.getByRole('textbox', { name: 'Password' }).fill(owner.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('table', { name: 'Licenses' }).waitFor();
  say(`the first load, up to the list of licenses, is ${Math.round(bytes / 1000)} kB`);

  const navigation = page.getByRole('navigation', { name: 'Pages' });
  const changeTo = (name: string): Promise<number> => {
    const isThere = `document.querySelector('h1')?.textContent === '${name}' &&
      document.querySelector('main [aria-busy="true"]') === null && document.querySelector('main table, main .empty') !== null`;
    return timed(page, 'click', isThere, () => navigation.getByRole('link', { name }).click());
  };
  await series('page: support', async () => {
    await changeTo('Licenses');
    return changeTo('Support');
  });
  await series('page: licenses', async () => {
    await changeTo('Support');
    return changeTo('Licenses');
  });

  await page.goto('/licenses');
  await page.getByRole('table', { name: 'Licenses' }).waitFor();
  const search = page.getByRole('textbox', { name: 'Search' });
  const written = `document.querySelector('[role="search"] input').value`;
  const listed = `document.querySelectorAll('main tbody tr').length`;
  // What is typed within a quarter of a second after something else is asked for only then.
  const clear = async (): Promise<void> => {
    await search.fill('');
    const last = page.locator('main tbody tr').nth(licenses - 1);
    await last.waitFor();
    await page.waitForTimeout(settleMillis);
  };
  await series('typing: the character', async () => {
    const time = await timed(page, 'keydown', `${written} === '7'`, () => search.press('7'));
    await clear();
    return time;
  });
  await series('typing: the list', async () => {
    const time = await timed(page, 'keydown', `${listed} < ${licenses}`, () => search.press('7'));
    await clear();
    return time;
  });

  await page.goto(`/licenses/${license.id}`);
  const buttons = page.getByRole('button', { name: /^Deactivate device/ });
  await buttons.first().waitFor();
  await page.getByRole('region', { name: 'Seats' }).locator('svg').first().waitFor();
  const dialog = page.getByRole('dialog');
  await series('dialog', async () => {
    const isThere = `document.querySelector('[role="dialog"] button') !== null`;
    const time = await timed(page, 'click', isThere, () => buttons.first().click());
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await dialog.waitFor({ state: 'detached' });
    return time;
  });

  const select = page.getByRole('group', { name: 'Filter the history' }).getByLabel('Device');
  await series('history', (index) => {
    const device = devices[(index + 1) % devices.length] as (typeof devices)[number];
    const shown = `[...document.querySelectorAll('.history-row')]`;
    const isThere = `${shown}.length > 0 && ${shown}.every((row) => row.textContent.includes('${device.name}'))`;
    return timed(page, 'change', isThere, () => select.selectOption(device.id));
  });
  say(textTable(rows));
  say(`load of the machine in the last minute: ${loadavg()[0]?.toFixed(1)}`);
} finally {
  await browser.close();
  await server.stop();
}
