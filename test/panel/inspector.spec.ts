/** The inspector in a browser: every machine's chart, moved and zoomed; and a sandbox that shows on the chart what would happen. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page, Request } from 'playwright-core';
import { until } from '../support/lives.js';
import { openBrowser, type Person } from '../support/browser.js';
import { expectNoTroubles, newPeople, type PeopleScene, signIn } from '../support/panel.js';
import { settle } from '../support/panel.sights.js';
import { activate, issueLicense } from '../support/scene.js';
import { startServer, type TestServer } from '../support/server.js';

let server: TestServer;
let browser: Browser;
let people: PeopleScene;
let person: Person;
let page: Page;
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

const chart = () => page.getByRole('group', { name: /^Chart: / });
const litStates = () =>
  page.locator('.chart-state[data-lit]').evaluateAll((parts) => parts.map((part) => part.dataset.state));
const litWays = () =>
  page.locator('.chart-edge[data-lit]').evaluateAll((parts) => parts.map((part) => part.dataset.transition));

async function open(machine: string): Promise<void> {
  await page.goto(`/inspector/${machine}`);
  await chart().locator('svg').waitFor();
}

describe('a chart', () => {
  it.each([
    ['Device', ['inactive', 'active', 'loggedOut', 'expired', 'remotelyDeactivated']],
    ['Remote deactivation', ['disabled', 'enabling', 'enabled']],
    ['License', ['active', 'suspended', 'expired', 'revoked']],
    ['Support ticket', ['open', 'resolved', 'closed']],
    [
      'Client session',
      ['signedOut', 'activating', 'active', 'offline', 'clockBehind', 'onHold', 'loggingOut', 'ended', 'deactivated'],
    ],
  ])('is there for %s, with its states in words below', async (name, states) => {
    await page.goto('/inspector');
    await page.getByRole('navigation', { name: 'Machines' }).getByRole('link', { name, exact: true }).click();
    await page.getByRole('heading', { level: 1, name: `Inspector: ${name}` }).waitFor();
    await page
      .getByRole('group', { name: `Chart: ${name}` })
      .locator('svg')
      .waitFor();
    const drawn = page.locator('.chart-state');
    expect(await drawn.evaluateAll((parts) => parts.map((part) => part.dataset.state))).toEqual(states);
    const rows = page.getByRole('table', { name: 'States' }).getByRole('row');
    expect(await rows.count()).toBe(1 + states.length);
    // Drawn in the colours of the panel, although a style within it would be refused.
    const fill = await page.evaluate("getComputedStyle(document.querySelector('.chart-box')).fill");
    expect(fill).toBe('rgb(248, 250, 252)');
  });

  it('is zoomed by buttons and by the keyboard, and fits again', async () => {
    await open('device');
    const width = () =>
      chart()
        .locator('svg')
        .evaluate((node) => node.getBoundingClientRect().width);
    const first = await width();
    await page.getByRole('button', { name: 'Zoom in' }).click();
    expect(await width()).toBeCloseTo(first * 1.25, 0);
    await page.getByRole('button', { name: 'Zoom out' }).click();
    expect(await width()).toBeCloseTo(first, 0);
    await chart().focus();
    for (const key of ['+', '+', '+']) await page.keyboard.press(key);
    expect(await width()).toBeCloseTo(first * 1.25 ** 3, 0);
    await page.keyboard.press('0');
    expect(await width()).toBeCloseTo(first, 0);
  });

  it('can be read on a telephone, where it begins, and is seen whole when asked for', async () => {
    await page.setViewportSize({ width: 360, height: 780 });
    await open('device');
    // Of the smallest words, as they are seen.
    const pixels = await page.evaluate<number>(
      `(() => {
        const drawn = document.querySelector('.chart-frame svg');
        const size = Number(drawn.querySelector('.chart-guard').getAttribute('font-size'));
        return (size * drawn.getBoundingClientRect().width) / drawn.viewBox.baseVal.width;
      })()`,
    );
    expect(pixels).toBeGreaterThan(8);
    const isInSight = await page.evaluate<boolean>(
      `(() => {
        const frame = document.querySelector('.chart-frame').getBoundingClientRect();
        const { left, right, top, bottom } = document.querySelector('.chart-state').getBoundingClientRect();
        return left >= frame.left && right <= frame.right && top >= frame.top && bottom <= frame.bottom;
      })()`,
    );
    expect(isInSight).toBe(true);
    await page.getByRole('button', { name: 'Fit' }).click();
    await until('it is there whole', () => chart().evaluate((frame) => frame.scrollWidth <= frame.clientWidth));
    await page.setViewportSize({ width: 1280, height: 900 });
  });

  it('is moved with the mouse, and with the arrow keys', async () => {
    await open('device');
    for (const key of ['+', '+', '+', '+', '+']) await chart().press(key);
    const place = () => chart().evaluate((node) => [node.scrollLeft, node.scrollTop] as const);
    const box = await chart().boundingBox();
    if (box === null) throw new Error('the chart is nowhere');
    await page.mouse.move(box.x + 300, box.y + 300);
    await page.mouse.down();
    await page.mouse.move(box.x + 200, box.y + 220, { steps: 5 });
    await page.mouse.up();
    expect(await place()).toEqual([100, 80]);
    await page.mouse.move(box.x + 100, box.y + 100);
    expect(await place()).toEqual([100, 80]);
    await chart().focus();
    await page.keyboard.press('ArrowDown');
    await until('the chart has moved down', async () => (await place())[1] > 80);
  });

  it('tells how many are in each state, beside its words and upon none of them', async () => {
    await issueLicense(server, { organizationId: people.organization.id });
    for (const machine of ['device', 'remoteDeactivation', 'license', 'supportTicket']) {
      await open(machine);
      await page.locator('.chart-count').first().waitFor();
      const overlaps = await page.evaluate<string[]>(
        `(() => {
          const boxOf = (part) => part.getBoundingClientRect();
          const meet = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
          const texts = [...document.querySelectorAll('.chart text')];
          return [...document.querySelectorAll('.chart-count')].flatMap((badge) =>
            texts.filter((text) => !badge.contains(text) && meet(boxOf(badge), boxOf(text))).map((text) => text.textContent));
        })()`,
      );
      expect(overlaps).toEqual([]);
    }
    await open('license');
    const cells = page
      .getByRole('table', { name: 'States' })
      .getByRole('row')
      .filter({ hasText: /^active/ });
    await until('the license is counted', async () => /[1-9]/.test((await cells.textContent()) ?? ''));
    const before = Number(await page.locator('[data-state="active"] .chart-count text').textContent());
    await issueLicense(server, { organizationId: people.organization.id });
    const badge = page.locator('[data-state="active"] .chart-count text');
    await until('the next one is counted', async () => Number(await badge.textContent()) === before + 1);
  });

  it('says of a way that it is taken where another is not', async () => {
    const words = async (table: string, row: RegExp) =>
      page.getByRole('table', { name: table, exact: true }).getByRole('row').filter({ hasText: row }).allTextContents();
    await open('license');
    const [guarded, other] = await words('Transitions', /^reinstatesuspended/);
    expect(guarded).toContain('validityHasEnded');
    expect(other).toMatch(/Otherwise$/);
    expect(await words('Transitions', /Always$/)).not.toContainEqual(expect.stringMatching(/^reinstatesuspended/));
    expect((await words('Guards', /^validityHasEnded/))[0]).toMatch(/eventNotAllowed, or the event takes another way$/);
    await open('remoteDeactivation');
    expect((await words('Guards', /^noDeviceIsActive/))[0]).toMatch(/The event takes another way$/);
    expect((await words('Transitions', /^disableenabled/))[0]).toMatch(/Always$/);
  });

  it('can be taken away in each form', async () => {
    await open('license');
    for (const [name, ending] of [
      ['SVG', 'svg'],
      ['SCXML', 'scxml'],
      ['Mermaid', 'mmd'],
      ['XState JSON', 'json'],
      ['Markdown', 'md'],
    ] as const) {
      const downloading = page.waitForEvent('download');
      await page.getByRole('group', { name: 'Downloads' }).getByRole('link', { name, exact: true }).click();
      expect((await downloading).suggestedFilename()).toBe(`license.${ending}`);
    }
  });
});

describe('the session of client software', () => {
  it('tells where the software may run, and why nobody is counted in it', async () => {
    const asked: string[] = [];
    const hear = (request: Request): number => asked.push(new URL(request.url()).pathname);
    page.on('request', hear);
    await open('clientSession');
    const states = page.getByRole('table', { name: 'States' });
    expect(await states.getByRole('columnheader').allTextContents()).toEqual([
      'State',
      'What it is',
      'Says to other events',
    ]);
    const mayRun = states.getByRole('row').filter({ has: page.locator('.tag', { hasText: 'May run' }) });
    expect(await mayRun.evaluateAll((rows) => rows.map((row) => row.id))).toEqual(['active', 'offline']);
    await page.getByText('Lives in client software; the server sees its requests only.').waitFor();
    await page
      .getByRole('region', { name: 'Coverage' })
      .getByText(/No run|Transitions taken/)
      .waitFor();
    expect(await page.locator('.chart-count').count()).toBe(0);
    await open('license');
    // Of the others it is asked each second.
    const populations = () => asked.filter((path) => path.endsWith('/population'));
    await until('the licenses are counted twice', () => populations().length > 1);
    expect(asked).toContain('/v1/machines/clientSession');
    expect([...new Set(populations())]).toEqual(['/v1/machines/license/population']);
    page.off('request', hear);
    expect(await page.getByText('Lives in client software').count()).toBe(0);
    expect(await states.getByRole('columnheader').allTextContents()).toContain('In it now');
    expect(await states.locator('.tag', { hasText: 'May run' }).count()).toBe(0);
  });

  it('says which events are requests, which are answers, and which are neither', async () => {
    await open('clientSession');
    const events = page.getByRole('table', { name: 'Events' });
    const said = (name: string) => events.locator(`tr#${name} td`).last().innerText();
    expect(await said('activate')).toBe('POST /v1/devices');
    expect(await said('confirm')).toMatch(
      /^Answer to POST \/v1\/devices\s+Answer to POST \/v1\/devices\/\{id\}\/check-ins?$/,
    );
    expect(await said('missAnswer')).toBe('Nothing: silence, time or a restart of the software brings it');
  });

  it('is imagined in the sandbox, with who asks; its “no” leads to no page of refusals', async () => {
    await open('clientSession');
    await page.getByLabel('State', { exact: true }).selectOption('deactivated');
    await page.getByLabel('Event', { exact: true }).selectOption('activate');
    await page.getByText('{"byPerson": true}').waitFor();
    await page.getByLabel('Facts').fill('{"byPerson": false}');
    await page.getByRole('button', { name: 'Decide' }).click();
    const verdict = page.getByRole('status').filter({ hasText: 'It would be refused.' });
    await verdict.waitFor();
    expect(await verdict.textContent()).toMatch(/A person asks for the seat now.*eventNotAllowed\s*$/);
    expect(await verdict.getByRole('link').count()).toBe(0);
    expect(await litStates()).toEqual(['deactivated']);
    await page.getByLabel('Facts').fill('');
    await page.getByRole('button', { name: 'Decide' }).click();
    await page.getByText('activate: deactivated → activating').waitFor();
    expect(await litStates()).toEqual(['activating', 'deactivated']);
  });

  it('has no page for one of them, since the server keeps none', async () => {
    await page.goto('/inspector/clientSession/01a20d9c-ba37-719a-a833-6cc15263ce43');
    await page.getByRole('heading', { level: 1, name: 'There is no such page' }).waitFor();
  });
});

describe('the history of a license', () => {
  it('leads to the chart, with what happened on it', async () => {
    const license = await issueLicense(server, { organizationId: people.organization.id });
    const device = await activate(server, license, { name: 'Tower' });
    await server.request('POST', `/v1/devices/${device.id}/log-out`, { auth: device.auth });
    const rows = page.getByRole('list', { name: 'History' }).getByRole('listitem');
    const leadsTo = async (words: RegExp, name: string, lit: string[], ways: string[]): Promise<void> => {
      await page.goto(`/licenses/${license.id}`);
      // Until everything above the history is there, a row may move under the pointer.
      await settle(page);
      await page.locator('.plot svg').first().waitFor();
      await rows.filter({ hasText: words }).getByRole('link', { name: 'On the chart' }).click();
      await page
        .getByRole('group', { name: `Chart: ${name}` })
        .locator('svg')
        .waitFor();
      expect(await litStates()).toEqual(lit);
      const edges = page.locator('.chart-edge[data-lit]');
      expect(await edges.evaluateAll((parts) => parts.map((part) => part.dataset.transition))).toEqual(ways);
    };
    await leadsTo(/Tower logged out/, 'Device', ['loggedOut'], ['active.logOut']);
    await leadsTo(/Tower took a seat/, 'Device', ['active'], ['inactive.activate']);
    await leadsTo(/issued the license/, 'License', ['active'], []);
    // What is imagined afterwards stands out instead.
    const sandbox = page.getByRole('region', { name: 'Sandbox' });
    await sandbox.getByLabel('Event', { exact: true }).selectOption('suspend');
    await sandbox.getByRole('button', { name: 'Decide' }).click();
    await page.getByText('suspend: active → suspended').waitFor();
    expect(await litStates()).toEqual(['active', 'suspended']);
  });
});

describe('the sandbox', () => {
  it('says what would happen, and lights it on the chart', async () => {
    await open('device');
    await page.getByLabel('State', { exact: true }).selectOption('active');
    await page.getByLabel('Event', { exact: true }).selectOption('logOut');
    await page.getByRole('button', { name: 'Decide' }).click();
    await page.getByText('logOut: active → loggedOut').waitFor();
    expect(await litStates()).toEqual(['active', 'loggedOut']);
    // The way as well, or one could not see from where to where.
    expect(await litWays()).toEqual(['active.logOut']);
    await page.getByText('What is lit on the chart is imagined.').waitFor();
    await page.getByRole('button', { name: 'Show what is' }).click();
    expect([await litStates(), await litWays()]).toEqual([[], []]);
  });

  it('lights what stays within a state, and the way that is taken of two', async () => {
    await open('license');
    await page.getByLabel('State', { exact: true }).selectOption('active');
    await page.getByLabel('Event', { exact: true }).selectOption('renew');
    await page.getByRole('button', { name: 'Decide' }).click();
    await page.getByText('renew: it stays active').waitFor();
    expect([await litStates(), await litWays()]).toEqual([['active'], []]);
    await page.getByLabel('State', { exact: true }).selectOption('suspended');
    await page.getByLabel('Event', { exact: true }).selectOption('reinstate');
    await page.getByRole('button', { name: 'Decide' }).click();
    await page.getByText('reinstate: suspended → active').waitFor();
    expect(await litWays()).toEqual(['suspended.reinstate.1']);
  });

  it('names the facts that an event brings, as they ordinarily are', async () => {
    await open('device');
    const facts = page.getByLabel('Facts');
    const described = async () => {
      const id = (await facts.getAttribute('aria-describedby')) ?? '';
      return page.locator(`[id="${id.split(' ')[0] ?? ''}"]`).textContent();
    };
    await page.getByLabel('Event', { exact: true }).selectOption('remotelyDeactivate');
    expect(await described()).toBe('As JSON. Ordinary ones: {"setting": "enabled", "epoch": 1}');
    await page.getByLabel('Event', { exact: true }).selectOption('activate');
    expect(await described()).toContain('"licenseStatus": "active"');
    await page.getByLabel('Event', { exact: true }).selectOption('logOut');
    expect(await described()).toBe(
      'This event brings none but when it happens, such as {"at": "2026-11-24T09:30:00.000Z"}',
    );
  });

  it('says which guard refuses, and what could be done', async () => {
    await open('device');
    await page.getByLabel('State', { exact: true }).selectOption('active');
    await page.getByLabel('Event', { exact: true }).selectOption('remotelyDeactivate');
    await page.getByLabel('Facts').fill('{"setting": "disabled"}');
    await page.getByRole('button', { name: 'Decide' }).click();
    await page.getByText('It would be refused.').waitFor();
    const verdict = page.getByRole('status').filter({ hasText: 'It would be refused.' });
    expect(await verdict.textContent()).toMatch(
      /is not disabled.*remoteDeactivationDisabled.*Enable remote deactivation/,
    );
    expect(await litStates()).toEqual(['active']);
  });

  it('says what is wrong with the facts, and keeps them', async () => {
    await open('device');
    const facts = page.getByLabel('Facts');
    await facts.fill('setting: disabled');
    await page.getByRole('button', { name: 'Decide' }).click();
    await page.getByText('This is not a JSON object.').waitFor();
    await facts.fill('{"mood": 1}');
    await page.getByRole('button', { name: 'Decide' }).click();
    await page.getByText(/event\.mood/).waitFor();
    expect(await facts.inputValue()).toBe('{"mood": 1}');
  });
});

it('has asked no other host, broken no policy and thrown nothing', () => {
  expectNoTroubles(person);
});
