/** The ways into the panel where they are refused: what is wrong is said in words that are for a person, beside the field where it is about one. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { openBrowser, Person } from '../support/browser.js';
import { newPeople, type PeopleScene } from '../support/panel.js';
import { startServer, type TestServer } from '../support/server.js';

let server: TestServer;
let browser: Browser;
let people: PeopleScene;
let person: Person;
let page: Page;

beforeAll(async () => {
  server = await startServer({ env: { SEATKEEPER_FAILED_CREDENTIALS_PER_MINUTE: '0' } });
  browser = await openBrowser();
  people = await newPeople(server);
  person = await Person.sitDown(browser, server.url);
  page = person.page;
});

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

/** What is for programs: a person sees no header. */
const wordsForPrograms = /header|Authorization|Retry-After|list of issues/;

describe('signing in', () => {
  it('says beside each field that it is empty, and counts no wrong password', async () => {
    await page.goto('/sign-in');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.locator('[id$="-error"]').nth(1).waitFor();
    expect(await page.locator('[id$="-error"]').allInnerTexts()).toEqual([
      'Must not be empty or blanks only.',
      'Must not be empty or blanks only.',
    ]);
    expect(await page.getByRole('alert').count()).toBe(0);
  });

  it('says how long to wait after too many wrong passwords', async () => {
    const body = { email: people.reader.email, password: 'a wrong password' };
    for (let times = 0; times < 10; times += 1) {
      expect((await server.request('POST', '/v1/session', { auth: null, body })).status).toBe(401);
    }
    await page.goto('/sign-in');
    await page.getByRole('textbox', { name: 'E-mail' }).fill(people.reader.email);
    await page.getByRole('textbox', { name: 'Password' }).fill('a wrong password');
    await page.getByRole('button', { name: 'Sign in' }).click();
    const words = await page.getByRole('alert').innerText();
    expect(words).toContain('Too many wrong passwords were sent from here.');
    expect(words).toMatch(/Try again in (?:15 minutes|14 minutes \d+ seconds)\./);
    expect(words).not.toMatch(wordsForPrograms);
  });
});

describe('a link that is over', () => {
  it('is said to be so, with nothing to try again: an invitation', async () => {
    await page.goto(`/invitation#sko_${'x'.repeat(43)}`);
    const words = await page.getByRole('alert').innerText();
    expect(words).toContain('Ask whoever invited you for a new one.');
    expect(words).not.toMatch(wordsForPrograms);
    expect(await page.getByRole('button', { name: 'Try again' }).count()).toBe(0);
    await page.getByRole('link', { name: 'Sign in' }).click();
    await page.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor();
  });

  it('is said to be so, and leaves the other ways: a sign-in link', async () => {
    await page.goto('/licenses');
    await page.goto(`/sign-in#link=sko_${'x'.repeat(43)}`);
    await page.getByRole('button', { name: 'Sign in with this link' }).click();
    const words = await page.getByRole('alert').innerText();
    expect(words).toContain('This sign-in link is unknown, was used already or has ended.');
    expect(words).not.toMatch(wordsForPrograms);
    await page.getByRole('button', { name: 'Sign in with this link' }).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Sign in another way' }).click();
    await page.getByRole('textbox', { name: 'E-mail' }).waitFor();
  });
});
