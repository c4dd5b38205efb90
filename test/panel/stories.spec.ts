/** What owners come to the panel for, from beginning to end, in a real browser, with client software beside it. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Locator, Page } from 'playwright-core';
import { openBrowser, type Person } from '../support/browser.js';
import { expectNoTroubles, newPeople, type PeopleScene, signIn } from '../support/panel.js';
import { activate, type DeviceScene, issueLicense, logOut, readDevice, readLicense } from '../support/scene.js';
import { startServer, type TestServer } from '../support/server.js';

let server: TestServer;
let browser: Browser;
let people: PeopleScene;
let owner: Person;

beforeAll(async () => {
  server = await startServer();
  browser = await openBrowser();
  people = await newPeople(server);
  owner = await signIn(browser, server, people.owner);
});

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

async function licenseOf(terms: Parameters<typeof issueLicense>[1]) {
  return issueLicense(server, { organizationId: people.organization.id, ...terms });
}

async function opened(page: Page, license: { id: string }, product: string): Promise<void> {
  await page.goto(`/licenses/${license.id}`);
  await page.getByRole('heading', { level: 1, name: product }).waitFor();
}

/** The row of a device in a table. */
function rowOf(page: Page, name: string, table = 'Active devices'): Locator {
  return page.getByRole('table', { name: table }).getByRole('row').filter({ hasText: name });
}

const theSwitch = (page: Page): Locator => page.getByRole('switch', { name: 'Remote device deactivation' });

/** The last of the problems with a device's check-in. */
async function checkInRefusal(device: DeviceScene): Promise<string> {
  const answer = await server.request<{ code: string }>('POST', `/v1/devices/${device.id}/check-in`, {
    auth: device.auth,
  });
  return answer.body.code;
}

describe('an older license', () => {
  it('is enabled after everybody has logged out, while the page says who is still missing', async () => {
    const { page } = owner;
    const license = await licenseOf({ product: 'Mapper Classic', seats: 3, remoteDeactivation: 'disabled' });
    const office = await activate(server, license, { name: 'Office' });
    const tent = await activate(server, license, { name: 'Tent' });
    await opened(page, license, 'Mapper Classic');
    await rowOf(page, 'Office').waitFor();
    expect(await page.getByRole('button', { name: 'Deactivate device' }).count()).toBe(0);

    await theSwitch(page).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Office').waitFor();
    await dialog.getByText('Tent').waitFor();
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await dialog.waitFor({ state: 'hidden' });
    expect((await readLicense(server, license.id)).remoteDeactivation.state).toBe('disabled');

    await theSwitch(page).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Wait for these devices' }).click();
    await page.getByText('2 devices are still missing').waitFor();
    // Who activates meanwhile does not block.
    await activate(server, license, { name: 'Newcomer' });
    await rowOf(page, 'Newcomer').waitFor();
    await page.getByText('2 devices are still missing').waitFor();

    await logOut(server, office);
    await page.getByText('One device is still missing').waitFor();
    await logOut(server, tent);
    await page.getByRole('button', { name: 'Stop enabling' }).waitFor({ state: 'detached' });
    expect((await readLicense(server, license.id)).remoteDeactivation.state).toBe('enabled');
    await rowOf(page, 'Newcomer').getByRole('button', { name: 'Deactivate device' }).waitFor();
    expect(await theSwitch(page).isChecked()).toBe(true);
  });

  it('can be called off while it waits', async () => {
    const { page } = owner;
    const license = await licenseOf({ product: 'Mapper Two', remoteDeactivation: 'disabled' });
    await activate(server, license, { name: 'Barn' });
    await opened(page, license, 'Mapper Two');
    await theSwitch(page).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Wait for these devices' }).click();
    await page.getByRole('button', { name: 'Stop enabling' }).click();
    await page.getByRole('button', { name: 'Stop enabling' }).waitFor({ state: 'detached' });
    expect((await readLicense(server, license.id)).remoteDeactivation.state).toBe('disabled');
    expect(await theSwitch(page).isChecked()).toBe(false);
  });

  it('is enabled at once where no device is active, without a question', async () => {
    const { page } = owner;
    const license = await licenseOf({ product: 'Mapper Empty', remoteDeactivation: 'disabled' });
    await opened(page, license, 'Mapper Empty');
    await theSwitch(page).click();
    await page.locator('[role=switch]:checked').waitFor();
    expect((await readLicense(server, license.id)).remoteDeactivation.state).toBe('enabled');
    expect(await page.getByRole('dialog').count()).toBe(0);
  });
});

