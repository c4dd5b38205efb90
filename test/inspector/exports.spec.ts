/**
 * What is exported is the machine: SCXML in an independent interpreter and JSON in XState go the same ways as the machine itself, for
 * random events with random facts; and Mermaid can read its own.
 */
import { createRequire } from 'node:module';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Browser, Page } from 'playwright-core';
import { type AnyMachineSnapshot, type AnyStateMachine, createMachine, getInitialSnapshot, transition } from 'xstate';
import { configOf } from '../../src/inspector/machine.config.js';
import { mermaidOf } from '../../src/inspector/machine.mermaid.js';
import { scxmlOf } from '../../src/inspector/machine.scxml.js';
import { ourMachines } from '../../src/inspector/our.machines.js';
import { type AnyMachineId, describedMachines } from '../../machines/index.js';
import { clientSessionModelEvents } from '../machines/models/client-session.model.js';
import { deviceModelEvents } from '../machines/models/device.model.js';
import { licenseModelEvents } from '../machines/models/license.model.js';
import { remoteDeactivationModelEvents } from '../machines/models/remote-deactivation.model.js';
import { supportTicketModelEvents } from '../machines/models/support-ticket.model.js';
import { openBrowser } from '../support/browser.js';

const require = createRequire(import.meta.url);

/** As far as it is used here; its own types are older than its program. */
interface Scion {
  documentStringToModel(url: string, document: string, done: (error: unknown, model: Model) => void): void;
  core: { Statechart: new (model: unknown) => Interpreter };
}
interface Model {
  prepare(done: (error: unknown, model: unknown) => void): void;
}
interface Interpreter {
  start(): string[];
  gen(event: { name: string; data: unknown }): string[];
}

const events: Record<AnyMachineId, readonly { type: string }[]> = {
  device: deviceModelEvents,
  remoteDeactivation: remoteDeactivationModelEvents,
  license: licenseModelEvents,
  supportTicket: supportTicketModelEvents,
  clientSession: clientSessionModelEvents,
};

type Guard = (args: { context: unknown; event: unknown }, params?: unknown) => boolean;
const guardsOf = (machine: AnyStateMachine): Record<string, Guard> =>
  machine.implementations.guards as Record<string, Guard>;

const scion = require('@scion-scxml/scxml') as Scion;

function interpreterOf(document: string): Promise<() => Interpreter> {
  return new Promise((resolve, reject) => {
    scion.documentStringToModel('machine.scxml', document, (unread, model) => {
      if (unread) return reject(unread as Error);
      model.prepare((unprepared, prepared) => {
        if (unprepared) reject(unprepared as Error);
        else resolve(() => new scion.core.Statechart(prepared));
      });
    });
  });
}

describe.each(describedMachines)('$id', (described) => {
  const machine = ourMachines[described.id];
  // Long ones: of short ones some runs reach not every state.
  const sequences = fc.array(fc.constantFrom(...events[described.id]), { minLength: 30, maxLength: 60, size: 'max' });
  const next = (snapshot: AnyMachineSnapshot, event: { type: string }): AnyMachineSnapshot =>
    transition(machine, snapshot, event)[0] as AnyMachineSnapshot;

  it('goes the same ways as SCXML, in an interpreter that is not ours', async () => {
    const begin = await interpreterOf(scxmlOf(described));
    const reached = new Set<string>();
    fc.assert(
      fc.property(sequences, (sequence) => {
        const interpreter = begin();
        let snapshot = getInitialSnapshot(machine) as AnyMachineSnapshot;
        expect(interpreter.start()).toEqual([snapshot.value]);
        for (const event of sequence) {
          const { context } = snapshot;
          const guards = Object.fromEntries(
            Object.entries(guardsOf(machine)).map(([name, guard]) => [name, guard({ context, event })]),
          );
          const configuration = interpreter.gen({ name: event.type, data: { guards } });
          snapshot = next(snapshot, event);
          expect(configuration).toEqual([snapshot.value]);
          reached.add(String(snapshot.value));
        }
      }),
      { numRuns: 200 },
    );
    expect([...reached].sort()).toEqual(described.states.map(({ name }) => name).sort());
  });

  it('behaves the same when its JSON is loaded', () => {
    const guards = guardsOf(machine);
    const loaded = createMachine(JSON.parse(JSON.stringify(configOf(machine))) as never).provide({
      guards: {
        ...guards,
        and: (args: { context: unknown; event: unknown }, params: { guards: string[] }) =>
          params.guards.every((name) => guards[name]?.(args)),
      },
      actions: machine.implementations.actions,
    } as never);
    fc.assert(
      fc.property(sequences, (sequence) => {
        let mine = getInitialSnapshot(machine) as AnyMachineSnapshot;
        let theirs = getInitialSnapshot(loaded) as AnyMachineSnapshot;
        expect([theirs.value, theirs.context]).toEqual([mine.value, mine.context]);
        for (const event of sequence) {
          mine = next(mine, event);
          theirs = transition(loaded, theirs, event as never)[0] as AnyMachineSnapshot;
          expect([theirs.value, theirs.context]).toEqual([mine.value, mine.context]);
        }
      }),
      { numRuns: 200 },
    );
    const words = (each: AnyStateMachine) =>
      Object.values(each.states).map(({ key, description, meta, tags, type }) => ({
        key,
        description,
        meta,
        tags,
        type,
      }));
    expect(words(loaded)).toEqual(words(machine));
  });
});

describe('Mermaid', () => {
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    browser = await openBrowser();
    page = await browser.newPage();
    await page.setContent('<!doctype html><body>');
    await page.addScriptTag({ path: require.resolve('mermaid/dist/mermaid.min.js') });
  });
  afterAll(async () => {
    await browser?.close();
  });

  it.each(describedMachines)('reads $id, and finds its states and ways', async (described) => {
    const source = mermaidOf(described);
    const [type, svg] = await page.evaluate<[string, string]>(`(async () => {
      const source = ${JSON.stringify(source)};
      const { diagramType } = await mermaid.parse(source);
      return [diagramType, (await mermaid.render('picture', source)).svg];
    })()`);
    expect(type).toBe('stateDiagram');
    await page.setContent(`<!doctype html><body>${String(svg)}`);
    const labels = await page.locator('.edgeLabel .label, .edgeLabel p').allTextContents();
    for (const { name } of described.states) expect(String(svg)).toContain(name);
    for (const { event, to } of described.transitions) {
      if (to !== null) expect(labels.some((label) => label.startsWith(event))).toBe(true);
    }
    await page.addScriptTag({ path: require.resolve('mermaid/dist/mermaid.min.js') });
  });

  it('refuses what is no diagram, so that the test above can fail', async () => {
    await expect(page.evaluate(`mermaid.parse('stateDiagram-v2\\n  a --> : x [')`)).rejects.toThrow(
      /[Pp]arse|[Ee]rror/,
    );
  });
});
