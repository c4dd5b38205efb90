/**
 * The composed model walked through the panel: what an owner does is done with the mouse, what devices, support and time do comes
 * from outside, and after each step the open page has to show by itself what the model says. The tour does everything that can be
 * done, to a device in each condition that there is, under each state of the setting.
 */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { type Command, decide, offerRemoteDeactivation, type Rows } from '../../machines/index.js';
import { newBeginning, Scene, withResolvedTicket } from '../api/model/composed.scene.js';
import { beginning, canMove, type DeviceId, keyOf, type Move } from '../machines/system/composed.model.js';
import { classKey, deviceOf, graphFrom, mannerOf, moves, resultOf, wayOn } from '../machines/system/composed.tour.js';
import { now as modelNow } from '../machines/system/rows.js';
import { openBrowser, type Person } from '../support/browser.js';
import { expectNoTroubles, newPeople, type PeopleScene, signIn } from '../support/panel.js';
import type { Answer, TestServer } from '../support/server.js';
import { startServer } from '../support/server.js';

const seenWithinMillis = 30_000;

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

/** What is done to a device in which condition, under which state of the setting: enough to meet every button and every reason. */
function kindOf(rows: Rows, move: Move): string {
  return `${mannerOf(rows, move)} | ${rows.setting.state}`;
}

/** What the page shows: the setting, the active devices by seat with their button, and the others with their state. */
interface View {
  setting: string;
  active: [seat: string, device: string, hasButton: boolean][];
  others: string[];
}

/** A license of the model, with its page open in front of its owner. */
class PanelScene extends Scene {
  get page(): Page {
    return owner.page;
  }

  override async send(command: Command): Promise<Answer<unknown>> {
    const id = deviceOf(command);
    const turn = this.page.getByRole('switch', { name: 'Remote device deactivation' });
    switch (command.type) {
      case 'remotelyDeactivate':
        await this.rowOf(id).getByRole('button', { name: 'Deactivate device' }).click();
        await this.page.getByRole('dialog').getByRole('button', { name: 'Deactivate device' }).click();
        // It stays, and offers a new key.
        await this.page.getByText('Lost or stolen?').waitFor();
        await this.page.keyboard.press('Escape');
        await this.page.getByRole('dialog').waitFor({ state: 'hidden' });
        break;
      case 'enable':
        await turn.click();
        if (decide(this.rows, command, modelNow).rows.setting.state === 'enabling') {
          await this.press('Wait for these devices');
        }
        break;
      case 'disable':
        if (this.rows.setting.state === 'enabling') {
          await this.page.getByRole('button', { name: 'Stop enabling' }).click();
        } else {
          await turn.click();
          await this.press('Disable');
        }
        break;
      default:
        return super.send(command);
    }
    return { status: 200, headers: new Headers(), body: null, text: '' };
  }

  /** Waits until the page shows what the model says. */
  async expectView(): Promise<void> {
    const expected = expectedView(this.rows);
    const deadline = Date.now() + seenWithinMillis;
    let view = await this.view();
    while (JSON.stringify(view) !== JSON.stringify(expected) && Date.now() < deadline) {
      await this.page.waitForTimeout(25);
      view = await this.view();
    }
    expect(view).toEqual(expected);
  }

  /** Whether the owner could do this: there is a button, or a switch to turn. */
  offers(command: Command): boolean {
    const id = deviceOf(command);
    const device = id === null ? undefined : this.rows.devices.get(id);
    switch (command.type) {
      case 'remotelyDeactivate':
        return device !== undefined && offerRemoteDeactivation(device, this.rows.setting, modelNow).allowed;
      case 'enable':
        return this.rows.setting.state === 'disabled';
      case 'disable':
        return this.rows.setting.state !== 'disabled';
      default:
        return true;
    }
  }

  private rowOf(id: DeviceId | null) {
    return this.page
      .getByRole('table', { name: 'Active devices' })
      .getByRole('row')
      .filter({ hasText: `device ${id}` });
  }

