/** The history of a subject that has thousands of rows: it begins at the moment that a link names, and leads on from there to both ends. */
import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { openBrowser, type Person } from '../support/browser.js';
import { growHistory } from '../support/grown.history.js';
import { until } from '../support/lives.js';
import { expectNoTroubles, newPeople, signIn } from '../support/panel.js';
import { arriveAt, tabTo } from '../support/panel.keyboard.js';
import {
  activate,
  type DeviceScene,
  historyOfLicense,
  issueLicense,
  type LicenseScene,
  logOut,
} from '../support/scene.js';
import { startServer, type TestServer } from '../support/server.js';

/** Of a list that begins at the newest, more than anybody would wait for. */
const rowCount = 12_000;
/** When the device logged out; every other row is an activation. */
const early = 300;

let server: TestServer;
let browser: Browser;
let person: Person;
let page: Page;
let license: LicenseScene;
let device: DeviceScene;
let newest: number;

beforeAll(async () => {
  server = await startServer();
  browser = await openBrowser();
  const people = await newPeople(server);
  license = await issueLicense(server, { organizationId: people.organization.id });
  device = await activate(server, license, { name: 'Tower' });
  await growHistory(server, license, device, rowCount);
  person = await signIn(browser, server, people.owner);
  ({ page } = person);
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});
beforeEach(async () => {
  const [last] = await historyOfLicense(server, license.id);
  newest = last?.sequence ?? 0;
  expect(newest).toBeGreaterThan(rowCount);
});

const box = () => page.getByRole('region', { name: 'Events' });
const rowOf = (sequence: number) => page.locator(`.trail-row[data-sequence="${sequence}"]`);
const button = (name: string) => page.getByRole('button', { name });
const toMoment = (sequence: number) => page.goto(`/inspector/device/${device.id}?sequence=${sequence}`);

/** Waits until the row of a moment is marked and in sight. */
async function isMarked(sequence: number): Promise<void> {
  const row = rowOf(sequence).and(page.locator('[data-shown]'));
  await row.waitFor();
  await until(`row ${sequence} is in sight`, () =>
    row.evaluate((node) => {
      const frame = node.closest('.trail')?.getBoundingClientRect();
      const { top, bottom } = node.getBoundingClientRect();
      return frame !== undefined && top >= frame.top - 1 && bottom <= frame.bottom + 1;
    }),
  );
}

const sequencesDrawn = (): Promise<number[]> =>
  page.locator('.trail-row').evaluateAll((rows) => rows.map(({ dataset }) => Number(dataset.sequence)));

/** Lets the device do something that is a row, and says which. */
async function liveOn(): Promise<number> {
  const { auth } = await activate(server, license, { fingerprint: device.fingerprint });
  await logOut(server, { id: device.id, auth });
  const [last] = await historyOfLicense(server, license.id);
  return last?.sequence ?? 0;
}

it('begins at the moment, marked and in sight, with what came before and after it', async () => {
  await toMoment(early);
  await isMarked(early);
  await rowOf(early - 1).waitFor();
  await rowOf(early + 1).waitFor();
  await button('Go to the newest').waitFor();
});

it('leads on to the oldest by being scrolled', async () => {
  await toMoment(early);
  await isMarked(early);
  await until('the first event of the device is there', async () => {
    await box().evaluate((node) => node.scrollTo({ top: node.scrollHeight }));
    return (await rowOf(2).count()) === 1;
  });
  expect((await sequencesDrawn()).at(-1)).toBe(2);
});

