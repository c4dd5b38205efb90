/** People in a real browser: an invitation from its link to its password, roles, and signing out everywhere. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { openBrowser, Person } from '../support/browser.js';
import { expectNoTroubles, newPeople, passwordOfTheTests, type PeopleScene, signIn } from '../support/panel.js';
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

describe('an owner', () => {
  it('invites a person, who chooses a password by the link, and removes them, which signs them out', async () => {
    const owner = await signIn(browser, server, people.owner);
    const { page } = owner;
    await page.goto('/people');
    await page.getByRole('button', { name: 'Invite a person' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'E-mail' }).fill(people.reader.email);
    await dialog.getByRole('button', { name: 'Make the link' }).click();
    await dialog.locator('[id$="-error"]').first().waitFor();
    await dialog.getByRole('textbox', { name: 'E-mail' }).fill('olivia@acme.example');
    await dialog.getByRole('button', { name: 'Make the link' }).click();
    const link = new URL((await dialog.locator('code').textContent()) ?? '');
    await dialog.getByRole('button', { name: 'Done' }).click();
    const row = page.getByRole('row').filter({ hasText: 'olivia@acme.example' });
    await row.getByText('Invited').waitFor();

    const olivia = await Person.sitDown(browser, server.url);
    await olivia.page.goto(`/invitation${link.hash}`);
    await olivia.page.getByText(people.organization.name).waitFor();
    expect(olivia.page.url()).not.toContain('#');
    await olivia.page.getByRole('textbox', { name: 'Password' }).fill('short');
    await olivia.page.getByRole('button', { name: 'Set the password and sign in' }).click();
    await olivia.page.getByText('Must have at least 12 characters.').waitFor();
    await olivia.page.getByRole('textbox', { name: 'Password' }).fill(passwordOfTheTests);
    await olivia.page.getByRole('button', { name: 'Set the password and sign in' }).click();
    await olivia.page.getByRole('heading', { level: 1, name: 'Licenses' }).waitFor();
    await row.getByText('Active').waitFor();

    await page.getByRole('button', { name: 'Change role of olivia@acme.example' }).click();
    await page.getByRole('combobox', { name: 'Role' }).selectOption('editor');
    await page.getByRole('button', { name: 'Give this role' }).click();
    await row.getByText('Editor').waitFor();
    await page.getByRole('button', { name: 'Remove olivia@acme.example' }).click();
    await page.getByRole('button', { name: 'Remove the person' }).click();
    await row.waitFor({ state: 'detached' });
    await olivia.page.getByRole('dialog', { name: 'Your session has ended' }).waitFor();
    expectNoTroubles(owner, olivia);
    await owner.leave();
    await olivia.leave();
  });

  it('issues a token that is shown once, and ends it', async () => {
    const owner = await signIn(browser, server, people.owner);
    const { page } = owner;
    await page.goto('/tokens');
    await page.getByRole('button', { name: 'Issue a token' }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill('Build server');
    await page.getByRole('button', { name: 'Issue it' }).click();
    const auth = `Bearer ${await page.getByRole('dialog').locator('code').textContent()}`;
    expect((await server.request('GET', '/v1/licenses', { auth })).status).toBe(200);
    await page.getByRole('button', { name: 'I have the token' }).click();
    await page.getByRole('button', { name: 'End the token Build server' }).click();
    await page.getByRole('button', { name: 'End it now' }).click();
    await page.getByText('There is no access token').waitFor();
    expect((await server.request('GET', '/v1/licenses', { auth })).status).toBe(401);
    await owner.leave();
  });
});

describe('a manager', () => {
  it('has buttons for editors and readers only', async () => {
    const manager = await signIn(browser, server, people.manager);
    const { page } = manager;
    await page.goto('/people');
    await page.getByRole('button', { name: `Remove ${people.reader.email}` }).waitFor();
    expect(await page.getByRole('button', { name: `Remove ${people.owner.email}` }).count()).toBe(0);
    await manager.leave();
  });
});

describe('an account', () => {
  it('changes its password, and signs out in every browser', async () => {
    const first = await signIn(browser, server, people.editor);
    const second = await signIn(browser, server, people.editor);
    await second.page.goto('/account');
    await second.page.getByRole('textbox', { name: 'Present password' }).fill('not the password at all');
    await second.page.getByRole('textbox', { name: 'New password' }).fill('another horse battery');
    await second.page.getByRole('button', { name: 'Change the password' }).click();
    await second.page.getByText('Is not the present password.').waitFor();
    expect(await second.page.getByRole('textbox', { name: 'New password' }).inputValue()).toBe('another horse battery');
    await second.page.getByRole('button', { name: 'Sign out everywhere' }).click();
    await second.page.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor();
    await first.page.getByRole('dialog', { name: 'Your session has ended' }).waitFor();
    expectNoTroubles(first, second);
    await first.leave();
    await second.leave();
  });
});
