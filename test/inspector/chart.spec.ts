/** Charts in a real browser: nothing leaves its box or lies on something else, for our machines and for twelve odd ones. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import type { AnyStateMachine, AnyStateNode } from 'xstate';
import { drawingOf } from '../../src/inspector/chart.drawing.js';
import { elkGraphOf } from '../../src/inspector/chart.elk.js';
import { graphOf } from '../../src/inspector/chart.graph.js';
import { svgOf } from '../../src/inspector/chart.svg.js';
import { layOut } from '../../src/inspector/layout.thread.js';
import {
  clientSessionMachine,
  deviceMachine,
  licenseMachine,
  remoteDeactivationMachine,
  supportTicketMachine,
} from '../../machines/index.js';
import { openBrowser } from '../support/browser.js';
import { oddMachines } from './odd.machines.js';

/** The thread as it is built. */
const script = new URL('../../dist/server/layout.worker.js', import.meta.url);
const machines: AnyStateMachine[] = [
  deviceMachine,
  remoteDeactivationMachine,
  licenseMachine,
  supportTicketMachine,
  clientSessionMachine,
  ...oddMachines,
];

interface Box {
  what: string;
  x: number;
  y: number;
  width: number;
  height: number;
}

/** What a browser has made of a chart. */
interface Seen {
  paper: Box;
  /** With the boxes of the texts in each. */
  states: (Box & { id: string; texts: Box[] })[];
  labels: (Box & { texts: Box[] })[];
  /** Every corner of every way. */
  ways: { what: string; x: number; y: number }[];
}

let browser: Browser;
let page: Page;
beforeAll(async () => {
  browser = await openBrowser();
  page = await browser.newPage();
});
afterAll(async () => {
  await browser?.close();
});

/** Runs in the page. */
const look = `(() => {
  const box = (node, what) => {
    const { x, y, width, height } = node.getBBox();
    return { what, x, y, width, height };
  };
  const texts = (group) => [...group.querySelectorAll(':scope > text')].map((text) => box(text, text.textContent));
  const all = (selector) => [...document.querySelectorAll(selector)];
  return {
    paper: box(document.querySelector('.chart-paper'), 'paper'),
    states: all('.chart-state').map((group) => ({
      ...box(group.querySelector('.chart-box'), group.dataset.state), id: group.dataset.state, texts: texts(group),
    })),
    labels: all('.chart-labelled').map((group) => ({
      ...box(group.querySelector('.chart-label'), group.dataset.transition), texts: texts(group),
    })),
    ways: all('.chart-edge').flatMap((group) => {
      const path = group.querySelector('.chart-way');
      const length = path.getTotalLength();
      return [0, 0.25, 0.5, 0.75, 1].map((part) => {
        const { x, y } = path.getPointAtLength(length * part);
        return { what: group.dataset.transition ?? 'initial', x, y };
      });
    }),
  };
})()`;

async function see(machine: AnyStateMachine): Promise<Seen> {
  const graph = graphOf(machine);
  const [placed] = await layOut([elkGraphOf(graph)], script);
  if (placed === undefined) throw new Error('nothing was laid out');
  const drawing = drawingOf(graph, placed);
  await page.setContent(`<!doctype html><meta charset="utf-8"><body>${svgOf(drawing)}`);
  return page.evaluate<Seen>(look);
}

/** A tenth of a unit is what coordinates are rounded to; a stroke has a width. */
const slack = 1;

function isWithin(inner: Box, outer: Box): boolean {
  return (
    inner.x >= outer.x - slack &&
    inner.y >= outer.y - slack &&
    inner.x + inner.width <= outer.x + outer.width + slack &&
    inner.y + inner.height <= outer.y + outer.height + slack
  );
}

function overlaps(one: Box, other: Box): boolean {
  return (
    one.x + one.width > other.x + slack &&
    other.x + other.width > one.x + slack &&
    one.y + one.height > other.y + slack &&
    other.y + other.height > one.y + slack
  );
}

const nodesOf = (node: AnyStateNode): AnyStateNode[] => [node, ...Object.values(node.states).flatMap(nodesOf)];

const pairs = <Item>(items: readonly Item[]): [Item, Item][] =>
  items.flatMap((one, index) => items.slice(index + 1).map((other): [Item, Item] => [one, other]));

