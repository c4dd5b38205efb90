/** Several people at the same license, and a server that comes and goes: nobody has to reload, and nothing typed is lost. */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser, Locator, Page } from 'playwright-core';
import { openBrowser } from '../support/browser.js';
import { expectNoTroubles, newPeople, passwordOfTheTests, type PeopleScene, signIn } from '../support/panel.js';
import { activate, issueLicense, type LicenseScene, readDevice } from '../support/scene.js';
import { startServer, type TestServer } from '../support/server.js';

let server: TestServer;
let browser: Browser;
let people: PeopleScene;

beforeAll(async () => {
  server = await startServer();
  browser = await openBrowser();
  people = await newPeople(server);
});

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

async function openLicense(page: Page, license: LicenseScene): Promise<void> {
  await page.goto(`/licenses/${license.id}`);
  await page.getByRole('heading', { level: 1, name: license.license.product }).waitFor();
}

/** Opens the name of a device and types another, without saving it. */
async function beginRenaming(page: Page, device: string, name: string): Promise<Locator> {
  await page.getByRole('button', { name: `Rename ${device}` }).click();
  const field = page.getByRole('textbox', { name: `Name of ${device}` });
  await field.fill(name);
  return field;
}

it('shows a second person what the first one did, without a reload', async () => {
  const license = await issueLicense(server, { organizationId: people.organization.id, product: 'Seen by two' });
  await activate(server, license, { name: 'Between us' });
  const one = await signIn(browser, server, people.owner);
  const other = await signIn(browser, server, people.manager);
  await openLicense(one.page, license);
  await openLicense(other.page, license);
  const row = (page: Page) =>
    page.getByRole('table', { name: 'Active devices' }).getByRole('row').filter({ hasText: 'Between us' });
  await row(other.page).waitFor();
  await row(one.page).getByRole('button', { name: 'Deactivate device' }).click();
  await one.page.getByRole('dialog').getByRole('button', { name: 'Deactivate device' }).click();
  await row(one.page).waitFor({ state: 'detached' });
  await row(other.page).waitFor({ state: 'detached' });
  // The active devices would be asked for again in any case; these are told by the stream alone.
  await other.page.getByRole('region', { name: 'Other devices' }).getByText('Between us').first().waitFor();
  expectNoTroubles(one, other);
  await one.leave();
  await other.leave();
});

it('goes on by itself after the server was away, and keeps what was typed meanwhile', async () => {
  const license = await issueLicense(server, { organizationId: people.organization.id, product: 'Through a restart' });
  const device = await activate(server, license, { name: 'Anchor' });
  const person = await signIn(browser, server, people.editor);
  const { page } = person;
  await openLicense(page, license);
  const field = await beginRenaming(page, 'Anchor', 'Typed while away');
  await server.kill();
  await field.press('Enter');
  await page.getByText('Connection lost, trying again').waitFor();
  expect(await field.inputValue()).toBe('Typed while away');
  await server.start();
  await field.press('Enter');
  await page.getByRole('table', { name: 'Active devices' }).getByText('Typed while away').waitFor();
  expect((await readDevice(server, device.id)).name).toBe('Typed while away');
  // The stream is back, too.
  await activate(server, license, { name: 'After the storm' });
  await page.getByRole('table', { name: 'Active devices' }).getByText('After the storm').waitFor();
  await person.leave();
});

it('asks to sign in again over the page when the session has ended, and keeps what was typed', async () => {
  const license = await issueLicense(server, { organizationId: people.organization.id, product: 'Session' });
  const device = await activate(server, license, { name: 'Patience' });
  const person = await signIn(browser, server, people.owner);
  const { page } = person;
  await openLicense(page, license);
  const field = await beginRenaming(page, 'Patience', 'Typed before');
  await person.context.clearCookies({ name: 'seatkeeper_session' });
  await field.press('Enter');
  const dialog = page.getByRole('dialog').filter({ hasText: 'session has ended' });
  await dialog.getByRole('textbox', { name: 'Password' }).fill(passwordOfTheTests);
  await dialog.getByRole('button', { name: 'Sign in' }).click();
  await dialog.waitFor({ state: 'hidden' });
  expect(await field.inputValue()).toBe('Typed before');
  await field.press('Enter');
  await page.getByRole('table', { name: 'Active devices' }).getByText('Typed before').waitFor();
  expect((await readDevice(server, device.id)).name).toBe('Typed before');
  await person.leave();
});
