/** The operators' pages in a real browser: organizations, licenses, and their terms when two people change them at once. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { openBrowser, type Person } from '../support/browser.js';
import { expectNoTroubles, newPeople, type PeopleScene, signIn } from '../support/panel.js';
import { accepted, activate, issueLicense, newOrganization, readLicense } from '../support/scene.js';
import { startServer, type TestServer } from '../support/server.js';

let server: TestServer;
let browser: Browser;
let people: PeopleScene;
let operator: Person;

beforeAll(async () => {
  server = await startServer();
  browser = await openBrowser();
  people = await newPeople(server);
  operator = await signIn(browser, server, people.operator);
});

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

describe('an operator', () => {
  it('makes an organization and issues a license to it, whose key is shown once and works', async () => {
    const { page } = operator;
    await page.goto('/organizations');
    await page.getByRole('button', { name: 'Add an organization' }).click();
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Borealis Mapping');
    await page.getByRole('button', { name: 'Add it' }).click();
    await page.getByRole('heading', { level: 1, name: 'Borealis Mapping' }).waitFor();
    await page.getByRole('button', { name: 'Issue a license' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'Product' }).fill('Mapper Pro');
    await dialog.getByRole('textbox', { name: 'Seats' }).fill('many');
    await dialog.getByRole('button', { name: 'Issue it' }).click();
    await dialog.locator('[id$="-error"]').first().waitFor();
    expect(await dialog.getByRole('textbox', { name: 'Product' }).inputValue()).toBe('Mapper Pro');
    await dialog.getByRole('textbox', { name: 'Seats' }).fill('7');
    await dialog.getByRole('textbox', { name: 'Check-in period' }).fill('12');
    await dialog.getByRole('button', { name: 'Issue it' }).click();
    const key = (await dialog.locator('code').textContent()) ?? '';
    await dialog.getByRole('button', { name: 'I have the key' }).click();
    const device = await activate(server, { auth: `License ${key}` });
    expect(await readLicense(server, device.device.licenseId)).toMatchObject({ seats: 7, checkInPeriod: 'P12D' });
    await page.getByRole('row').filter({ hasText: 'Mapper Pro' }).getByText('1 of 7').waitFor();
    expectNoTroubles(operator);
  });

  it('sees what somebody else does with organizations, licenses and tokens, without a reload', async () => {
    const { page } = operator;
    await page.goto('/organizations');
    await page.getByRole('link', { name: 'Borealis Mapping' }).waitFor();
    const organization = await newOrganization(server, 'Came meanwhile');
    await page.getByRole('link', { name: 'Came meanwhile' }).click();
    await page.getByRole('heading', { level: 1, name: 'Came meanwhile' }).waitFor();
    await page.getByText('No license yet').first().waitFor();
    await issueLicense(server, { organizationId: organization.id, product: 'Issued meanwhile' });
    await page.getByRole('row').filter({ hasText: 'Issued meanwhile' }).waitFor();
    await page.goto('/tokens');
    await page.getByRole('heading', { level: 1 }).waitFor();
    accepted(
      await server.request('POST', '/v1/tokens', {
        body: { name: 'Made meanwhile', role: 'reader', organizationId: organization.id },
      }),
    );
    await page.getByRole('row').filter({ hasText: 'Made meanwhile' }).waitFor();
  });

  it('keeps what was typed when somebody else was faster, sees what they changed, and saves then', async () => {
    const { page } = operator;
    const license = await issueLicense(server, { organizationId: people.organization.id, checkInPeriod: 'P30D' });
    await page.goto(`/licenses/${license.id}`);
    const seats = page.getByRole('region', { name: 'Terms' }).getByRole('textbox', { name: 'Seats' });
    await seats.fill('30');
    accepted(
      await server.request('PATCH', `/v1/licenses/${license.id}`, {
        body: { checkInPeriod: 'P5D' },
        headers: { 'if-match': '*' },
      }),
    );
    await page.getByRole('button', { name: 'Save terms' }).click();
    await page.getByText('Check-in period: 30 days → 5 days').waitFor();
    expect(await seats.inputValue()).toBe('30');
    expect((await readLicense(server, license.id)).seats).toBe(3);
    await page.getByRole('button', { name: 'Save terms' }).click();
    await page.getByText('The terms are saved.').waitFor();
    expect(await readLicense(server, license.id)).toMatchObject({ seats: 30, checkInPeriod: 'P5D' });
  });

  it('is told which devices hold more seats than would remain', async () => {
    const { page } = operator;
    const license = await issueLicense(server, { organizationId: people.organization.id });
    await activate(server, license, { name: 'Barn' });
    await activate(server, license, { name: 'Tent' });
    await page.goto(`/licenses/${license.id}`);
    await page.getByRole('region', { name: 'Terms' }).getByRole('textbox', { name: 'Seats' }).fill('1');
    await page.getByRole('button', { name: 'Save terms' }).click();
    const list = page.getByRole('list', { name: 'Devices that are active' });
    await list.getByText('Barn').waitFor();
    await list.getByText('Tent').waitFor();
    expect((await readLicense(server, license.id)).seats).toBe(3);
  });

  it('suspends, reinstates and revokes a license, each after being asked', async () => {
    const { page } = operator;
    const license = await issueLicense(server, { organizationId: people.organization.id });
    await page.goto(`/licenses/${license.id}`);
    const terms = page.getByRole('region', { name: 'Terms' });
    for (const [button, confirm, status] of [
      ['Suspend', 'Suspend the license', 'suspended'],
      ['Reinstate', 'Reinstate the license', 'active'],
      ['Revoke', 'Revoke it for good', 'revoked'],
    ] as const) {
      await terms.getByRole('button', { name: button }).click();
      await page.getByRole('dialog').getByRole('button', { name: confirm }).click();
      await page.getByRole('dialog').waitFor({ state: 'hidden' });
      expect((await readLicense(server, license.id)).status).toBe(status);
    }
    await terms.getByRole('button', { name: 'Renew' }).waitFor({ state: 'detached' });
    expectNoTroubles(operator);
  });
});
