/** What tests have taken of a machine, in a browser: on the chart by colour and dashes, and in words. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { rulesPrint } from '../../src/inspector/coverage.record.js';
import { type AnyMachineId, type DescribedMachine, describedMachines } from '../../machines/index.js';
import { openBrowser, type Person } from '../support/browser.js';
import { buildWith } from '../support/own.build.js';
import { expectNoTroubles, newPeople, signIn } from '../support/panel.js';
import { startServer, type TestServer } from '../support/server.js';

const never = ['active.logOut', 'active.checkIn'];
const once = 'inactive.activate';

const machineOf = (name: AnyMachineId): DescribedMachine => {
  const found = describedMachines.find(({ id }) => id === name);
  if (found === undefined) throw new Error(`there is no machine ${name}`);
  return found;
};
const device = machineOf('device');
const session = machineOf('clientSession');

const record = (machine: DescribedMachine, said: object = {}): string =>
  JSON.stringify({
    machine: machine.id,
    walk: 'machine',
    at: '2026-11-24T09:30:00.000Z',
    commit: '0123456789abcdef0123456789abcdef01234567',
    hasChanges: false,
    rules: rulesPrint(machine),
    transitions: machine.transitions.map(({ id }) => ({
      id,
      hits: never.includes(id) ? 0 : id === once ? 1 : 1234,
    })),
    ...said,
  });

let server: TestServer;
let browser: Browser;
let person: Person;
let page: Page;
beforeAll(async () => {
  const license = record(machineOf('license'), { rules: 'other', commit: null, hasChanges: true });
  server = await startServer({
    entry: buildWith({
      'machine/device.json': record(device),
      'machine/license.json': license,
      'machine/clientSession.json': record(session),
      'clientKit/clientSession.json': record(session, { walk: 'clientKit', at: '2026-11-24T09:31:00.000Z' }),
    }),
  });
  browser = await openBrowser();
  person = await signIn(browser, server, (await newPeople(server)).reader);
  ({ page } = person);
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

const section = () => page.getByRole('region', { name: 'Coverage' });
const wish = () => section().getByRole('switch', { name: 'Show on the chart' });
const table = () => section().getByRole('table', { name: 'Coverage' });

async function open(machine: AnyMachineId): Promise<void> {
  await page.goto(`/inspector/${machine}`);
  await page.locator('.chart-frame svg').waitFor();
}

/** How each way and each line on the chart is marked, by the transition. */
const marksOf = (selector: string): Promise<Record<string, (string | undefined)[]>> =>
  page.locator(`.chart-frame ${selector}`).evaluateAll((parts) => {
    const marks: Record<string, (string | undefined)[]> = {};
    for (const part of parts) (marks[part.dataset.transition ?? ''] ??= []).push(part.dataset.taken);
    return marks;
  });

interface Look {
  stroke: string;
  fill: string;
  dashes: string;
  line: string;
}
const lookOf = (selector: string): Promise<Look> =>
  page.evaluate<Look>(`(() => {
    const { stroke, fill, strokeDasharray, textDecorationLine, textDecorationStyle } = getComputedStyle(document.querySelector(${JSON.stringify(`.chart-frame ${selector}`)}));
    return { stroke, fill, dashes: strokeDasharray, line: textDecorationLine + ' ' + textDecorationStyle };
  })()`);