  private async press(name: string): Promise<void> {
    const dialog = this.page.getByRole('dialog');
    await dialog.getByRole('button', { name, exact: true }).click();
    await dialog.waitFor({ state: 'hidden' });
  }

  private async view(): Promise<View> {
    return (await this.page.evaluate(readView)) as View;
  }
}

/** Runs in the page. Devices are named `device d1` and so on. */
const readView = `(() => {
  const rows = (name) => [...document.querySelectorAll('table[aria-label="' + name + '"] tbody tr')];
  const nameIn = (row) => /device (d\\d)/.exec(row.innerText + ' ' + [...row.querySelectorAll('input')].map((input) => input.value).join(' '))?.[1] ?? '?';
  const turned = document.querySelector('[role=switch]');
  const isWaiting = [...document.querySelectorAll('button')].some((button) => button.innerText === 'Stop enabling');
  return {
    setting: isWaiting ? 'enabling' : turned?.checked ? 'enabled' : 'disabled',
    active: rows('Active devices').map((row) => [
      /\\d+/.exec(row.querySelector('.seat')?.innerText ?? '')?.[0] ?? '?',
      nameIn(row),
      [...row.querySelectorAll('button')].some((button) => button.innerText === 'Deactivate device'),
    ]),
    others: rows('Other devices').map(nameIn).sort(),
  };
})()`;

function expectedView({ devices, setting }: Rows): View {
  const all = [...devices.values()];
  return {
    setting: setting.state,
    active: all
      .filter(({ state }) => state === 'active')
      .sort((one, other) => (one.seat ?? 0) - (other.seat ?? 0))
      .map((device) => [String(device.seat), device.id, offerRemoteDeactivation(device, setting, modelNow).allowed]),
    others: all
      .filter(({ state }) => state !== 'active')
      .map(({ id }) => id)
      .sort(),
  };
}

async function newPanelScene(setting: 'enabled' | 'disabled'): Promise<PanelScene> {
  const terms = { organizationId: people.organization.id, product: 'Walked' };
  const scene = new PanelScene(...(await newBeginning(server, setting, terms)));
  await scene.page.goto(`/licenses/${scene.license.id}`);
  await scene.page.getByRole('heading', { level: 1, name: 'Walked' }).waitFor();
  await scene.expectView();
  return scene;
}

it('shows, on a tour of everything that can be done, what the model says, and offers what it allows', async () => {
  const graph = graphFrom(withResolvedTicket(beginning('disabled')), kindOf);
  const kinds = new Set([...graph.values()].flatMap((edges) => [...edges.values()].map(({ kind }) => kind)));
  const taken = new Set<string>();
  let clicks = 0;
  let steps = 0;
  const scene = await newPanelScene('disabled');
  for (;;) {
    const way = wayOn(graph, classKey(scene.rows), taken);
    if (way === null) break;
    for (const manner of way) {
      const move = moves.find((one) => canMove(scene.rows, one) && mannerOf(scene.rows, one) === manner);
      if (move === undefined) throw new Error(`${manner} cannot be done in ${keyOf(scene.rows)}`);
      taken.add(kindOf(scene.rows, move));
      steps += 1;
      if (move.type === 'pass') await scene.pass(move.due as DeviceId);
      else if (scene.offers(move)) {
        if (['remotelyDeactivate', 'enable', 'disable'].includes(move.type)) clicks += 1;
        await scene.send(move);
      }
      // What is not offered has no button, which the view shows: the model refuses it, or it changes nothing.
      scene.rows = resultOf(scene.rows, move).rows;
      await scene.expectView().catch((error: Error) => {
        error.message += `\nafter ${manner} from ${keyOf(scene.rows)}`;
        throw error;
      });
    }
  }
  process.stdout.write(`composed model through the panel: ${kinds.size} kinds in ${steps} steps, ${clicks} by hand\n`);
  expect([...kinds].filter((kind) => !taken.has(kind))).toEqual([]);
  expect(clicks).toBeGreaterThan(10);
  expectNoTroubles(owner);
}, 600_000);
