/**
 * The rules as pages, in a browser: each state, event and guard has an address that leads to its marked row, through signing in as
 * well; and the inspector, the pages of refusals, the API documentation and the history lead to each other.
 */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Locator, Page } from 'playwright-core';
import { type DescribedMachine, describedMachines, isKept } from '../../machines/index.js';
import { kebabOf, problemCodes } from '../../src/problems/problem.js';
import { operationsOfClient } from '../../src/rules/client.operations.js';
import { operationOf } from '../../src/rules/event.operations.js';
import { addressOfOperation } from '../../src/rules/rule.addresses.js';
import { openBrowser, Person } from '../support/browser.js';
import { expectNoTroubles, newPeople, passwordOfTheTests, type PeopleScene, signIn } from '../support/panel.js';
import { activate, freshFingerprint, issueLicense } from '../support/scene.js';
import { startServer, type TestServer } from '../support/server.js';

let server: TestServer;
let browser: Browser;
let people: PeopleScene;
let person: Person;
let page: Page;
/** The chapter of each operation in the API documentation. */
const chapters = new Map<string, string>();
beforeAll(async () => {
  server = await startServer();
  const { body } = await server.request<{
    paths: Record<string, Record<string, { operationId: string; tags: [string] }>>;
  }>('GET', '/openapi.json', { auth: null });
  for (const item of Object.values(body.paths)) {
    for (const { operationId, tags } of Object.values(item)) chapters.set(operationId, tags[0]);
  }
  browser = await openBrowser();
  people = await newPeople(server);
  person = await signIn(browser, server, people.owner);
  ({ page } = person);
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

const marked = (on: Page): Locator => on.locator('tr[aria-current="true"]');

/** Waits until the row of a rule, and no other, is marked, in view and in focus. */
async function expectMarked(on: Page, name: string): Promise<void> {
  await marked(on).waitFor();
  expect(await marked(on).evaluateAll((rows) => rows.map((row) => row.id))).toEqual([name]);
  await on.locator('.chart-frame svg').waitFor();
  await on.waitForFunction(
    `(() => {
      const row = document.querySelector('tr[aria-current="true"]');
      const { top, bottom } = row.getBoundingClientRect();
      const header = document.querySelector('.app-header').getBoundingClientRect().bottom;
      return row === document.activeElement && top >= header && bottom <= window.innerHeight;
    })()`,
  );
}

const open = async (address: string): Promise<void> => {
  await page.goto('about:blank');
  await page.goto(address);
};

/** The operations that an event of a machine is part of. */
function operationsFor(machine: DescribedMachine, event: string): readonly string[] {
  if (isKept(machine)) return [operationOf(machine.id, event)].filter((operationId) => operationId !== null);
  return operationsOfClient[event as keyof typeof operationsOfClient]?.operations ?? [];
}

/** The addresses that the links within a part of the page lead to. */
const linksIn = (part: Locator): Promise<string[]> =>
  part.getByRole('link').evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''));

describe('an address', () => {
  it.each([
    ['/inspector/device#active', 'States'],
    ['/inspector/device#logOut', 'Events'],
    ['/inspector/device#seatIsFree', 'Guards'],
    ['/inspector/remoteDeactivation#blockingDeviceLeft', 'Events'],
    ['/inspector/supportTicket#closed', 'States'],
    ['/inspector/clientSession#clockBehind', 'States'],
    ['/inspector/clientSession#personAsks', 'Guards'],
  ])('%s leads to its row among the %s, which is marked', async (address, table) => {
    await open(address);
    const name = address.split('#')[1] ?? '';
    await expectMarked(page, name);
    const row = page.getByRole('table', { name: table }).locator(`tr#${name}`);
    expect(await row.getByRole('link', { name, exact: true }).count()).toBe(1);
  });

  it('that names no rule marks nothing', async () => {
    await open('/inspector/device#panel');
    await page.getByRole('table', { name: 'Guards' }).waitFor();
    expect(await marked(page).count()).toBe(0);
  });

  it('is had from the row itself, and from where a guard is asked', async () => {
    await open('/inspector/device');
    const guards = page.getByRole('table', { name: 'Guards' });
    await page.getByRole('table', { name: 'Transitions' }).getByRole('link', { name: 'isOverdue' }).click();
    await expectMarked(page, 'isOverdue');
    expect(new URL(page.url()).hash).toBe('#isOverdue');
    await guards.getByRole('link', { name: 'seatIsFree', exact: true }).click();
    await expectMarked(page, 'seatIsFree');
    await page.goBack();
    await expectMarked(page, 'isOverdue');
  });

  it('stays what it is through signing in', async () => {
    const stranger = await Person.sitDown(browser, server.url);
    const { page: theirs } = stranger;
    await theirs.goto('/inspector/device#logOut');
    await theirs.getByLabel('E-mail').fill(people.reader.email);
    expect(new URL(theirs.url()).searchParams.get('next')).toBe('/inspector/device#logOut');
    await theirs.getByRole('textbox', { name: 'Password' }).fill(passwordOfTheTests);
    await theirs.getByRole('button', { name: 'Sign in' }).click();
    await expectMarked(theirs, 'logOut');
    expect(theirs.url()).toBe(`${server.url}/inspector/device#logOut`);
    expectNoTroubles(stranger);
    await stranger.leave();
  });

  it.each([
    'https://elsewhere.example/inspector/device#logOut',
    '//elsewhere.example#logOut',
    '/\\elsewhere.example#x',
  ])('of another server is not gone to after signing in: %s', async (next) => {
    const stranger = await Person.sitDown(browser, server.url);
    const { page: theirs } = stranger;
    await theirs.goto(`/sign-in?next=${encodeURIComponent(next)}`);
    await theirs.getByLabel('E-mail').fill(people.reader.email);
    await theirs.getByRole('textbox', { name: 'Password' }).fill(passwordOfTheTests);
    await theirs.getByRole('button', { name: 'Sign in' }).click();
    await theirs.getByRole('heading', { level: 1, name: 'Licenses' }).waitFor();
    expect(theirs.url()).toBe(`${server.url}/licenses`);
    expectNoTroubles(stranger);
    await stranger.leave();
  });
});

