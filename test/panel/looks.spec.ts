/** What is to be read on a page: a name that is promised to the letter, whose a license is, and a warning to whoever changes their own role. */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { openBrowser, type Person } from '../support/browser.js';
import { newPeople, type PeopleScene, signIn } from '../support/panel.js';
import { accepted, issueLicense, type LicenseScene } from '../support/scene.js';
import { startServer, type TestServer } from '../support/server.js';

let server: TestServer;
let browser: Browser;
let people: PeopleScene;
let license: LicenseScene;
let person: Person;

beforeAll(async () => {
  server = await startServer();
  browser = await openBrowser();
  people = await newPeople(server, 'Acme Surveying');
  license = await issueLicense(server, { organizationId: people.organization.id, product: 'Looked at' });
  person = await signIn(browser, server, people.owner);
});

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

it.each(['enabled', 'disabled'] as const)('calls the switch by its promised name and no more: %s', async (state) => {
  accepted(
    await server.request('PUT', `/v1/licenses/${license.id}/remote-deactivation`, {
      body: { enabled: state === 'enabled' },
    }),
  );
  const { page } = person;
  await page.goto(`/licenses/${license.id}`);
  const named = page.getByRole('switch', { name: 'Remote device deactivation', exact: true });
  await named.waitFor();
  expect(await named.isChecked()).toBe(state === 'enabled');
  // Its state in words is its description.
  const words = await named.getAttribute('aria-describedby');
  expect(await page.locator(`[id="${words}"]`).innerText()).toMatch(/deactivated from here/);
});

it('says whose a license is, in the list and on its page', async () => {
  const { page } = person;
  await page.goto('/licenses');
  await page.getByRole('row').filter({ hasText: 'Looked at' }).getByText('Acme Surveying').waitFor();
  await page.getByRole('link', { name: 'Looked at' }).click();
  await page.getByRole('region', { name: 'License' }).getByText('Acme Surveying').waitFor();
});

it('warns whoever takes their own role away', async () => {
  const { page } = person;
  await page.goto('/people');
  await page.getByRole('button', { name: `Change role of ${people.owner.email}` }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('This is you').waitFor();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await page.getByRole('button', { name: `Change role of ${people.reader.email}` }).click();
  await dialog.getByRole('combobox').waitFor();
  expect(await dialog.getByText('This is you').count()).toBe(0);
});
