/** A machine as Mermaid source (`stateDiagram-v2`), for documents that draw by themselves. */
import type { DescribedMachine, DescribedTransition } from '../../machines/index.js';

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
      ...transitions.filter(({ from, to }) => from === name && to === null).map((own) => `  ${name}: ${labelOf(own)}`),
      ...transitions
        .filter(({ from, to }) => from === name && to !== null)
        .map((own) => `  ${name} --> ${own.to}: ${labelOf(own)}`),
      ...(isFinal ? [`  ${name} --> [*]`] : []),
    ]),
    '',
  ].join('\n');
}

function labelOf({ event, guards, effect }: DescribedTransition): string {
  return [event, ...guards.map((guard) => `[${guard}]`), ...(effect === 'unchanged' ? ['changes nothing'] : [])].join(
    ' ',
  );
}
