/** What is typed into a dialog outlives Escape and the cross, by the keyboard alone, until it is sent or called off. */
import { afterAll, beforeAll, describe, it } from '@jest/globals';
import type { Browser, Locator, Page } from 'playwright-core';
import { openBrowser, type Person } from '../support/browser.js';
import { until } from '../support/lives.js';
import { expectNoTroubles, newPeople, type PeopleScene, signIn } from '../support/panel.js';
import { arriveAt, tabTo } from '../support/panel.keyboard.js';
import { activate, issueLicense, type LicenseScene, openTicket } from '../support/scene.js';
import { startServer, type TestServer } from '../support/server.js';

let server: TestServer;
let browser: Browser;
let people: PeopleScene;
let license: LicenseScene;
let ticket: { id: string };
let owner: Person;
let operator: Person;
let support: Person;

beforeAll(async () => {
  server = await startServer();
  browser = await openBrowser();
  people = await newPeople(server);
  license = await issueLicense(server, { organizationId: people.organization.id });
  await activate(server, license, { name: 'Tower' });
  await activate(server, license, { name: 'Barn' });
  ticket = await openTicket(server, license.id);
  owner = await signIn(browser, server, people.owner);
  operator = await signIn(browser, server, people.operator);
  support = await signIn(browser, server, people.support);
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

const dialogOf = (page: Page): Locator => page.getByRole('dialog');

/** Opens a dialog by the keyboard. */
async function open(page: Page, opener: Locator): Promise<void> {
  await opener.focus();
  await page.keyboard.press('Enter');
  await dialogOf(page).locator(':focus').waitFor();
}

/** Waits until the dialog is gone and its opener has the focus again. */
async function closed(page: Page, opener: Locator): Promise<void> {
  await dialogOf(page).waitFor({ state: 'detached' });
  await arriveAt(page, opener);
}

async function typeInto(page: Page, field: Locator, text: string): Promise<void> {
  if ((await field.and(page.locator(':focus')).count()) === 0) await tabTo(page, field);
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type(text);
}

interface FormOfDialog {
  name: string;
  who: () => Person;
  path: () => string;
  opener: (page: Page) => Locator;
  field: string;
  typed: string;
  /** What stands in the field where nobody has typed. */
  blank: string;
}

const row = (page: Page, name: string): Locator => page.getByRole('row').filter({ hasText: name });

const forms: FormOfDialog[] = [
  {
    name: 'a device is deactivated',
    who: () => owner,
    path: () => `/licenses/${license.id}`,
    opener: (page) => row(page, 'Tower').getByRole('button', { name: 'Deactivate device' }),
    field: 'Reason',
    typed: 'Stolen on the train to Bern',
    blank: '',
  },
  {
    name: 'a device is registered',
    who: () => owner,
    path: () => `/licenses/${license.id}`,
    opener: (page) => page.getByRole('button', { name: 'Register a device' }),
    field: 'Fingerprint',
    typed: 'workstation-4f1c',
    blank: '',
  },
  {
    name: 'a person is invited',
    who: () => owner,
    path: () => '/people',
    opener: (page) => page.getByRole('button', { name: 'Invite a person' }),
    field: 'E-mail',
    typed: 'nora@borealis.example',
    blank: '',
  },
  {
    name: 'a token is issued',
    who: () => owner,
    path: () => '/tokens',
    opener: (page) => page.getByRole('button', { name: 'Issue a' }),
    field: 'Name',
    typed: 'Nightly build',
    blank: '',
  },
  {
    name: 'an organization is added',
    who: () => operator,
    path: () => '/organizations',
    opener: (page) => page.getByRole('button', { name: 'Add an organization' }),
    field: 'Name',
    typed: 'Borealis Mapping',
    blank: '',
  },
  {
    name: 'a license is issued',
    who: () => operator,
    path: () => `/organizations/${people.organization.id}`,
    opener: (page) => page.getByRole('button', { name: 'Issue a license' }),
    field: 'Seats',
    typed: '12',
    blank: '1',
  },
  {
    name: 'support deactivates a device',
    who: () => support,
    path: () => `/support/${ticket.id}`,
    opener: (page) => row(page, 'Tower').getByRole('button', { name: 'Force deactivation' }),
    field: 'Reason',
    typed: 'The owner has called',
    blank: '',
  },
];

describe.each(forms)('where $name', ({ who, path, opener: openerOn, field: label, typed, blank }) => {
  it('what was typed is there after Escape and after the cross, and gone after Cancel', async () => {
    const { page } = who();
    await page.goto(path());
    const opener = openerOn(page);
    const field = dialogOf(page).getByRole('textbox', { name: label, exact: true });
    const isFilledWith = (text: string) =>
      until(`“${text}” is in the field`, async () => (await field.inputValue()) === text);
    await open(page, opener);
    await isFilledWith(blank);
    await typeInto(page, field, typed);
    await page.keyboard.press('Escape');
    await closed(page, opener);
    await open(page, opener);
    await isFilledWith(typed);
    await dialogOf(page).getByRole('button', { name: 'Close' }).focus();
    await page.keyboard.press('Enter');
    await closed(page, opener);
    await open(page, opener);
    await isFilledWith(typed);
    await dialogOf(page).getByRole('button', { name: 'Cancel' }).focus();
    await page.keyboard.press('Enter');
    await closed(page, opener);
    await open(page, opener);
    await isFilledWith(blank);
    await page.keyboard.press('Escape');
    await closed(page, opener);
  });
});

it('what was typed about one device is not there for another, and is there for the first again', async () => {
  const { page } = owner;
  await page.goto(`/licenses/${license.id}`);
  const deactivate = (name: string) => row(page, name).getByRole('button', { name: 'Deactivate device' });
  const reason = dialogOf(page).getByRole('textbox', { name: 'Reason' });
  for (const [name, text] of [
    ['Tower', 'Stolen'],
    ['Barn', 'Burnt'],
  ] as const) {
    await open(page, deactivate(name));
    await until(`nothing is there for ${name}`, async () => (await reason.inputValue()) === '');
    await typeInto(page, reason, text);
    await page.keyboard.press('Escape');
    await closed(page, deactivate(name));
  }
  await open(page, deactivate('Tower'));
  await until('it is there again', async () => (await reason.inputValue()) === 'Stolen');
  await page.keyboard.press('Escape');
  await closed(page, deactivate('Tower'));
});

it('what was sent is not there any more', async () => {
  const { page } = owner;
  await page.goto(`/licenses/${license.id}`);
  const opener = page.getByRole('button', { name: 'Register a device' });
  const field = (name: string) => dialogOf(page).getByRole('textbox', { name });
  await open(page, opener);
  await typeInto(page, field('Fingerprint'), 'workstation-4f1c');
  await typeInto(page, field('Name'), 'Workstation');
  await page.keyboard.press('Escape');
  await closed(page, opener);
  await open(page, opener);
  await until('it is there again', async () => (await field('Name').inputValue()) === 'Workstation');
  await tabTo(page, dialogOf(page).getByRole('button', { name: 'Register' }));
  await page.keyboard.press('Enter');
  await closed(page, opener);
  await page.getByText('Workstation is known to this license.').waitFor();
  await open(page, opener);
  await until('the fields are empty', async () => {
    const texts = await Promise.all(['Fingerprint', 'Name'].map((name) => field(name).inputValue()));
    return texts.every((text) => text === '');
  });
  await page.keyboard.press('Escape');
  await closed(page, opener);
});

it('has asked no other host, broken no policy and thrown nothing', () => {
  for (const person of [owner, operator, support]) expectNoTroubles(person);
});
