/** What goes wrong under an open page: a part of it that does not come, a session that ends, an address of nothing. The rest stays, and the words are for a person. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { openBrowser, type Person } from '../support/browser.js';
import { until } from '../support/lives.js';
import { newPeople, passwordOfTheTests, type PeopleScene, signIn } from '../support/panel.js';
import { activate, issueLicense, type LicenseScene, readLicense } from '../support/scene.js';
import { startServer, type TestServer } from '../support/server.js';

let server: TestServer;
let browser: Browser;
let people: PeopleScene;
let license: LicenseScene;

beforeAll(async () => {
  server = await startServer();
  browser = await openBrowser();
  people = await newPeople(server);
  license = await issueLicense(server, { organizationId: people.organization.id, product: 'Set back' });
  await activate(server, license, { name: 'Anchor' });
});

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

const seatsOf = (page: Page) =>
  page.getByRole('region', { name: 'Terms' }).getByRole('textbox', { name: 'Seats', exact: true });

async function openLicense(person: Person): Promise<Page> {
  await person.page.goto(`/licenses/${license.id}`);
  await person.page.getByRole('heading', { level: 1, name: 'Set back' }).waitFor();
  return person.page;
}

it('keeps the page and what was typed when the plot does not come, and shows the plot when it does', async () => {
  const operator = await signIn(browser, server, people.operator);
  await operator.context.route('**/assets/seats-plot*', (route) => route.abort());
  const page = await openLicense(operator);
  await seatsOf(page).fill('17');
  const seats = page.getByRole('region', { name: 'Seats', exact: true });
  await seats.getByText('The plot could not be loaded').waitFor();
  expect(await seatsOf(page).inputValue()).toBe('17');
  await seats.getByText('The same in figures').waitFor();
  await operator.context.unroute('**/assets/seats-plot*');
  await seats.getByRole('button', { name: 'Try again' }).click();
  await seats.getByRole('img', { name: /^Seats in use over time/ }).waitFor();
  expect(await seatsOf(page).inputValue()).toBe('17');
  await operator.leave();
});

it('says of a form that was sent after the session had ended that nothing is saved, and saves when asked again', async () => {
  const operator = await signIn(browser, server, people.operator);
  const page = await openLicense(operator);
  await seatsOf(page).fill('9');
  await operator.context.clearCookies({ name: 'seatkeeper_session' });
  // The page may have noticed by itself, and then the dialog is before the button.
  await page.getByText('Save terms', { exact: true }).dispatchEvent('click');
  const dialog = page.getByRole('dialog', { name: 'Your session has ended' });
  await dialog.getByRole('textbox', { name: 'Password' }).fill(passwordOfTheTests);
  await dialog.getByRole('button', { name: 'Sign in' }).click();
  await dialog.waitFor({ state: 'hidden' });
  const words = await page.getByRole('region', { name: 'Terms' }).getByRole('alert').innerText();
  expect(words).toContain('Your session had ended');
  expect(words).not.toMatch(/header|Authorization/);
  await page.getByRole('button', { name: 'Save terms' }).click();
  await page.getByRole('region', { name: 'Terms' }).getByRole('alert').waitFor({ state: 'detached' });
  // The words go when it is sent, not when it is answered.
  await until('the terms are saved', async () => (await readLicense(server, license.id)).seats === 9);
  await operator.leave();
});

describe('an address', () => {
  it.each([
    ['no license has', '/licenses/01936f2a-0000-7000-8000-000000000011'],
    ['no license could have', '/licenses/mapper'],
    ['no ticket could have', '/support/last-week'],
    ['no organization could have', '/organizations/acme'],
    ['that is no page at all', '/licences'],
  ])('that %s is said to be none, with a way on', async (_what, path) => {
    const owner = await signIn(browser, server, people.owner);
    const { page } = owner;
    await page.goto(path);
    await page.getByRole('heading', { level: 1, name: 'There is no such page' }).waitFor();
    expect(await page.getByRole('button', { name: 'Try again' }).count()).toBe(0);
    await page.getByRole('link', { name: 'Go to the licenses' }).click();
    await page.getByRole('heading', { level: 1, name: 'Licenses' }).waitFor();
    await owner.leave();
  });

  it.each(['/people', '/tokens', '/support/new'])('of a page that is not for a reader says so: %s', async (path) => {
    const reader = await signIn(browser, server, people.reader);
    const { page } = reader;
    await page.goto(path);
    await page.getByText('This page is not for your role').waitFor();
    expect(await page.getByRole('main').getByRole('button').count()).toBe(0);
    expect(await page.getByRole('main').getByRole('combobox').count()).toBe(0);
    await reader.leave();
  });
});

it('says beside the day of a filter of the history that it is before the other one', async () => {
  const owner = await signIn(browser, server, people.owner);
  const page = await openLicense(owner);
  const history = page.getByRole('region', { name: 'History' });
  await history.getByLabel('From', { exact: true }).fill('2026-11-20');
  await history.getByLabel('To', { exact: true }).fill('2026-11-10');
  await history.locator('[id$="-error"]').waitFor();
  expect(await history.locator('[id$="-error"]').allInnerTexts()).toEqual(['Must be later than from.']);
  expect(await history.getByRole('alert').count()).toBe(0);
  await owner.leave();
});
