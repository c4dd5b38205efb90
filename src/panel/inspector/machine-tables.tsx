/** A machine in words: its states, its events, each way that an event can take, and what has to be true for it. */
import { Anchor } from '@mantine/core';
import { type EventRequest, eventRequests } from 'virtual:event-requests';
import type { Machine } from '../api/schema';
import { type Column, StackedTable } from '../shell/stacked-table';
import { Tag } from '../shell/tag';
import type { Counts } from './chart-counts';
import { isKept } from './machine-words';
import { Reason } from './reason';
import { RuleLink } from './rule-link';

type State = Machine['states'][number];
type MachineEvent = Machine['events'][number];
type Guard = Machine['guards'][number];
type Transition = Machine['transitions'][number];

interface Props {
  machine: Machine;
  /** The rule that the address points at. */
  marked: string | undefined;
}

const effects = {
  changed: null,
  connected: 'Connects',
  unchanged: 'Changes nothing',
} as const satisfies Record<Transition['effect'], string | null>;

const tagWords = {
  mayRun: 'May run',
} as const satisfies Record<State['tags'][number], string>;

const nameOf = ({ name }: { name: string }): string => name;

export function StatesTable({ machine, marked, counts }: Props & { counts: Counts | undefined }) {
  const refusing = new Set(machine.refusals.filter(({ guard }) => guard === null).map(({ state }) => state));
  const columns: Column<State>[] = [
    {
      title: 'State',
      cell: ({ name, isFinal, tags }) => (
        <>
          <strong className="one-word">
            <RuleLink machine={machine.id} name={name} isWhole />
          </strong>{' '}
          {name === machine.initial ? <Tag tone="good">Begins here</Tag> : null}
          {isFinal ? <Tag tone="plain">Ends here</Tag> : null}
          {tags.map((tag) => (
            <Tag key={tag} tone="good">
              {tagWords[tag]}
            </Tag>
          ))}
        </>
      ),
    },
    { title: 'What it is', cell: ({ description }) => description },
    ...(isKept(machine.id)
      ? [{ title: 'In it now', cell: ({ name }: State) => counts?.get(name)?.toLocaleString() ?? '…' }]
      : []),
    {
      title: 'Says to other events',
      cell: ({ name, refusal }) =>
        refusing.has(name) ? (
          <Reason machine={machine.id} code={refusal} />
        ) : (
          <span className="soft">It knows every event</span>
        ),
    },
  ];
  return (
    <StackedTable
      label="States"
      columns={columns}
      items={machine.states}
      keyOf={nameOf}
      anchorOf={nameOf}
      marked={marked}
    />
  );
}

export function EventsTable({ machine, marked }: Props) {
  const columns: Column<MachineEvent>[] = [
    {
      title: 'Event',
      cell: ({ name }) => (
        <strong className="one-word">
          <RuleLink machine={machine.id} name={name} isWhole />
        </strong>
      ),
    },
    { title: 'What it is', cell: ({ description }) => description },
    {
      title: isKept(machine.id) ? 'Asked for by' : 'In the interface',
      cell: ({ name }) => <Requests machine={machine.id} event={name} />,
    },
  ];
  return (
    <StackedTable
      label="Events"
      columns={columns}
      items={machine.events}
      keyOf={nameOf}
      anchorOf={nameOf}
      marked={marked}
    />
  );
}

/** The ways to the API documentation. */
function Requests({ machine, event }: { machine: Machine['id']; event: string }) {
  const requests = eventRequests[`${machine}.${event}`] ?? [];
  if (requests.length === 0) {
    return (
      <span className="soft">
        {isKept(machine)
          ? 'Nobody: time or another change brings it'
          : 'Nothing: silence, time or a restart of the software brings it'}
      </span>
    );
  }
  const [first] = requests;
  if (requests.length === 1 && first !== undefined) return <Request {...first} />;
  return (
    <ul className="guards">
      {requests.map((request) => (
        <li key={request.request}>
          <Request {...request} />
        </li>
      ))}
    </ul>
  );
}

function Request({ request, page, as }: EventRequest) {
  const link = (
    <Anchor href={page} size="sm" underline={as === 'answer' ? 'always' : undefined}>
      {request}
    </Anchor>
  );
  return as === 'answer' ? <>Answer to {link}</> : link;
}

export function TransitionsTable({ machine }: Pick<Props, 'machine'>) {
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
      cell: ({ id, from, event, guards: names }) =>
        names.length === 0 ? (
          <span className="soft">
            {machine.transitions.find((way) => way.from === from && way.event === event)?.id === id
              ? 'Always'
              : 'Otherwise'}
          </span>
        ) : (
          <ul className="guards">
            {names.map((name) => (
              <li key={name}>
                <RuleLink machine={machine.id} name={name} isInText /> {guards.get(name)?.description}
              </li>
            ))}
          </ul>
        ),
    },
  ];
  return <StackedTable label="Transitions" columns={columns} items={machine.transitions} keyOf={({ id }) => id} />;
}

/** Where a way is one of several: an event in a state. */
const roomOf = ({ from, event }: Transition): string => `${from}.${event}`;

export function GuardsTable({ machine, marked }: Props) {
  const refusing = new Set(machine.refusals.map(({ guard }) => guard));
  const open = new Set(machine.transitions.filter(({ guards }) => guards.length === 0).map(roomOf));
  const choosing = new Set(machine.transitions.filter((way) => open.has(roomOf(way))).flatMap(({ guards }) => guards));
  const columns: Column<Guard>[] = [
    {
      title: 'Guard',
      cell: ({ name }) => (
        <strong>
          <RuleLink machine={machine.id} name={name} />
        </strong>
      ),
    },
    { title: 'What has to be true', cell: ({ description }) => description },
    {
      title: 'Else',
      cell: ({ name, reason }) =>
        !refusing.has(name) ? (
          <span className="soft">The event takes another way</span>
        ) : (
          <>
            <Reason machine={machine.id} code={reason} />
            {choosing.has(name) ? <span className="soft">, or the event takes another way</span> : null}
          </>
        ),
    },
  ];
  return (
    <StackedTable
      label="Guards"
      columns={columns}
      items={machine.guards}
      keyOf={nameOf}
      anchorOf={nameOf}
      marked={marked}
    />
  );
}