describe.each(describedMachines)('the page of $id', (described) => {
  const { id, states, events, guards } = described;
  it('has a row with an address for each state, event and guard', async () => {
    await open(`/inspector/${id}`);
    await page.getByRole('table', { name: 'States' }).waitFor();
    const rows = await page.locator('tr[id]').evaluateAll((found) => found.map((row) => row.id));
    expect(rows).toEqual([...states, ...events, ...guards].map(({ name }) => name));
    const ids = await page.locator('[id]').evaluateAll((found) => found.map((each) => each.id));
    expect(ids.filter((each, index) => ids.indexOf(each) !== index)).toEqual([]);
  });

  it('breaks names between their words only', async () => {
    await open(`/inspector/${id}`);
    await page.getByRole('table', { name: 'States' }).waitFor();
    const broken = await page.evaluate<string[]>(
      `[...document.querySelectorAll('table a')].flatMap((link) => {
        const walker = document.createTreeWalker(link, NodeFilter.SHOW_TEXT);
        const parts = [];
        while (walker.nextNode()) parts.push(walker.currentNode);
        return parts.filter((part) => {
          if (!/^[A-Za-z]+$/.test(part.data)) return false;
          const range = document.createRange();
          range.selectNodeContents(part);
          return new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size > 1;
        }).map(({ data }) => data);
      })`,
    );
    expect(broken).toEqual([]);
    // Where there is room for the whole name, it is whole.
    const split = await page.evaluate<string[]>(
      `[...document.querySelectorAll('table .one-word')].filter((word) => {
        const range = document.createRange();
        range.selectNodeContents(word);
        return new Set([...range.getClientRects()].map(({ top }) => Math.round(top / 8))).size > 1;
      }).map(({ textContent }) => textContent)`,
    );
    expect(split).toEqual([]);
  });

  it('leads to pages of refusals that lead back, and is led to by no other', async () => {
    await open(`/inspector/${id}`);
    await page.getByRole('table', { name: 'States' }).waitFor();
    const there: string[] = [];
    for (const rule of [...states, ...guards]) {
      for (const link of await linksIn(page.locator(`tr#${rule.name}`))) {
        if (link.startsWith('/problems/')) there.push(`${link} ${rule.name}`);
      }
    }
    const back: string[] = [];
    const index = await (await fetch(`${server.url}/problems`)).text();
    const refusals = [...index.matchAll(/href="(\/problems\/[a-z-]+)"/g)].map(([, to = '']) => to);
    expect(refusals.length).toBeGreaterThan(20);
    for (const refusal of refusals) {
      const html = await (await fetch(server.url + refusal)).text();
      const sources = html.matchAll(/<li>(?:Guard|State) <a href="\/inspector\/(\w+)#(\w+)"/g);
      for (const [, machine, name] of sources) if (machine === id) back.push(`${refusal} ${name}`);
    }
    expect(there.sort()).toEqual(back.sort());
  });

  it('leads from each event that is part of an operation to it, unfolded in the API documentation', async () => {
    await open(`/inspector/${id}`);
    await page.getByRole('table', { name: 'States' }).waitFor();
    const links: [string, string][] = [];
    for (const { name } of events) {
      for (const link of await linksIn(page.locator(`tr#${name}`))) {
        if (link.startsWith('/docs')) links.push([name, link]);
      }
    }
    const expected = events.flatMap(({ name }) =>
      operationsFor(described, name).map((operationId): [string, string] => [
        name,
        addressOfOperation(chapters.get(operationId) ?? '', operationId),
      ]),
    );
    expect(links.sort()).toEqual(expected.sort());
    // One of each machine is looked at; test/openapi/links.spec.ts looks at the descriptions of all.
    const [first = ['', '']] = expected;
    const [, address] = first;
    await open(address);
    const unfolded = page.locator('.opblock.is-open');
    await unfolded.waitFor();
    expect(await unfolded.getAttribute('id')).toMatch(new RegExp(`-${address.split('/').at(-1)}$`));
    const back = await unfolded.locator('a').evaluateAll((all) => all.map((each) => each.getAttribute('href')));
    for (const [name, to] of expected) if (to === address) expect(back).toContain(`/inspector/${id}#${name}`);
    expect(back.filter((to) => to?.startsWith('/problems/')).length).toBeGreaterThan(3);
  });
});

