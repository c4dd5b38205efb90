/**
 * Every page of the panel and its main states, in both schemes, wide and narrow: axe finds nothing, nothing has to be scrolled
 * sideways or sticks out of its part of the page, no other host is asked, the policy is kept.
 */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { openBrowser, type Person } from '../support/browser.js';
import { newPanelScene, type PanelScene } from '../support/panel.scene.js';
import { type Onlooker, panelSights, settle, sitDownAs } from '../support/panel.sights.js';
import { startServer, type TestServer } from '../support/server.js';

/** What differs between the schemes: nothing but colours. */
const rulesOfColour = ['color-contrast', 'link-in-text-block'];

const views = [
  { width: 1280, colorScheme: 'light' },
  { width: 1280, colorScheme: 'dark', rules: rulesOfColour },
  // Where tables have the least room before they become cards.
  { width: 900, colorScheme: 'light', rules: [] },
  { width: 360, colorScheme: 'dark' },
  // Its colours are those of the wide one.
  { width: 360, colorScheme: 'light', rules: [] },
] as const satisfies readonly { width: number; colorScheme: 'light' | 'dark'; rules?: readonly string[] }[];

let server: TestServer;
let browser: Browser;
let scene: PanelScene;
const people = new Map<Onlooker, Person>();

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer(), openBrowser()]);
  scene = await newPanelScene(server);
});

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

async function personFor(onlooker: Onlooker): Promise<Person> {
  const known = people.get(onlooker);
  if (known !== undefined) return known;
  const person = await sitDownAs(browser, server, scene, onlooker);
  people.set(onlooker, person);
  return person;
}

describe('every page in every view', () => {
  it.each(panelSights.map((sight) => [sight.name, sight] as const))('%s', async (name, { by, show }) => {
    const person = await personFor(by);
    const { page } = person;
    await page.setViewportSize({ width: views[0].width, height: 900 });
    await page.emulateMedia({ colorScheme: views[0].colorScheme });
    await show(page, scene);
    const found: unknown[] = [];
    // The page behind a dialog is looked at without it.
    const within = name.startsWith('dialog-') ? '[role="dialog"]' : undefined;
    for (const { width, colorScheme, ...view } of views) {
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme });
      await settle(page);
      await person.drawnToSize();
      const isForAxe = !('rules' in view) || view.rules.length > 0;
      const findings = isForAxe ? await person.accessibilityFindings({ ...view, within }) : [];
      const sideways = await person.sidewaysPixels();
      const bulging = await person.bulgingSections();
      if (findings.length > 0 || sideways > 0 || bulging.length > 0) {
        found.push({ width, colorScheme, findings, sideways, bulging });
      }
    }
    expect(found).toEqual([]);
    expect(person.troubles).toEqual([]);
  });
});