describe('a stolen laptop', () => {
  it('is deactivated by its owner, told so, and locked out for good by a new key', async () => {
    const { page } = owner;
    const license = await licenseOf({ product: 'Mapper Pro', seats: 2 });
    const laptop = await activate(server, license, { name: 'Field laptop' });
    const desk = await activate(server, license, { name: 'Desk' });
    await opened(page, license, 'Mapper Pro');
    await rowOf(page, 'Field laptop').getByRole('button', { name: 'Deactivate device' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Field laptop').first().waitFor();
    // Two dates: the seat now, and the end of the lease for a device that stays offline.
    expect(await dialog.locator(`time[datetime="${laptop.device.leaseExpiresAt}"]`).count()).toBeGreaterThan(0);
    await dialog.getByRole('button', { name: 'Deactivate device' }).click();
    await rowOf(page, 'Field laptop', 'Other devices').waitFor();
    await rowOf(page, 'Field laptop').waitFor({ state: 'detached' });
    const stored = await readDevice(server, laptop.id);
    expect(stored).toMatchObject({ state: 'remotelyDeactivated', seat: null, endedBy: { kind: 'member' } });
    expect(await checkInRefusal(laptop)).toBe('deviceNotActive');

    await page.getByText('Lost or stolen?').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Replace the license key' }).click();
    const key = page.getByText(/^skl_/);
    await key.waitFor();
    const again = await server.request('POST', '/v1/devices', {
      auth: license.auth,
      body: { fingerprint: laptop.fingerprint },
    });
    expect(again.status).toBe(401);
    await activate(server, { auth: `License ${await key.innerText()}` }, { name: 'New laptop' });
    expect((await readDevice(server, desk.id)).state).toBe('active');
  });
});

describe('a device that predates the option', () => {
  it('has no button but the reason, and support frees its seat on a ticket, which its owner sees at once', async () => {
    const { page } = owner;
    const license = await licenseOf({ product: 'Mapper Old', remoteDeactivation: 'disabled' });
    const tower = await activate(server, license, { name: 'Tower' });
    await opened(page, license, 'Mapper Old');
    await theSwitch(page).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Wait for these devices' }).click();
    await page.getByRole('button', { name: 'Stop enabling' }).waitFor();
    const row = rowOf(page, 'Tower');
    await row.getByText((await readDevice(server, tower.id)).remoteDeactivation.remedy ?? 'no remedy').waitFor();
    expect(await row.getByRole('button', { name: 'Deactivate device' }).count()).toBe(0);

    await row.getByRole('link', { name: 'Open a support ticket' }).click();
    await page.getByRole('textbox', { name: 'Message' }).fill('The tower was sold with its disk.');
    await page.getByRole('button', { name: 'Open the ticket' }).click();
    await page.getByText('The tower was sold with its disk.').waitFor();

    const agent = await signIn(browser, server, people.support);
    await agent.page.goto(page.url());
    await agent.page.getByRole('button', { name: 'Force deactivation' }).click();
    const dialog = agent.page.getByRole('dialog');
    await dialog.getByRole('textbox').fill('Sold.');
    await opened(page, license, 'Mapper Old');
    await rowOf(page, 'Tower').waitFor();
    await dialog.getByRole('button', { name: 'Force deactivation' }).click();
    await rowOf(page, 'Tower', 'Other devices').waitFor();
    // The last blocking device has left, so the option is enabled in the same moment.
    await page.getByRole('button', { name: 'Stop enabling' }).waitFor({ state: 'detached' });
    expect((await readLicense(server, license.id)).remoteDeactivation.state).toBe('enabled');
    expect(await readDevice(server, tower.id)).toMatchObject({ endedBy: { kind: 'support', reason: 'Sold.' } });
    expectNoTroubles(agent);
    await agent.leave();
  });
});

describe('a device that does not connect any more', () => {
  it('leaves its seat on the page at its date, without a reload', async () => {
    const { page } = owner;
    const license = await licenseOf({ product: 'Mapper Lite', seats: 1, checkInPeriod: 'P10D' });
    await activate(server, license, { name: 'Drawer' });
    await opened(page, license, 'Mapper Lite');
    await rowOf(page, 'Drawer').waitFor();
    await server.advance('P11D');
    await rowOf(page, 'Drawer', 'Other devices').waitFor();
    await rowOf(page, 'Drawer').waitFor({ state: 'detached' });
    expect((await readLicense(server, license.id)).activeDevices).toBe(0);
  });
});

it('asked no other host, broke no policy and had no error in any of these stories', () => {
  expectNoTroubles(owner);
});
