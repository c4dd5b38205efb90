/**
 * What each role is offered in the panel, and that the server refuses what a page would ask that somebody has tampered with. The lists
 * are written by hand, from the contract and not from the panel's own table.
 */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Locator, Page } from 'playwright-core';
import { openBrowser, type Person } from '../support/browser.js';
import { newPanelScene, type PanelScene } from '../support/panel.scene.js';
import { settle, sitDownAs } from '../support/panel.sights.js';
import type { Role } from '../support/representations.js';
import { readDevice, readLicense } from '../support/scene.js';
import { startServer, type TestServer } from '../support/server.js';

const roles: readonly Role[] = ['reader', 'editor', 'manager', 'owner', 'support', 'operator'];

let server: TestServer;
let browser: Browser;
let scene: PanelScene;
const people = {} as Record<Role, Person>;

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer(), openBrowser()]);
  scene = await newPanelScene(server);
  for (const role of roles) people[role] = await sitDownAs(browser, server, scene, role);
});

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

/** What can be offered where, and to whom it is. */
interface Offer {
  what: string;
  place: (page: Page) => Locator;
  to: readonly Role[];
}

const button =
  (name: string | RegExp) =>
  (page: Page): Locator =>
    page.getByRole('button', { name });
const link =
  (name: string) =>
  (page: Page): Locator =>
    page.getByRole('link', { name });

const managing = ['manager', 'owner', 'operator'] as const;
const naming = ['editor', ...managing] as const;

const onLicense: readonly Offer[] = [
  {
    what: 'the switch',
    place: (page) => page.getByRole('switch', { name: 'Remote device deactivation' }),
    to: managing,
  },
  { what: 'deactivating a device', place: button(/^Deactivate device/), to: managing },
  { what: 'replacing the key', place: button('Replace the license key'), to: managing },
  { what: 'renaming a device', place: button(/^Rename/), to: naming },
  { what: 'registering a device', place: button('Register a device'), to: naming },
];

const onTicket: readonly Offer[] = [
  { what: 'forcing a deactivation', place: button(/^Force deactivation/), to: ['support', 'operator'] },
  { what: 'enabling by force', place: button('Enable remote deactivation'), to: ['support', 'operator'] },
  { what: 'resolving it', place: button('Resolve'), to: ['support', 'operator'] },
  // The owner wrote it.
  { what: 'closing it', place: button('Close'), to: ['owner', 'support', 'operator'] },
];

const onDesk: readonly Offer[] = [
  {
    what: 'opening a ticket',
    place: link('Open a support ticket'),
    to: ['editor', 'manager', 'owner', 'support', 'operator'],
  },
];

/** What of a page is there for somebody. */
async function offered(page: Page, offers: readonly Offer[]): Promise<string[]> {
  const there: string[] = [];
  for (const { what, place } of offers) if ((await place(page).count()) > 0) there.push(what);
  return there;
}

const meantFor = (role: Role, offers: readonly Offer[]): string[] =>
  offers.filter(({ to }) => to.includes(role)).map(({ what }) => what);

const navigation: Record<Role, readonly string[]> = {
  reader: ['Licenses', 'Support', 'Inspector'],
  editor: ['Licenses', 'Support', 'Inspector'],
  manager: ['Licenses', 'Support', 'People', 'Tokens', 'Inspector'],
  owner: ['Licenses', 'Support', 'People', 'Tokens', 'Inspector'],
  support: ['Licenses', 'Support', 'Organizations', 'Inspector'],
  operator: ['Licenses', 'Support', 'Organizations', 'People', 'Tokens', 'Inspector'],
};

describe.each(roles)('%s', (role) => {
  it('is offered what the role may do, and nothing else', async () => {
    const { page } = people[role];
    await page.goto(`/licenses/${scene.licenses.enabled.id}`);
    await settle(page);
    await page.getByRole('table', { name: 'Active devices' }).waitFor();
    expect(await page.getByRole('navigation', { name: 'Pages' }).getByRole('link').allInnerTexts()).toEqual(
      navigation[role],
    );
    expect(await offered(page, onLicense)).toEqual(meantFor(role, onLicense));

    await page.goto(`/support/${scene.ticket.id}`);
    await settle(page);
    await page.getByRole('table', { name: 'Active devices' }).waitFor();
    expect(await offered(page, onTicket)).toEqual(meantFor(role, onTicket));

    await page.goto('/support');
    await settle(page);
    await page.getByRole('heading', { level: 1, name: 'Support' }).waitFor();
    expect(await offered(page, onDesk)).toEqual(meantFor(role, onDesk));
  });
});

describe('another organization’s license', () => {
  it.each(['reader', 'owner'] as const)('looks to the %s as if it did not exist (R14)', async (role) => {
    const { page } = people[role];
    await page.goto(`/licenses/${scene.foreignLicense.id}`);
    await page.getByRole('heading', { level: 1, name: 'There is no such page' }).waitFor();
    const foreign = await page.getByRole('main').innerText();
    await page.goto('/licenses/01890a5d-ac96-774b-bcce-b302099a8057');
    await page.getByRole('heading', { level: 1, name: 'There is no such page' }).waitFor();
    expect(foreign).toBe(await page.getByRole('main').innerText());
    expect(await asked(page, 'GET', `/v1/licenses/${scene.foreignLicense.id}`)).toBe('404 notFound');
    expect(
      await asked(page, 'POST', `/v1/licenses/${scene.foreignLicense.id}/devices`, { fingerprint: 'machine-x' }),
    ).toBe(role === 'reader' ? '403 forbidden' : '404 notFound');
  });
});