const named = (boxes: readonly Box[]): string => boxes.map(({ what }) => what).join(' and ');

describe.each(machines.map((machine) => [machine.id, machine] as const))('the chart of %s', (_id, machine) => {
  let seen: Seen;
  beforeAll(async () => {
    seen = await see(machine);
  });

  it('keeps every text in its box, and every box on the paper', () => {
    const outside = [
      ...[...seen.states, ...seen.labels].flatMap((box) => box.texts.filter((text) => !isWithin(text, box))),
      ...[...seen.states, ...seen.labels].filter((box) => !isWithin(box, seen.paper)),
    ];
    expect(outside.map(({ what }) => what)).toEqual([]);
    const away = seen.ways.filter((point) => !isWithin({ ...point, width: 0, height: 0 }, seen.paper));
    expect(away).toEqual([]);
  });

  it('lays no text on another', () => {
    const texts = [...seen.states, ...seen.labels].flatMap((box) => box.texts);
    expect(texts.length).toBeGreaterThan(0);
    expect(
      pairs(texts)
        .filter(([one, other]) => overlaps(one, other))
        .map(named),
    ).toEqual([]);
  });

  it('lays no label on a state, and no state on another but its own', () => {
    const { states, labels } = seen;
    const apart = pairs(states).filter(([one, other]) => !isWithin(one, other) && !isWithin(other, one));
    expect(apart.filter(([one, other]) => overlaps(one, other)).map(named)).toEqual([]);
    const onLabels = labels.flatMap((label) =>
      states.filter((state) => overlaps(label, state) && !isWithin(label, state)).map((state) => named([label, state])),
    );
    expect(onLabels).toEqual([]);
    // What is within a state is below what is written in it.
    const onText = labels.flatMap((label) =>
      states.flatMap((state) =>
        state.texts.filter((text) => overlaps(label, text)).map((text) => named([label, text])),
      ),
    );
    expect(onText).toEqual([]);
  });

  it('draws each state and each transition once', () => {
    const graph = graphOf(machine);
    const ids: string[] = [];
    const internals: string[] = [];
    const visit = (states: typeof graph.states): void => {
      for (const state of states) {
        ids.push(state.id);
        internals.push(...state.internals.map(({ id }) => id));
        visit(state.children);
      }
    };
    visit(graph.states);
    expect(seen.states.map(({ id }) => id).sort()).toEqual(ids.sort());
    expect(new Set(ids).size).toBe(ids.length);
    expect(seen.labels.map(({ what }) => what).sort()).toEqual(graph.edges.map(({ id }) => id).sort());
    const ways = nodesOf(machine.root).flatMap((node) =>
      [...node.transitions.values()].flat().concat(node.always ?? []),
    );
    const drawn = new Set([...internals, ...graph.edges.map(({ id }) => id)]);
    expect(drawn.size).toBe(ways.length);
  });
});

it('says in words below the name where the software may run, and nowhere else', async () => {
  const { states } = await see(clientSessionMachine);
  const saying = states.filter(({ texts }) => texts.some(({ what }) => what === 'the software may run'));
  expect(saying.map(({ id, texts }) => [id, texts[0]?.what, texts[1]?.what])).toEqual([
    ['active', 'active', 'the software may run'],
    ['offline', 'offline', 'the software may run'],
  ]);
});

it('runs nothing that a name holds, and shows it as it is', async () => {
  const odd = oddMachines.find(({ id }) => id === 'letters') as AnyStateMachine;
  let ran = false;
  page.once('dialog', (dialog) => {
    ran = true;
    void dialog.dismiss();
  });
  const { states, labels } = await see(odd);
  expect(states.map(({ id }) => id)).toEqual(['größe', '状態', 'مرحبا']);
  expect(labels.map(({ texts }) => texts[0]?.what)).toContain('weiter & "so" <fort>');
  expect(await page.locator('script').count()).toBe(0);
  expect(ran).toBe(false);
});

it('says where a graph cannot be laid out', async () => {
  const graph = elkGraphOf(graphOf(deviceMachine));
  const broken = { ...graph, edges: [{ id: 'lost', sources: ['nowhere'], targets: ['active'] }] };
  await expect(layOut([broken], script)).rejects.toThrow(/nowhere/);
});
