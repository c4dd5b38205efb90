/** One device, setting, license or ticket in the inspector: live by the stream, at any moment of its past, and tried out. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { openBrowser, type Person } from '../support/browser.js';
import { until } from '../support/lives.js';
import { expectNoTroubles, newPeople, type PeopleScene, signIn } from '../support/panel.js';
import {
  activate,
  checkIn,
  type DeviceScene,
  historyOfLicense,
  issueLicense,
  type LicenseScene,
  logOut,
  openTicket,
  readDevice,
  readLicense,
  setRemoteDeactivation,
  unknownId,
} from '../support/scene.js';
import { startServer, type TestServer } from '../support/server.js';

let server: TestServer;
let browser: Browser;
let people: PeopleScene;
let person: Person;
let page: Page;
let license: LicenseScene;
let device: DeviceScene;
beforeAll(async () => {
  server = await startServer();
  browser = await openBrowser();
  people = await newPeople(server);
  person = await signIn(browser, server, people.owner);
  ({ page } = person);
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});
beforeEach(async () => {
  license = await issueLicense(server, { organizationId: people.organization.id, seats: 2 });
  device = await activate(server, license, { name: 'Tower' });
});

const litStates = () =>
  page.locator('.chart-state[data-lit]').evaluateAll((parts) => parts.map((part) => part.dataset.state));
const litWays = () =>
  page.locator('.chart-edge[data-lit]').evaluateAll((parts) => parts.map((part) => part.dataset.transition));
const events = () => page.getByRole('list', { name: 'History' }).getByRole('listitem');
const rowOf = (sequence: number) => page.locator(`.trail-row[data-sequence="${sequence}"]`);
const fact = (name: string) =>
  page.locator('dl > div', { has: page.locator('dt', { hasText: new RegExp(`^${name}$`) }) }).locator('dd');

async function open(machine: string, id: string, query = ''): Promise<void> {
  await page.goto(`/inspector/${machine}/${id}${query}`);
  await page.locator('.chart-frame svg').waitFor();
}

describe('live', () => {
  it('shows what somebody else does, without a reload', async () => {
    await open('device', device.id);
    await page.getByRole('heading', { level: 1, name: 'Device: Tower' }).waitFor();
    expect([await litStates(), await litWays()]).toEqual([['active'], ['inactive.activate']]);
    expect(await fact('Seat').textContent()).toBe('1');
    expect(await fact('Deactivation date').textContent()).toContain('left');
    const address = page.url();
    await checkIn(server, device);
    await logOut(server, device);
    await page.locator('.chart-state[data-state="loggedOut"][data-lit]').waitFor();
    expect([await litStates(), await litWays()]).toEqual([['loggedOut'], ['active.logOut']]);
    await events().filter({ hasText: 'Tower logged out' }).waitFor();
    // Check-ins stand with the row that came after them.
    expect(await events().first().textContent()).toContain('One check-in before.');
    expect(await fact('Seat').textContent()).toBe('—');
    expect(page.url()).toBe(address);
  });

  it('says of each event what it would do, and which guard refuses', async () => {
    await setRemoteDeactivation(server, license.id, false);
    await open('device', device.id);
    const rows = page.getByRole('table', { name: 'What can happen now' }).getByRole('row');
    const words = async (event: string) => rows.filter({ has: page.getByText(event, { exact: true }) }).textContent();
    expect(await words('logOut')).toContain('Leads to loggedOut');
    expect(await words('checkIn')).toContain('Connects');
    expect(await words('remotelyDeactivate')).toMatch(/This does not hold: .*not disabled.*remoteDeactivationDisabled/);
    expect(await words('expire')).toContain('Time or another change');
    expect(await page.getByRole('button', { name: 'Try remotelyDeactivate' }).count()).toBe(0);
    // What is possible changes with the setting, by the stream.
    await logOut(server, device);
    await setRemoteDeactivation(server, license.id, true);
    await activate(server, license, { fingerprint: device.fingerprint });
    await page.getByRole('button', { name: 'Try remotelyDeactivate' }).waitFor();
  });

  it('finds the rows that were missed while the server was away', async () => {
    await open('device', device.id);
    await events().first().waitFor();
    await server.kill();
    await server.start();
    await logOut(server, device);
    await events().filter({ hasText: 'Tower logged out' }).waitFor();
    await page.locator('.chart-state[data-state="loggedOut"][data-lit]').waitFor();
  });
});

describe('in the past', () => {
  it('shows the state, the seat and the dates of a row, and comes back', async () => {
    await logOut(server, device);
    await open('device', device.id);
    await events().getByRole('link', { name: 'Tower took a seat' }).click();
    await page.getByText('This is the past').waitFor();
    expect([await litStates(), await litWays()]).toEqual([['active'], ['inactive.activate']]);
    expect(await fact('Seat').textContent()).toBe('1');
    expect(await page.getByRole('table', { name: 'What can happen now' }).count()).toBe(0);
    const [activation] = (await historyOfLicense(server, license.id)).filter(({ event }) => event === 'activate');
    expect(new URL(page.url()).search).toBe(`?sequence=${activation?.sequence}`);
    // The address alone leads to the same.
    await page.reload();
    await page.getByText('This is the past').waitFor();
    await page.locator('.chart-state[data-state="active"][data-lit]').waitFor();
    // What happens meanwhile does not disturb it.
    await activate(server, license, { fingerprint: device.fingerprint });
    await events().filter({ hasText: 'Tower took a seat' }).nth(1).waitFor();
    expect(await page.getByText('This is the past').count()).toBe(1);
    await page.getByRole('link', { name: 'Back to live' }).click();
    await page.getByText('Live', { exact: true }).waitFor();
    expect(new URL(page.url()).search).toBe('');
    expect(await litStates()).toEqual(['active']);
  });

  it('is there for the setting, the license and a ticket', async () => {
    const ticket = await openTicket(server, license.id);
    await setRemoteDeactivation(server, license.id, false);
    await open('remoteDeactivation', license.id);
    expect([await litStates(), await litWays()]).toEqual([['disabled'], ['enabled.disable']]);
    await open('remoteDeactivation', license.id, '?sequence=1');
    expect(await litStates()).toEqual(['enabled']);
    await open('license', license.id, '?sequence=1');
    expect(await litStates()).toEqual(['active']);
    await open('supportTicket', ticket.id, '?sequence=1');
    expect(await fact('State').textContent()).toBe('Not there yet');
    expect(await litStates()).toEqual([]);
    await page.getByRole('link', { name: 'Back to live' }).click();
    await page.locator('.chart-state[data-state="open"][data-lit]').waitFor();
  });

  it('says that a moment has not come, and that a subject is not there', async () => {
    await page.goto(`/inspector/device/${device.id}?sequence=999`);
    await page.getByRole('alert').filter({ hasText: 'has not come so far' }).waitFor();
    await page.getByRole('link', { name: 'Back to live' }).click();
    await page.getByText('Live', { exact: true }).waitFor();
    expect(new URL(page.url()).search).toBe('');
    await page.goto(`/inspector/device/${unknownId}`);
    await page.getByRole('alert').filter({ hasText: 'There is no such device' }).waitFor();
  });
});

describe('the history', () => {
  it('is narrowed down, and holds still while somebody reads it', async () => {
    const fingerprint = device.fingerprint;
    let auth = device.auth;
    for (let count = 0; count < 40; count += 1) {
      await logOut(server, { id: device.id, auth });
      ({ auth } = await activate(server, license, { fingerprint }));
    }
    await open('device', device.id);
    await events().first().waitFor();
    const filter = page.getByRole('group', { name: 'Filter the history' });
    await filter.getByLabel('Event').selectOption('register');
    await until('one row is left', async () => (await events().count()) === 1);
    await filter.getByLabel('Event').selectOption('');
    await until('all are back', async () => (await events().count()) > 10);
    // Of many rows those are drawn that can be seen.
    expect(await events().count()).toBeLessThan(60);
    const box = page.getByRole('region', { name: 'Events' });
    await box.evaluate((node) => node.scrollTo({ top: 1_500 }));
    const first = async () => (await events().first().getAttribute('data-sequence')) ?? '';
    await until('it was scrolled', async () => Number(await events().first().getAttribute('aria-posinset')) > 1);
    const before = await first();
    await logOut(server, { id: device.id, auth });
    await page.getByRole('button', { name: 'Show one new event' }).waitFor();
    expect(await first()).toBe(before);
    await page.getByRole('button', { name: 'Show one new event' }).click();
    await until('it is at the newest', async () => (await events().first().getAttribute('aria-posinset')) === '1');
    await until('the new one is first', async () =>
      /Tower logged out/.test((await events().first().textContent()) ?? ''),
    );
  });
});

it('leads to a moment far back, marked and in sight, and follows along', async () => {
  let auth = device.auth;
  for (let count = 0; count < 60; count += 1) {
    await logOut(server, { id: device.id, auth });
    ({ auth } = await activate(server, license, { fingerprint: device.fingerprint }));
  }
  const rows = (await historyOfLicense(server, license.id)).filter(({ subjectId }) => subjectId === device.id);
  const early = rows.at(-4)?.sequence ?? 0;
  await open('device', device.id, `?sequence=${early}`);
  const shown = page.getByRole('list', { name: 'History' }).locator('[data-shown]');
  const isInSight = () =>
    shown.evaluate((row) => {
      const box = row.closest('.trail')?.getBoundingClientRect();
      const { top, bottom } = row.getBoundingClientRect();
      return box !== undefined && top >= box.top - 1 && bottom <= box.bottom + 1;
    });
  await shown.waitFor();
  await until('the row is in sight', isInSight);
  expect(await shown.getAttribute('data-sequence')).toBe(String(early));
  expect(await shown.getByRole('link').first().getAttribute('aria-current')).not.toBeNull();
  expect(await page.locator('.trail-row a[aria-current]').count()).toBe(1);
  // A click on a row moves nothing.
  const box = page.getByRole('region', { name: 'Events' });
  const place = await box.evaluate((node) => node.scrollTop);
  expect(place).toBeGreaterThan(0);
  await rowOf(early + 1)
    .getByRole('link')
    .first()
    .click();
  await until(
    'the next moment is shown',
    async () => (await shown.getAttribute('data-sequence')) === String(early + 1),
  );
  expect(await box.evaluate((node) => node.scrollTop)).toBe(place);
  // Nobody is taken back there who has scrolled away.
  await box.evaluate((node) => node.scrollTo({ top: 0 }));
  await logOut(server, { id: device.id, auth });
  await rowOf((rows[0]?.sequence ?? 0) + 1).waitFor();
  expect(await box.evaluate((node) => node.scrollTop)).toBeLessThan(100);
});

it('leads from what can happen to when it did', async () => {
  await logOut(server, device);
  await activate(server, license, { fingerprint: device.fingerprint });
  await open('device', device.id);
  await page.getByRole('link', { name: 'logOut in the history' }).click();
  await until('one row is left', async () => (await events().count()) === 1);
  expect(await events().first().textContent()).toContain('Tower logged out');
  expect(await page.getByRole('link', { name: 'checkIn in the history' }).count()).toBe(0);
  await page.reload();
  await until('the address alone asks for it', async () => (await events().count()) === 1);
});

describe('a dry run', () => {
  const run = () => page.getByRole('region', { name: 'Dry run' });

  it('tries the command of a button, and changes nothing', async () => {
    await open('device', device.id);
    await page.getByRole('button', { name: 'Try logOut' }).click();
    await run().getByText('logOut: active → loggedOut').waitFor();
    expect(await run().textContent()).toContain('Tower logged out');
    expect(await litStates()).toEqual(['active', 'loggedOut']);
    expect((await readDevice(server, device.id)).state).toBe('active');
    await page.getByRole('button', { name: 'Show what is' }).click();
    expect(await litStates()).toEqual(['active']);
  });

  it('lights the way that it would take, until something happens or a moment is looked at', async () => {
    await open('device', device.id);
    const isImagined = () => page.getByText('What is lit on the chart is imagined.').count();
    const attempt = async () => {
      await page.getByRole('button', { name: 'Try remotelyDeactivate' }).click();
      await page.locator('.chart-state[data-state="remotelyDeactivated"][data-lit]').waitFor();
    };
    await attempt();
    expect([await litStates(), await litWays()]).toEqual([
      ['active', 'remotelyDeactivated'],
      ['active.remotelyDeactivate'],
    ]);
    expect(await isImagined()).toBe(1);
    await events().last().getByRole('link').first().click();
    await page.getByText('This is the past').waitFor();
    expect([await litStates(), await litWays()]).toEqual([['inactive'], []]);
    expect(await isImagined()).toBe(0);
    await page.getByRole('link', { name: 'Back to live' }).click();
    await page.getByText('Live', { exact: true }).waitFor();
    await attempt();
    await logOut(server, device);
    await page.locator('.chart-state[data-state="loggedOut"][data-lit]').waitFor();
    expect([await litStates(), await litWays()]).toEqual([['loggedOut'], ['active.logOut']]);
    expect(await isImagined()).toBe(0);
  });

  it('says what a refused command would be refused for', async () => {
    await setRemoteDeactivation(server, license.id, false);
    await open('device', device.id);
    await run().getByLabel('Command').selectOption('remotelyDeactivate');
    await run().getByLabel('Reason').fill('Stolen');
    await run().getByRole('button', { name: 'Try it' }).click();
    await run().getByText('It would be refused.').waitFor();
    expect(await run().textContent()).toMatch(/This does not hold.*Enable remote deactivation/);
  });

  it('asks for the ticket that a forced command needs, and for the reason', async () => {
    await open('device', device.id);
    await page.getByRole('button', { name: 'Try forceDeactivate' }).click();
    await run().getByText('No ticket about this license can be used').waitFor({ state: 'attached' });
    expect(await run().getByRole('button', { name: 'Try it' }).isDisabled()).toBe(true);
    await openTicket(server, license.id);
    await until(
      'the ticket can be chosen',
      async () => !(await run().getByRole('button', { name: 'Try it' }).isDisabled()),
    );
    await run().getByRole('button', { name: 'Try it' }).click();
    await until(
      'the reason is asked for',
      async () => (await run().getByLabel('Reason').getAttribute('aria-invalid')) === 'true',
    );
    await run().getByLabel('Reason').fill('Broken');
    await run().getByRole('button', { name: 'Try it' }).click();
    await run().getByText('forceDeactivate: active → remotelyDeactivated').waitFor();
    expect(await run().getByRole('listitem').count()).toBe(2);
  });

  it('tries the setting', async () => {
    await open('remoteDeactivation', license.id);
    await page.getByRole('button', { name: 'Try disable', exact: true }).click();
    await run().getByText('disable: enabled → disabled').waitFor();
    expect((await readLicense(server, license.id)).remoteDeactivation.state).toBe('enabled');
  });
});

it('has asked no other host, broken no policy and thrown nothing', () => {
  expectNoTroubles(person);
});
