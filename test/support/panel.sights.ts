/** Every page of the panel and its main states: who sees it, and how one gets there. Tests and pictures go through the same list. */
import type { Browser, Page } from 'playwright-core';
import { Person, type Sight } from './browser.js';
import type { PanelScene } from './panel.scene.js';
import type { Role } from './representations.js';
import { unknownId } from './scene.js';
import type { TestServer } from './server.js';

/** Who looks: a role, the owner of a customer without a license, or nobody who is signed in. */
export type Onlooker = Role | 'newcomer' | 'stranger';

export interface PanelSight {
  /** In words that can be a file's name. */
  name: string;
  by: Onlooker;
  /** Opens the page and brings it into the state, and waits until it stands still. */
  show: (page: Page, scene: PanelScene) => Promise<void>;
}

/** Sits somebody down, signed in already: by the API, since one sign-in by the form is enough for a test. */
export async function sitDownAs(
  browser: Browser,
  server: TestServer,
  scene: PanelScene,
  onlooker: Onlooker,
  sight?: Sight,
): Promise<Person> {
  const person = await Person.sitDown(browser, server.url, sight);
  if (onlooker === 'stranger') return person;
  const { email, password } = onlooker === 'newcomer' ? scene.newcomer : scene.people[onlooker];
  const answer = await person.context.request.post('/v1/session', { data: { email, password } });
  if (!answer.ok()) throw new Error(`${email} cannot sign in: ${answer.status()} ${await answer.text()}`);
  return person;
}

/** Waits until nothing is being loaded any more. */
export async function settle(page: Page): Promise<void> {
  await page.locator('h1').first().waitFor();
  await page.locator('[aria-busy="true"]').first().waitFor({ state: 'detached' });
}

const at =
  (path: string | ((scene: PanelScene) => string), then?: (page: Page) => Promise<void>): PanelSight['show'] =>
  async (page, scene) => {
    await page.goto(typeof path === 'string' ? path : path(scene));
    await settle(page);
    if (then === undefined) return;
    await then(page);
    await settle(page);
  };

const license =
  (name: keyof PanelScene['licenses']) =>
  (scene: PanelScene): string =>
    `/licenses/${scene.licenses[name].id}`;

/** Presses the first button whose name begins so, and waits for the dialog. */
const dialogOf =
  (button: string) =>
  async (page: Page): Promise<void> => {
    await page
      .getByRole('button', { name: new RegExp(`^${button}`) })
      .first()
      .click();
    await page.getByRole('dialog').waitFor();
  };

const turn = async (page: Page): Promise<void> => {
  await page.getByRole('switch', { name: 'Remote device deactivation' }).click();
  await page.getByRole('dialog').waitFor();
};

/** A chart with what tests have taken, whatever this build has on record: all of it but each fourth transition. */
const coverage =
  (machine: string): PanelSight['show'] =>
  async (page) => {
    const path = `/v1/machines/${machine}/coverage`;
    await page.route(`**${path}`, async (route) => {
      const answer = await route.fetch();
      const { transitions, ...body } = (await answer.json()) as { transitions: object[] };
      const at = '2026-11-24T09:30:00.000Z';
      const run = {
        at,
        commit: '0123456789abcdef',
        hasChanges: true,
        isOfTheseRules: false,
        walks: [{ walk: 'machine', at }],
      };
      const counted = transitions.map((transition, index) => ({
        ...transition,
        count: index % 4 === 0 ? 0 : index * 100,
      }));
      await route.fulfill({ json: { ...body, run, transitions: counted } });
    });
    await page.goto(`/inspector/${machine}`);
    await settle(page);
    await drawn(page);
    await page.getByRole('switch', { name: 'Show on the chart' }).check();
    await page.getByRole('table', { name: 'Coverage' }).waitFor();
    await page.unroute(`**${path}`);
  };

const drawn = (page: Page): Promise<void> => page.locator('.chart-frame svg').waitFor();

