/** A machine in words: each state, and each way that an event can take. */
import { Code } from '@mantine/core';
import type { Machine } from '../api/schema';
import { type Column, StackedTable } from '../shell/stacked-table';
import { Tag } from '../shell/tag';
import type { Counts } from './chart-counts';

type State = Machine['states'][number];
type Transition = Machine['transitions'][number];

const effects = {
  changed: null,
  connected: 'Connects',
  unchanged: 'Changes nothing',
} as const satisfies Record<Transition['effect'], string | null>;

export function StatesTable({ machine, counts }: { machine: Machine; counts: Counts | undefined }) {
  const columns: Column<State>[] = [
    {
      title: 'State',
      cell: ({ name, isFinal }) => (
        <>
          <strong>{name}</strong> {name === machine.initial ? <Tag tone="good">Begins here</Tag> : null}
          {isFinal ? <Tag tone="plain">Ends here</Tag> : null}
        </>
      ),
    },
    { title: 'What it is', cell: ({ description }) => description },
    { title: 'In it now', cell: ({ name }) => counts?.get(name)?.toLocaleString() ?? '…' },
    { title: 'Says to other events', cell: ({ refusal }) => <Code>{refusal}</Code> },
  ];
  return <StackedTable label="States" columns={columns} items={machine.states} keyOf={({ name }) => name} />;
}

export function EventsTable({ machine }: { machine: Machine }) {
  const guards = new Map(machine.guards.map((guard) => [guard.name, guard]));
  const columns: Column<Transition>[] = [
    { title: 'Event', cell: ({ event }) => <strong className="one-word">{event}</strong> },
    { title: 'In', cell: ({ from }) => <span className="one-word">{from}</span> },
    {
      title: 'Leads to',
      cell: ({ to, effect }) =>
        to === null ? (
          <span className="soft">{effects[effect] ?? 'Stays'}</span>
        ) : (
          <span className="one-word">{to}</span>
        ),
    },
    { title: 'What happens', cell: ({ description }) => description },
    {
      title: 'If',
      cell: ({ guards: names }) =>
        names.length === 0 ? (
          <span className="soft">Always</span>
        ) : (
          <ul className="guards">
            {names.map((name) => (
              <li key={name}>
                {guards.get(name)?.description} <Code>{guards.get(name)?.reason}</Code>
              </li>
            ))}
          </ul>
        ),
    },
  ];
  return <StackedTable label="Events" columns={columns} items={machine.transitions} keyOf={({ id }) => id} />;
}
