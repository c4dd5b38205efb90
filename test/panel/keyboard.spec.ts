/** The panel without a mouse: Tab, Enter, Space, Escape and arrows are enough, and one always sees where one is. */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser, Locator, Page } from 'playwright-core';
import { openBrowser, Person } from '../support/browser.js';
import { arriveAt, expectVisibleFocus, hasFocus, tabTo } from '../support/panel.keyboard.js';
import {
  activate,
  addMember,
  type DeviceScene,
  issueLicense,
  type LicenseScene,
  type MemberScene,
  newOrganization,
  readDevice,
  readLicense,
} from '../support/scene.js';
import { startServer, type TestServer } from '../support/server.js';

let server: TestServer;
let browser: Browser;
let person: Person;
let page: Page;
let owner: MemberScene;
let license: LicenseScene;
let laptop: DeviceScene;
let desk: DeviceScene;

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer(), openBrowser()]);
  const organization = await newOrganization(server);
  owner = await addMember(server, organization.id, 'owner');
  license = await issueLicense(server, { organizationId: organization.id, product: 'Mapper Pro' });
  laptop = await activate(server, license, { name: 'Field laptop' });
  desk = await activate(server, license, { name: 'Desk' });
  person = await Person.sitDown(browser, server.url);
  page = person.page;
});

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

const button = (name: string, inside: Page | Locator = page): Locator => inside.getByRole('button', { name });
const dialog = (): Locator => page.getByRole('dialog');
const theSwitch = (): Locator => page.getByRole('switch', { name: 'Remote device deactivation' });
const press = (key: string): Promise<void> => page.keyboard.press(key);
const gone = (what: Locator): Promise<void> => what.waitFor({ state: 'detached' });
const setting = async (): Promise<string> => (await readLicense(server, license.id)).remoteDeactivation.state;

it('signs in: arrows change the way, and Enter sends the form', async () => {
  await page.goto('/sign-in');
  const ways = page.getByRole('tab');
  await tabTo(page, ways.first());
  await press('ArrowRight');
  await arriveAt(page, page.getByRole('tab', { name: 'Access token' }));
  await page.getByRole('textbox', { name: 'Access token' }).waitFor();
  await press('ArrowLeft');
  await tabTo(page, page.getByLabel('E-mail'));
  await page.keyboard.type(owner.email);
  await tabTo(page, page.getByRole('textbox', { name: 'Password' }));
  await page.keyboard.type(owner.password);
  await press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Licenses' }).waitFor();
});

it('skips the navigation, and opens a license', async () => {
  const link = page.getByRole('link', { name: 'Mapper Pro' });
  await link.waitFor();
  await page.reload();
  await link.waitFor();
  await tabTo(page, link);
  await press('Enter');
  await arriveAt(page, page.getByRole('heading', { level: 1, name: 'Mapper Pro' }));
  await tabTo(page, page.getByRole('link', { name: 'Skip to the content' }), 'Shift+Tab');
  await press('Enter');
  await tabTo(page, page.getByRole('link', { name: 'All licenses' }));
});

it('goes through the account menu with arrows, and leaves it with Escape', async () => {
  const account = button(`Account of`);
  await tabTo(page, account, 'Shift+Tab');
  await press('Enter');
  const item = page.getByRole('menuitem', { name: 'Account' });
  await arriveAt(page, item);
  await press('ArrowDown');
  await arriveAt(page, page.getByRole('menuitem', { name: 'Sign out' }));
  await press('Escape');
  await gone(item);
  await arriveAt(page, account);
});

it('asks before it deactivates, goes back to the button on Escape, and to the heading of the list when the row is gone', async () => {
  const deactivate = page
    .getByRole('row')
    .filter({ hasText: 'Field laptop' })
    .getByRole('button', { name: 'Deactivate device' });
  await tabTo(page, deactivate);
  await press('Enter');
  await arriveAt(page, button('Cancel', dialog()));
  await press('Escape');
  await gone(dialog());
  await arriveAt(page, deactivate);
  await press('Enter');
  await arriveAt(page, button('Cancel', dialog()));
  // The focus does not leave the dialog, in neither direction.
  for (const key of ['Shift+Tab', 'Shift+Tab', 'Shift+Tab', 'Shift+Tab', 'Shift+Tab']) {
    await press(key);
    await expectVisibleFocus(page);
    await dialog().locator(':focus').waitFor();
  }
  await tabTo(page, button('Deactivate device', dialog()));
  await press('Space');
  await dialog().getByText('Lost or stolen?').waitFor();
  expect((await readDevice(server, laptop.id)).state).toBe('remotelyDeactivated');
  await dialog().locator(':focus').waitFor();
  await tabTo(page, button('Replace the license key', dialog()));
  await tabTo(page, dialog().getByRole('button', { name: 'Close' }).last());
  await press('Enter');
  await gone(dialog());
  await gone(deactivate);
  await arriveAt(page, page.getByRole('heading', { level: 2, name: 'Active devices' }));
});

it('renames a device: Escape leaves the name, Enter saves it, and the focus comes back to the pencil', async () => {
  await tabTo(page, button('Rename Desk'));
  await press('Enter');
  const field = page.getByRole('textbox', { name: 'Name of Desk' });
  await field.waitFor();
  await page.keyboard.type('Not this');
  await expectVisibleFocus(page);
  await press('Escape');
  await arriveAt(page, button('Rename Desk'));
  expect((await readDevice(server, desk.id)).name).toBe('Desk');
  await press('Enter');
  await field.waitFor();
  await page.keyboard.type('Reception');
  await press('Enter');
  await arriveAt(page, button('Rename Reception'));
  expect((await readDevice(server, desk.id)).name).toBe('Reception');
});

it('turns the switch with Space, answers its dialogs, and never loses the focus', async () => {
  await tabTo(page, theSwitch(), 'Shift+Tab');
  await press('Space');
  await arriveAt(page, button('Keep enabled', dialog()));
  await press('Enter');
  await gone(dialog());
  await arriveAt(page, theSwitch());
  expect(await setting()).toBe('enabled');

  await press('Space');
  await arriveAt(page, button('Keep enabled', dialog()));
  await tabTo(page, button('Disable', dialog()));
  await press('Enter');
  await gone(dialog());
  await arriveAt(page, theSwitch());
  expect(await setting()).toBe('disabled');

  await press('Space');
  await arriveAt(page, button('Wait for these devices', dialog()));
  await press('Enter');
  await gone(dialog());
  await arriveAt(page, theSwitch());
  expect(await setting()).toBe('enabling');

  const stop = button('Stop enabling');
  await tabTo(page, stop);
  await press('Space');
  await gone(stop);
  await arriveAt(page, theSwitch());
  expect(await setting()).toBe('disabled');
});

it('reaches every control of the page, and sees each', async () => {
  await tabTo(page, page.getByRole('link', { name: 'Skip to the content' }), 'Shift+Tab');
  const controls = page.locator(
    'a[href]:visible, button:enabled:visible, input:enabled:not([type=hidden]):visible, select:visible, summary:visible',
  );
  const count = await controls.count();
  const last = controls.nth(count - 1);
  await tabTo(page, last);
  expect(await hasFocus(page, last)).toBe(true);
  expect(count).toBeGreaterThan(15);
  expect(person.troubles).toEqual([]);
});