describe('the page of a refusal', () => {
  it('leads to the rule, marked, and to the operation, unfolded', async () => {
    await page.goto('/problems/no-seat-available');
    await page.getByRole('link', { name: 'seatIsFree' }).click();
    await expectMarked(page, 'seatIsFree');
    await page.getByRole('table', { name: 'Guards' }).getByRole('link', { name: 'noSeatAvailable' }).click();
    await page.getByRole('heading', { level: 1, name: 'All seats are occupied' }).waitFor();
    await page.getByRole('link', { name: 'POST /v1/devices', exact: true }).click();
    await page.locator('.opblock.is-open').waitFor();
    expect(await page.locator('.opblock.is-open').getAttribute('id')).toBe('operations-devices-activateDevice');
  });
});

describe('a refusal in the history', () => {
  it('leads to its page, from the license and from the inspected license, and what was accepted to none', async () => {
    const license = await issueLicense(server, { organizationId: people.organization.id, seats: 1 });
    await activate(server, license, { name: 'Tower' });
    await server.request('POST', '/v1/devices', { auth: license.auth, body: { fingerprint: freshFingerprint() } });
    for (const address of [`/licenses/${license.id}`, `/inspector/license/${license.id}`]) {
      await page.goto(address);
      const refused = page.getByRole('list', { name: 'History' }).locator('[data-outcome=refused]');
      await refused.waitFor();
      expect(await page.getByRole('link', { name: 'What this means' }).count()).toBe(1);
      await refused.getByRole('link', { name: 'What this means' }).click();
      await page.getByRole('heading', { level: 1, name: 'All seats are occupied' }).waitFor();
      expect(new URL(page.url()).pathname).toBe('/problems/no-seat-available');
    }
  });
});

describe('what can happen now', () => {
  it('leads to the rules that allow or refuse it, and to what the refusal means', async () => {
    const license = await issueLicense(server, {
      organizationId: people.organization.id,
      remoteDeactivation: 'disabled',
    });
    const device = await activate(server, license);
    const prospects = page.getByRole('table', { name: 'What can happen now' });
    await page.goto(`/inspector/device/${device.id}`);
    await prospects.getByRole('link', { name: 'remoteDeactivationDisabled', exact: true }).waitFor();
    expect(await linksIn(prospects)).toEqual(
      expect.arrayContaining([
        '/inspector/device#remotelyDeactivate',
        '/inspector/device#remoteDeactivationIsNotDisabled',
        '/problems/remote-deactivation-disabled',
        '/inspector/device#isOverdue',
      ]),
    );
    await prospects.getByRole('link', { name: 'remoteDeactivationIsNotDisabled' }).click();
    await expectMarked(page, 'remoteDeactivationIsNotDisabled');
  });
});

it('says no on pages that a telephone shows whole', async () => {
  const stranger = await browser.newPage({ viewport: { width: 360, height: 780 } });
  const tooWide: string[] = [];
  for (const code of ['', ...problemCodes.map(kebabOf)]) {
    await stranger.goto(`${server.url}/problems/${code}`.replace(/\/$/, ''));
    const hidden = await stranger.evaluate<number>(
      'document.documentElement.scrollWidth - document.documentElement.clientWidth',
    );
    if (hidden > 0) tooWide.push(`${code}: ${hidden}`);
  }
  expect(tooWide).toEqual([]);
  await stranger.close();
});

it('has asked no other host, broken no policy and thrown nothing', () => {
  expectNoTroubles(person);
});
