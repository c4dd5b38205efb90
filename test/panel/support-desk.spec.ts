/** The support desk in a real browser: who sees which tickets and topics, and what support does that an owner cannot. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { openBrowser } from '../support/browser.js';
import { expectNoTroubles, newPeople, type PeopleScene, signIn } from '../support/panel.js';
import { activate, issueLicense, openTicket, readDevice, readLicense, readTicket } from '../support/scene.js';
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

describe('a ticket', () => {
  it('is opened by its owner, about a device when there is no Support & Upgrade, and closed by them', async () => {
    const license = await issueLicense(server, { organizationId: people.organization.id, product: 'Mapper Bare' });
    const tower = await activate(server, license, { name: 'Tower' });
    const owner = await signIn(browser, server, people.owner);
    const { page } = owner;
    await page.goto(`/support/new?licenseId=${license.id}&deviceId=${tower.id}`);
    await page.getByText('This license is without Support & Upgrade.').waitFor();
    expect(await page.getByRole('radio', { name: 'Billing' }).isDisabled()).toBe(true);
    expect(await page.getByRole('radio', { name: 'Device deactivation' }).isChecked()).toBe(true);
    await page.getByRole('button', { name: 'Open the ticket' }).click();
    await page.getByText('Must not be empty or blanks only.').waitFor();
    await page.getByRole('textbox', { name: 'Message' }).fill('It fell into the sea.');
    await page.getByRole('button', { name: 'Open the ticket' }).click();
    await page.getByRole('heading', { level: 1, name: 'Device deactivation: Mapper Bare' }).waitFor();
    await page.getByText('It fell into the sea.').waitFor();
    await page.getByText('The ticket is about it').waitFor();
    expect(await page.getByRole('button', { name: 'Force deactivation' }).count()).toBe(0);
    expect(await page.getByRole('button', { name: 'Resolve' }).count()).toBe(0);
    const id = new URL(page.url()).pathname.split('/').at(-1) ?? '';
    await page.getByRole('button', { name: 'Close' }).click();
    await page.getByText('Closed', { exact: true }).waitFor();
    expect(await readTicket(server, id)).toMatchObject({ status: 'closed', deviceId: tower.id });
    expectNoTroubles(owner);
    await owner.leave();
  });

  it('says why a topic is refused whose Support & Upgrade ended while the page was open', async () => {
    const license = await issueLicense(server, {
      organizationId: people.organization.id,
      supportAndUpgradeUntil: new Date(Date.now() + 86_400_000).toISOString(),
    });
    const owner = await signIn(browser, server, people.owner);
    const { page } = owner;
    await page.goto(`/support/new?licenseId=${license.id}`);
    await page.getByRole('radio', { name: 'Billing' }).check();
    await page.getByRole('textbox', { name: 'Message' }).fill('An invoice, please.');
    await server.advance('P2D');
    await page.getByRole('button', { name: 'Open the ticket' }).click();
    await page.getByRole('alert').getByText('Support & Upgrade is needed for this topic').waitFor();
    expect(await page.getByRole('textbox', { name: 'Message' }).inputValue()).toBe('An invoice, please.');
    await owner.leave();
  });

  it('lets support free a seat, which a second agent sees, and enable the setting at once', async () => {
    const license = await issueLicense(server, {
      organizationId: people.organization.id,
      product: 'Mapper Desk',
      remoteDeactivation: 'disabled',
    });
    const laptop = await activate(server, license, { name: 'Stolen laptop' });
    const ticket = await openTicket(server, license.id, { deviceId: laptop.id, message: 'Stolen on the train.' });
    const agent = await signIn(browser, server, people.support);
    const other = await signIn(browser, server, people.operator);
    const { page } = agent;
    await page.goto('/support');
    const row = page.getByRole('row').filter({ hasText: 'Stolen on the train.' });
    await row.getByText('Mapper Desk').waitFor();
    await row.getByText(people.organization.name).waitFor();
    await row.getByRole('link').click();
    await other.page.goto(`/support/${ticket.id}`);
    await page.getByText('Remote deactivation is disabled.').waitFor();
    await page.getByRole('button', { name: 'Force deactivation' }).click();
    const dialog = page.getByRole('dialog', { name: 'Deactivate Stolen laptop by force?' });
    await dialog.getByText('The seat is free now').waitFor();
    await dialog.getByText('until its lease ends').waitFor();
    await dialog.getByRole('textbox', { name: 'Reason' }).fill('Stolen.');
    await dialog.getByRole('button', { name: 'Force deactivation' }).click();
    await other.page.getByText('No device holds a seat').waitFor();
    await other.page.getByText('Resolved', { exact: true }).waitFor();
    expect(await readDevice(server, laptop.id)).toMatchObject({ endedBy: { kind: 'support', reason: 'Stolen.' } });

    await page.getByRole('button', { name: 'Enable remote deactivation' }).click();
    await page.getByRole('button', { name: 'Enable it now' }).click();
    await page.getByRole('button', { name: 'Enable remote deactivation' }).waitFor({ state: 'detached' });
    expect((await readLicense(server, license.id)).remoteDeactivation.state).toBe('enabled');
    await page.getByRole('button', { name: 'Reopen' }).click();
    await page.getByRole('button', { name: 'Resolve' }).waitFor();
    expect((await readTicket(server, ticket.id)).status).toBe('open');
    expect(await agent.accessibilityFindings()).toEqual([]);
    expectNoTroubles(agent, other);
    await agent.leave();
    await other.leave();
  });
});
