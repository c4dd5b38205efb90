/** A machine as Mermaid source (`stateDiagram-v2`), for documents that draw by themselves. */
import type { DescribedMachine, DescribedTransition } from '../../machines/index.js';
import { otherWay } from './chart.graph.js';

/** The source. What leaves a state as it is stands in the state. */
export function mermaidOf({ id, initial, states, transitions }: DescribedMachine): string {
  return [
    '---',
    `title: ${id}`,
    '---',
    'stateDiagram-v2',
    `  [*] --> ${initial}`,
    ...states.flatMap(({ name, isFinal }) => [
      `  state "${name}" as ${name}`,
      ...transitions
        .filter(({ from, to }) => from === name && to === null)
        .map((own) => `  ${name}: ${labelOf(own, transitions)}`),
      ...transitions
        .filter(({ from, to }) => from === name && to !== null)
        .map((own) => `  ${name} --> ${own.to}: ${labelOf(own, transitions)}`),
      ...(isFinal ? [`  ${name} --> [*]`] : []),
    ]),
    '',
  ].join('\n');
}

function labelOf(own: DescribedTransition, all: readonly DescribedTransition[]): string {
  const { event, guards, effect } = own;
  const first = all.find((way) => way.from === own.from && way.event === event);
  const conditions = guards.length === 0 && first !== own ? [otherWay] : guards;
  return [
    event,
    ...conditions.map((condition) => `[${condition}]`),
    ...(effect === 'unchanged' ? ['changes nothing'] : []),
  ].join(' ');
}
