/** What a browser has to load before somebody can sign in and see their licenses: at most 300 kB, compressed. */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { openBrowser, Person } from '../support/browser.js';
import { newPeople, passwordOfTheTests } from '../support/panel.js';
import { startServer, type TestServer } from '../support/server.js';

const bytesMax = 300_000;

let server: TestServer;
let browser: Browser;
beforeAll(async () => {
  server = await startServer();
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

it('is light enough: everything up to the list of licenses', async () => {
  const { owner } = await newPeople(server);
  const { page, context } = await Person.sitDown(browser, server.url);
  const session = await context.newCDPSession(page);
  await session.send('Network.enable');
  let bytes = 0;
  session.on('Network.loadingFinished', ({ encodedDataLength }) => (bytes += encodedDataLength));
  await page.goto('/sign-in');
  await page.getByLabel('E-mail').fill(owner.email);
  await page.getByRole('textbox', { name: 'Password' }).fill(passwordOfTheTests);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { level: 1, name: 'Licenses' }).waitFor();
  await page.waitForLoadState('networkidle').catch(() => undefined);
  process.stdout.write(`first load of the panel: ${Math.round(bytes / 1000)} kB\n`);
  expect(bytes).toBeGreaterThan(50_000);
  expect(bytes).toBeLessThan(bytesMax);
});