/** Asks from within the page, as a script of it would, with the cookie of who is signed in. Returns status and code. */
async function asked(page: Page, method: string, path: string, body?: object): Promise<string> {
  const options = {
    method,
    ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  };
  return page.evaluate<string>(
    `fetch(${JSON.stringify(path)}, ${JSON.stringify(options)}).then(async (answer) => {
      const text = await answer.text();
      const { code } = text === '' ? {} : JSON.parse(text);
      return code === undefined ? String(answer.status) : answer.status + ' ' + code;
    })`,
  );
}

/** What only some may ask. */
function orders(deviceId: string): Record<string, { ask: [string, string, object?]; by: readonly Role[] }> {
  const license = `/v1/licenses/${scene.licenses.enabled.id}`;
  const organization = `/v1/organizations/${scene.organization.id}`;
  const ticketId = scene.ticket.id;
  return {
    'rename a device': { ask: ['PATCH', `/v1/devices/${deviceId}`, { name: 'Mine' }], by: naming },
    'register a device': { ask: ['POST', `${license}/devices`, { fingerprint: 'machine-of-nobody' }], by: naming },
    'deactivate a device': { ask: ['POST', `/v1/devices/${deviceId}/remote-deactivation`, {}], by: managing },
    'disable the setting': { ask: ['PUT', `${license}/remote-deactivation`, { enabled: false }], by: managing },
    'replace the key': { ask: ['POST', `${license}/key`], by: managing },
    'open a ticket': {
      ask: ['POST', '/v1/support-tickets', { licenseId: scene.licenses.enabled.id, topic: 'other', message: 'Hello' }],
      by: ['editor', 'manager', 'owner', 'support', 'operator'],
    },
    'force a deactivation': {
      ask: ['POST', `/v1/devices/${deviceId}/forced-deactivation`, { ticketId, reason: 'Because' }],
      by: ['support', 'operator'],
    },
    'enable by force': {
      ask: ['POST', `${license}/remote-deactivation/forced`, { ticketId }],
      by: ['support', 'operator'],
    },
    'issue a license': {
      ask: ['POST', '/v1/licenses', { organizationId: scene.organization.id, product: 'Free', seats: 9 }],
      by: ['operator'],
    },
    'revoke the license': { ask: ['POST', `${license}/revoke`], by: ['operator'] },
    'add an organization': { ask: ['POST', '/v1/organizations', { name: 'Mine' }], by: ['operator'] },
    'see the people': { ask: ['GET', `${organization}/members`], by: ['manager', 'owner', 'support', 'operator'] },
    'give tokens': {
      ask: ['POST', '/v1/tokens', { role: 'reader', name: 'A reader' }],
      by: ['manager', 'owner', 'operator'],
    },
    'make an operator': {
      ask: ['POST', `${organization}/members`, { email: 'me@acme.example', role: 'operator' }],
      by: ['operator'],
    },
    'move the clock': { ask: ['POST', '/v1/test-clock', { advance: 'P1D' }], by: ['operator'] },
  };
}

describe('a page that somebody has tampered with', () => {
  it.each(roles.filter((role) => role !== 'operator'))('gets no more from the server for the %s', async (role) => {
    const { page } = people[role];
    const table = await server.request<{ items: { id: string }[] }>(
      'GET',
      `/v1/licenses/${scene.licenses.enabled.id}/devices?state=active`,
    );
    const deviceId = table.body.items[0]?.id ?? '';
    const [device, license] = [
      await readDevice(server, deviceId),
      await readLicense(server, scene.licenses.enabled.id),
    ];
    await page.goto('/licenses');
    const answers: Record<string, string> = {};
    const expected: Record<string, string> = {};
    for (const [what, { ask, by }] of Object.entries(orders(deviceId))) {
      if (by.includes(role)) continue;
      answers[what] = await asked(page, ...ask);
      expected[what] = '403 forbidden';
    }
    expect(answers).toEqual(expected);
    expect(Object.keys(expected).length).toBeGreaterThan(4);
    expect(await readDevice(server, deviceId)).toEqual(device);
    expect(await readLicense(server, scene.licenses.enabled.id)).toEqual(license);
  });

  it('gets nothing at all from the server once nobody is signed in', async () => {
    const { page, context } = people.reader;
    await page.goto('/licenses');
    await page.getByRole('table', { name: 'Licenses' }).waitFor();
    await context.clearCookies({ name: 'seatkeeper_session' });
    expect(await asked(page, 'GET', '/v1/licenses')).toBe('401 unauthenticated');
    expect(await asked(page, 'GET', `/v1/support-tickets/${scene.ticket.id}`)).toBe('401 unauthenticated');
  });
});

it('asked no other host, broke no policy and had no error', () => {
  expect(roles.flatMap((role) => people[role].troubles)).toEqual([]);
});