it('leads on to newer events without a gap, and by the keyboard to the newest; from there on it is live', async () => {
  await toMoment(newest - 450);
  await isMarked(newest - 450);
  const seam = newest - 250;
  await until('it was scrolled up to where newer events are missing', async () => {
    await box().evaluate((node) => node.scrollTo({ top: 0 }));
    return (await rowOf(seam).count()) === 1;
  });
  await tabTo(page, button('Show newer events'));
  await page.keyboard.press('Enter');
  // Where the parts meet is in sight.
  await rowOf(seam + 1).waitFor();
  const drawn = await sequencesDrawn();
  expect(drawn).toEqual(drawn.map((_, index) => (drawn[0] ?? 0) - index));
  expect(drawn).toContain(seam);
  // Its button is there for as long as there is more, and has the focus.
  await arriveAt(page, button('Show newer events'));
  await page.keyboard.press('Enter');
  await button('Show newer events').waitFor({ state: 'detached' });
  await arriveAt(page, box());
  await until('the newest is there', async () => {
    await box().evaluate((node) => node.scrollTo({ top: 0 }));
    return (await rowOf(newest).count()) === 1;
  });
  const last = await liveOn();
  await rowOf(last).waitFor();
  expect((await sequencesDrawn()).slice(0, 3)).toEqual([last, last - 1, last - 2]);
});

it('goes to the newest, which is live, and stays there while the chart shows the past', async () => {
  await toMoment(early);
  await isMarked(early);
  // It has no place in the list, and is there afterwards.
  const meanwhile = await liveOn();
  await tabTo(page, button('Go to the newest'));
  await page.keyboard.press('Enter');
  await rowOf(meanwhile).waitFor();
  await button('Go to the newest').waitFor({ state: 'detached' });
  await arriveAt(page, box());
  const last = await liveOn();
  await rowOf(last).waitFor();
  expect(await page.getByText('This is the past').count()).toBe(1);
  expect((await sequencesDrawn()).slice(0, 2)).toEqual([last, last - 1]);
});

it('is at the newest when one goes back to live, and at the moment when one goes back to that', async () => {
  await toMoment(early);
  await isMarked(early);
  await page.getByRole('link', { name: 'Back to live' }).click();
  await rowOf(newest).waitFor();
  await page.getByText('Live', { exact: true }).waitFor();
  await page.goBack();
  await isMarked(early);
});

it('is narrowed down around the moment', async () => {
  await toMoment(early);
  await isMarked(early);
  await page.getByRole('group', { name: 'Filter the history' }).getByLabel('Event').selectOption('logOut');
  await rowOf(early + 1).waitFor({ state: 'detached' });
  await isMarked(early);
  await rowOf(early + 2).waitFor();
  await rowOf(early - 2).waitFor();
});

it('loses no row that comes while older ones are on their way', async () => {
  await page.goto(`/inspector/device/${device.id}`);
  await rowOf(newest).waitFor();
  let asked = 0;
  let release = (): void => undefined;
  const released = new Promise<void>((done) => (release = done));
  await page.route('**/transitions?*startAt=*', async (route) => {
    asked += 1;
    if (asked > 1) return route.fallback();
    const response = await route.fetch();
    await released;
    await route.fulfill({ response });
  });
  await until('older rows are asked for', async () => {
    await box().evaluate((node) => node.scrollTo({ top: node.scrollHeight }));
    return asked > 0;
  });
  await box().evaluate((node) => node.scrollTo({ top: 0 }));
  await rowOf(newest).waitFor();
  const last = await liveOn();
  // Longer than rows of the stream are gathered, so that it would have been put in.
  await page.evaluate(`new Promise((done) => {
    const begun = performance.now();
    const look = () => (performance.now() - begun > 1_000 ? done() : requestAnimationFrame(look));
    look();
  })`);
  release();
  await rowOf(last).waitFor();
  await until('the older rows are there', async () => {
    await box().evaluate((node) => node.scrollTo({ top: node.scrollHeight }));
    return (await sequencesDrawn()).some((sequence) => sequence < newest - 200);
  });
  await until('the newest are there', async () => {
    await box().evaluate((node) => node.scrollTo({ top: 0 }));
    return (await rowOf(last).count()) === 1;
  });
  expect((await sequencesDrawn()).slice(0, 3)).toEqual([last, last - 1, last - 2]);
});

it('has asked no other host, broken no policy and thrown nothing', () => {
  expectNoTroubles(person);
});
