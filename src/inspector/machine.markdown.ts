/**
 * A machine as tables in Markdown: its states, its events, what each event does in each state, and its guards. `machines/README.md`
 * holds these tables, too.
 */
import { type DescribedMachine, type DescribedTransition, stateTags } from '../../machines/index.js';

/** The tables of a machine, each below a heading of the third level. */
export function markdownOf(machine: DescribedMachine): string {
  const { description, events, guards } = machine;
  return [
    description,
    '',
    '### States',
    ...table(['state', 'what it is', 'says to other events'], machine.states.map(stateRow(machine))),
    '### Events',
    ...table(
      ['event', 'what it is'],
      events.map(({ name, description: words }) => [code(name), words]),
    ),
    '### What an event does in a state',
    ...table(
      ['event', ...machine.states.map(({ name }) => code(name))],
      events.map(({ name }) => [code(name), ...machine.states.map((state) => cellOf(machine, state.name, name))]),
    ),
    ...(guards.length === 0
      ? []
      : ['### Guards', ...table(['guard', 'what has to be true', 'else'], guards.map(guardRow(machine)))]),
  ].join('\n');
}

const stateRow =
  ({ initial, refusals }: DescribedMachine) =>
  ({ name, description, isFinal, tags, refusal }: DescribedMachine['states'][number]): string[] => {
    const marks = [
      ...(name === initial ? ['begins here'] : []),
      ...(isFinal ? ['ends here'] : []),
      ...tags.map((tag) => stateTags[tag]),
    ];
    const place = marks.length === 0 ? '' : ` (${marks.join(', ')})`;
    const refuses = refusals.some(({ state, guard }) => state === name && guard === null);
    return [code(name) + place, description, refuses ? code(refusal) : 'nothing: it knows every event'];
  };

const guardRow =
  ({ refusals, transitions }: DescribedMachine) =>
  ({ name, description, reason }: DescribedMachine['guards'][number]): string[] => {
    const refuses = refusals.some(({ guard }) => guard === name);
    const chooses = transitions.some(
      ({ from, event, guards }) =>
        guards.includes(name) && transitions.some((other) => isOpenBeside(other, from, event)),
    );
    return [
      code(name),
      description,
      [...(refuses ? [code(reason)] : []), ...(chooses ? ['the next way'] : [])].join(', or '),
    ];
  };

/** Whether an event can take a way in a state without any condition. */
function isOpenBeside({ from, event, guards }: DescribedTransition, state: string, asked: string): boolean {
  return from === state && event === asked && guards.length === 0;
}

/** What an event does in a state: its ways in their order. */
function cellOf({ transitions }: DescribedMachine, state: string, event: string): string {
  const ways = transitions.filter((way) => way.from === state && way.event === event);
  return ways.length === 0 ? '–' : ways.map(wayOf).join('; else ');
}

function wayOf({ from, to, effect, guards }: DescribedTransition): string {
  const signs = { changed: `→ ${to ?? from}`, connected: '•', unchanged: '=' };
  return guards.length === 0 ? signs[effect] : `${signs[effect]} [${guards.map(code).join(', ')}]`;
}

function table(headings: readonly string[], rows: readonly (readonly string[])[]): string[] {
  return ['', row(headings), row(headings.map(() => '---')), ...rows.map(row), ''];
}

/** A bar would end the cell. */
function row(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

function code(name: string): string {
  return `\`${name}\``;
}
