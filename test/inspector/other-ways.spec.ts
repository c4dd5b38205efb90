/** A way that an event takes only where another is closed: chart, Mermaid and tables say so, since without a guard it would read as always open. */
import { expect, it } from '@jest/globals';
import { describedMachines, licenseMachine, type MachineId, remoteDeactivationMachine } from '../../machines/index.js';
import { graphOf } from '../../src/inspector/chart.graph.js';
import { markdownOf } from '../../src/inspector/machine.markdown.js';
import { mermaidOf } from '../../src/inspector/machine.mermaid.js';

const described = (id: MachineId) => {
  const machine = describedMachines.find((one) => one.id === id);
  if (machine === undefined) throw new Error(`there is no machine ${id}`);
  return machine;
};

it('says so on a transition of the chart, and of nothing else', () => {
  const { edges } = graphOf(remoteDeactivationMachine);
  expect(edges.filter(({ event }) => event === 'enable').map(({ to, guards }) => [to, guards])).toEqual([
    ['enabled', ['noDeviceIsActive']],
    ['enabling', ['else']],
  ]);
  expect(edges.filter(({ event }) => event === 'disable').map(({ guards }) => guards)).toEqual([[], []]);
  const reinstated = graphOf(licenseMachine).edges.find(({ id }) => id === 'suspended.reinstate.1');
  expect(reinstated?.guards).toEqual(['else']);
});

it('says so in a state of the chart', () => {
  const enabling = graphOf(remoteDeactivationMachine).states.find(({ id }) => id === 'enabling');
  expect(enabling?.internals.map(({ event, guards }) => [event, guards])).toEqual([
    ['enable', []],
    ['blockingDeviceLeft', ['else']],
  ]);
});

it('says so in Mermaid', () => {
  const source = mermaidOf(described('remoteDeactivation'));
  expect(source).toContain('disabled --> enabling: enable [else]\n');
  expect(source).toContain('enabling: blockingDeviceLeft [else] changes nothing\n');
  expect(source).toContain('enabled --> disabled: disable\n');
});

it('says of a guard that refuses here and chooses there both', () => {
  const rowOf = (id: MachineId, guard: string) =>
    markdownOf(described(id))
      .split('\n')
      .find((line) => line.startsWith(`| \`${guard}\``));
  expect(rowOf('license', 'validityHasEnded')).toMatch(/ \| `eventNotAllowed`, or the next way \|$/);
  expect(rowOf('remoteDeactivation', 'noDeviceIsActive')).toMatch(/ \| the next way \|$/);
  expect(rowOf('device', 'isOverdue')).toMatch(/ \| `eventNotAllowed` \|$/);
});