export const panelSights: readonly PanelSight[] = [
  { name: 'sign-in', by: 'stranger', show: at('/sign-in') },
  {
    name: 'sign-in-refused',
    by: 'stranger',
    show: at('/sign-in', async (page) => {
      await page.getByLabel('E-mail').fill('nobody@acme.example');
      await page.getByRole('textbox', { name: 'Password' }).fill('not the password');
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.getByRole('alert').waitFor();
    }),
  },
  {
    name: 'sign-in-token',
    by: 'stranger',
    show: at('/sign-in', (page) => page.getByRole('tab', { name: 'Access token' }).click()),
  },
  { name: 'invitation', by: 'stranger', show: at(({ invitation }) => `/invitation#${invitation}`) },
  { name: 'licenses', by: 'owner', show: at('/licenses') },
  { name: 'licenses-empty', by: 'newcomer', show: at('/licenses') },
  { name: 'licenses-of-all', by: 'operator', show: at('/licenses') },
  { name: 'licenses-none-like-this', by: 'owner', show: at('/licenses?search=nothing') },
  { name: 'license-enabled', by: 'owner', show: at(license('enabled')) },
  { name: 'license-enabled-reader', by: 'reader', show: at(license('enabled')) },
  { name: 'license-disabled', by: 'owner', show: at(license('disabled')) },
  { name: 'license-enabling', by: 'owner', show: at(license('enabling')) },
  { name: 'license-fresh', by: 'owner', show: at(license('fresh')) },
  { name: 'license-suspended', by: 'owner', show: at(license('suspended')) },
  { name: 'license-expired', by: 'owner', show: at(license('expired')) },
  { name: 'license-operator', by: 'operator', show: at(license('enabled')) },
  { name: 'dialog-deactivate', by: 'owner', show: at(license('enabled'), dialogOf('Deactivate device')) },
  { name: 'dialog-enable', by: 'owner', show: at(license('disabled'), turn) },
  { name: 'dialog-disable', by: 'owner', show: at(license('enabled'), turn) },
  { name: 'dialog-key', by: 'owner', show: at(license('enabled'), dialogOf('Replace the license key')) },
  { name: 'dialog-register', by: 'owner', show: at(license('enabled'), dialogOf('Register a device')) },
  {
    name: 'license-rename',
    by: 'owner',
    show: at(license('enabled'), async (page) => {
      await page.getByRole('button', { name: 'Rename Field laptop' }).click();
      await page.getByRole('textbox', { name: 'Name of Field laptop' }).waitFor();
    }),
  },
  {
    name: 'history-refused',
    by: 'owner',
    show: at(license('enabled'), async (page) => {
      const history = page.getByRole('region', { name: 'History' });
      await history.getByLabel('Event').selectOption({ label: 'Refused' });
      await history.locator('[data-outcome=accepted]').first().waitFor({ state: 'detached' });
    }),
  },
  { name: 'license-unknown', by: 'owner', show: at(`/licenses/${unknownId}`) },
  { name: 'support', by: 'owner', show: at('/support') },
  { name: 'support-empty', by: 'newcomer', show: at('/support') },
  { name: 'support-of-all', by: 'support', show: at('/support') },
  { name: 'ticket', by: 'support', show: at(({ ticket }) => `/support/${ticket.id}`) },
  { name: 'ticket-owner', by: 'owner', show: at(({ ticket }) => `/support/${ticket.id}`) },
  {
    name: 'dialog-force',
    by: 'support',
    show: at(({ ticket }) => `/support/${ticket.id}`, dialogOf('Force deactivation')),
  },
  { name: 'new-ticket', by: 'owner', show: at(({ licenses }) => `/support/new?licenseId=${licenses.enabling.id}`) },
  { name: 'organizations', by: 'operator', show: at('/organizations') },
  {
    name: 'dialog-organization',
    by: 'operator',
    show: at('/organizations', dialogOf('Add an organization')),
  },
  { name: 'organization', by: 'operator', show: at(({ organization }) => `/organizations/${organization.id}`) },
  {
    name: 'dialog-issue',
    by: 'operator',
    show: at(({ organization }) => `/organizations/${organization.id}`, dialogOf('Issue a license')),
  },
  { name: 'people', by: 'owner', show: at('/people') },
  { name: 'dialog-invite', by: 'owner', show: at('/people', dialogOf('Invite a person')) },
  { name: 'tokens', by: 'owner', show: at('/tokens') },
  { name: 'inspector', by: 'support', show: at('/inspector/device', drawn) },
  { name: 'inspector-coverage', by: 'reader', show: coverage('device') },
  { name: 'inspector-client', by: 'reader', show: at('/inspector/clientSession', drawn) },
  {
    name: 'inspector-rule',
    by: 'reader',
    show: at('/inspector/device#remoteDeactivationIsNotDisabled', async (page) => {
      await drawn(page);
      await page.locator('tr[aria-current="true"]').waitFor();
    }),
  },
  { name: 'refusals', by: 'stranger', show: at('/problems') },
  { name: 'refusal', by: 'stranger', show: at('/problems/event-not-allowed') },
  {
    name: 'refusal-of-many-requests',
    by: 'stranger',
    show: at('/problems/not-found', (page) => page.locator('summary').click()),
  },
  {
    name: 'inspector-sandbox',
    by: 'reader',
    show: at('/inspector/license', async (page) => {
      await drawn(page);
      await page.getByLabel('State', { exact: true }).selectOption('revoked');
      await page.getByLabel('Event', { exact: true }).selectOption('renew');
      await page.getByRole('button', { name: 'Decide' }).click();
      await page.getByText('It would be refused.').waitFor();
    }),
  },
  {
    name: 'inspector-live',
    by: 'owner',
    show: at(license('enabled'), async (page) => {
      await page.getByRole('link', { name: 'Inspect Office desk' }).click();
      await drawn(page);
      await page.getByRole('button', { name: 'Try remotelyDeactivate' }).click();
      await page.getByText('It would change.').waitFor();
    }),
  },
  {
    name: 'inspector-past',
    by: 'support',
    show: at(license('enabled'), async (page) => {
      await page.getByRole('link', { name: 'Inspect Tablet' }).click();
      await drawn(page);
      await page
        .getByRole('list', { name: 'History' })
        .getByRole('link', { name: /took a seat/ })
        .click();
      await page.getByText('This is the past').waitFor();
    }),
  },
  {
    name: 'inspector-setting',
    by: 'support',
    show: at(license('enabling'), async (page) => {
      await page.getByRole('link', { name: 'Inspect the setting' }).click();
      await drawn(page);
    }),
  },
  {
    name: 'inspector-license',
    by: 'reader',
    show: at(license('enabled'), async (page) => {
      await page.getByRole('link', { name: 'Inspect the license' }).click();
      await drawn(page);
    }),
  },
  { name: 'dialog-token', by: 'owner', show: at('/tokens', dialogOf('Issue a')) },
  { name: 'account', by: 'owner', show: at('/account') },
  { name: 'not-found', by: 'owner', show: at('/licenses/of/nobody') },
];