describe('a run on record', () => {
  it('is told with its date, its commit and what it walked', async () => {
    await open('device');
    const facts = section().locator('.facts');
    expect(await facts.textContent()).toMatch(/24 Nov 2026, 09:30.*0123456789/);
    expect(await facts.textContent()).toContain(
      `Transitions taken${device.transitions.length - 2} of ${device.transitions.length}`,
    );
    expect(await facts.textContent()).toContain('The machine alone, 24 Nov 2026, 09:30');
    expect(await section().getByText('The run is of other rules').count()).toBe(0);
  });

  it('marks each transition of the chart once it is wished, and none before and after', async () => {
    await open('device');
    const plain = device.transitions.map(({ id }) => id);
    const marked = page.locator('.chart-frame [data-taken], .chart-frame title.chart-taken');
    expect([await marked.count(), await table().count()]).toEqual([0, 0]);
    await wish().check();
    await table().waitFor();
    const marks = await marksOf('[data-transition]');
    expect(Object.keys(marks).sort()).toEqual([...plain].sort());
    for (const id of plain) {
      expect([id, [...new Set(marks[id])]]).toEqual([id, [never.includes(id) ? 'no' : 'yes']]);
    }
    await wish().uncheck();
    await table().waitFor({ state: 'detached' });
    expect(await marked.count()).toBe(0);
  });

  it('tells what was never taken by more than a colour', async () => {
    await open('device');
    await wish().check();
    await table().waitFor();
    const [taken, missed] = [await lookOf('[data-taken=yes]>.chart-way'), await lookOf('[data-taken=no]>.chart-way')];
    expect(taken.stroke).not.toBe(missed.stroke);
    expect([taken.dashes, missed.dashes]).toEqual(['none', '6px, 5px']);
    const inner = '.chart-state>text';
    const [kept, lost] = [await lookOf(`${inner}[data-taken=yes]`), await lookOf(`${inner}[data-taken=no]`)];
    expect(kept.fill).not.toBe(lost.fill);
    expect([kept.line, lost.line]).toEqual(['none solid', 'underline dashed']);
    const titles = page.locator('.chart-frame [data-transition="active.logOut"] > title.chart-taken');
    for (const words of await titles.allTextContents()) expect(words).toMatch(/Taken by the tests: never\.$/);
    expect(await titles.count()).toBe(2);
    expect((await section().getByRole('list', { name: 'Legend' }).textContent())?.trim()).toMatch(
      /^Taken by the tests\s*Never taken: dashed$/,
    );
  });

  it('says in words how often each transition was taken', async () => {
    await open('device');
    await wish().check();
    const rows = table().getByRole('row');
    await rows.first().waitFor();
    const said = await rows.evaluateAll((parts) =>
      parts.slice(1).map((part) => [...part.children].map((cell) => cell.textContent)),
    );
    expect(said).toEqual(
      device.transitions.map(({ id, event, from, to }) => [
        event,
        from,
        to ?? 'Stays',
        never.includes(id) ? 'Never' : id === once ? 'Once' : '1,234 times',
      ]),
    );
  });

  it('stays marked beside what is lit', async () => {
    await page.goto('/inspector/device?event=logOut&from=active&to=loggedOut');
    await page.locator('.chart-frame svg').waitFor();
    await wish().check();
    await table().waitFor();
    const way = page.locator('.chart-edge[data-transition="active.logOut"]');
    expect(await way.evaluate((part) => [part.hasAttribute('data-lit'), part.dataset.taken])).toEqual([true, 'no']);
    expect((await lookOf('.chart-edge[data-transition="active.logOut"]>.chart-way')).dashes).toBe('6px, 5px');
  });

  it('is said to be of other rules where it is, and of a commit that is not known', async () => {
    await open('license');
    await section().getByText('The run is of other rules').waitFor();
    expect(await section().locator('.facts').textContent()).toContain('Not known with changes that are not in it');
    await wish().check();
    await table().waitFor();
  });
});

it('tells of client software what its kit has walked against a server, beside the machine alone', async () => {
  await open('clientSession');
  const walks = section().locator('.facts li');
  await walks.first().waitFor();
  expect(await walks.allTextContents()).toEqual([
    'The client kit, against a server, 24 Nov 2026, 09:31',
    'The machine alone, 24 Nov 2026, 09:30',
  ]);
  await wish().check();
  await table().waitFor();
  const row = table()
    .getByRole('row')
    .filter({ hasText: /^missAnsweractiveoffline/ });
  expect(await row.textContent()).toBe('missAnsweractiveoffline2,468 times');
  const marks = await marksOf('[data-transition]');
  expect(Object.keys(marks).sort()).toEqual(session.transitions.map(({ id }) => id).sort());
});

it('says plainly where no run is on record', async () => {
  await open('supportTicket');
  await section().getByText('No run of the tests is on record').waitFor();
  expect(await wish().count()).toBe(0);
});

it('has asked no other host, broken no policy and thrown nothing', () => {
  expectNoTroubles(person);
});
