/**
 * `npm run screenshots`: pictures of every page and state of the panel, light and dark, wide and narrow, into data/screenshots, from a
 * server of its own. Whoever changes how the panel looks, looks at them.
 *
 * Options: --only <part of a name> --folder data/screenshots
 */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openBrowser, type Person } from '../support/browser.js';
import { newPanelScene } from '../support/panel.scene.js';
import { type Onlooker, panelSights, settle, sitDownAs } from '../support/panel.sights.js';
import { startServer } from '../support/server.js';

const widths = [1280, 360] as const;
const schemes = ['light', 'dark'] as const;
const height = 900;

const { values } = parseArgs({
  options: { only: { type: 'string', default: '' }, folder: { type: 'string', default: 'data/screenshots' } },
});
const wanted = panelSights.filter(({ name }) => name.includes(values.only));
if (values.only === '') rmSync(values.folder, { recursive: true, force: true });
mkdirSync(values.folder, { recursive: true });

const server = await startServer();
const browser = await openBrowser();
try {
  const scene = await newPanelScene(server);
  const people = new Map<Onlooker, Person>();
  for (const { name, by, show } of wanted) {
    const person = people.get(by) ?? (await sitDownAs(browser, server, scene, by));
    people.set(by, person);
    const { page } = person;
    await page.setViewportSize({ width: widths[0], height });
    await show(page, scene);
    for (const width of widths) {
      await page.setViewportSize({ width, height });
      for (const colorScheme of schemes) {
        await page.emulateMedia({ colorScheme });
        await settle(page);
        // A dialog is centred in the window; of a page one wants to see all.
        const fullPage = (await page.getByRole('dialog').count()) === 0;
        await page.screenshot({
          path: join(values.folder, `${name}-${width}-${colorScheme}.png`),
          fullPage,
          animations: 'disabled',
        });
      }
    }
    process.stdout.write(`${name}\n`);
  }
} finally {
  await browser.close();
  await server.stop();
}
