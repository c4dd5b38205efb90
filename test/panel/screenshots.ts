/**
 * `npm run screenshots`: pictures of every page and state of the panel, light and dark, wide and narrow, into data/screenshots, from a
 * server of its own. Whoever changes how the panel looks, looks at them. With `-- --readme` it renews the pictures of the README instead.
 *
 * Options: --only <part of a name> --folder data/screenshots --readme
 */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openBrowser, type Person } from '../support/browser.js';
import { newPanelScene } from '../support/panel.scene.js';
import { type Onlooker, panelSights, settle, sitDownAs } from '../support/panel.sights.js';
import { startServer } from '../support/server.js';

interface Picture {
  /** The name of a sight. */
  of: string;
  path: string;
  /** In CSS pixels. */
  width: number;
  height: number;
  scheme: 'light' | 'dark';
  /** As long as the page is, and not as high as the window. */
  isWhole: boolean;
}

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    folder: { type: 'string', default: 'data/screenshots' },
    readme: { type: 'boolean', default: false },
  },
});

const everyPicture: readonly Picture[] = panelSights.flatMap(({ name: of }) =>
  [1280, 360].flatMap((width) =>
    (['light', 'dark'] as const).map((scheme) => ({
      of,
      path: join(values.folder, `${of}-${width}-${scheme}.png`),
      width,
      height: 900,
      scheme,
      // A dialog is centred in the window; of a page one wants to see all.
      isWhole: !of.startsWith('dialog-'),
    })),
  ),
);

const ofReadme: readonly Picture[] = (
  [
    ['license-enabled', 'license', 1000, 700, 'light'],
    ['dialog-deactivate', 'deactivation', 1000, 640, 'light'],
    ['ticket', 'ticket', 1000, 760, 'light'],
    ['inspector-live', 'inspector', 1280, 1000, 'light'],
    ['license-enabling', 'license-narrow-dark', 360, 720, 'dark'],
  ] as const
).map(([of, file, width, height, scheme]) => ({
  of,
  path: join('test/panel/pictures', `${file}.png`),
  width,
  height,
  scheme,
  isWhole: false,
}));

const wanted = (values.readme ? ofReadme : everyPicture).filter(({ of }) => of.includes(values.only));
if (!values.readme) {
  if (values.only === '') rmSync(values.folder, { recursive: true, force: true });
  mkdirSync(values.folder, { recursive: true });
}

const server = await startServer();
const browser = await openBrowser();
try {
  const scene = await newPanelScene(server);
  const people = new Map<Onlooker, Person>();
  for (const { name, by, show } of panelSights) {
    const [first, ...others] = wanted.filter(({ of }) => of === name);
    if (first === undefined) continue;
    const person = people.get(by) ?? (await sitDownAs(browser, server, scene, by));
    people.set(by, person);
    const { page } = person;
    await page.setViewportSize(first);
    await show(page, scene);
    for (const { path, width, height, scheme, isWhole } of [first, ...others]) {
      await page.setViewportSize({ width, height });
      await page.emulateMedia({ colorScheme: scheme });
      await settle(page);
      // What was clicked last may be far down.
      await page.evaluate('window.scrollTo(0, 0)');
      await page.screenshot({ path, fullPage: isWhole, animations: 'disabled' });
    }
    process.stdout.write(`${name}\n`);
  }
} finally {
  await browser.close();
  await server.stop();
}
