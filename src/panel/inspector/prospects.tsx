/** What each event would do to a subject now: those that are possible as buttons that try them, the others with the guard that refuses. */
import { Button } from '@mantine/core';
import type { Inspection } from '../api/schema';
import { isInHistories } from '../license/sentences';
import { ProblemLink } from '../shell/problem-link';
import { type Column, StackedTable } from '../shell/stacked-table';
import { TextLink } from '../shell/text-link';
import { RuleLink } from './rule-link';

type Prospect = NonNullable<Inspection['prospects']>[number];

function Words({ prospect, inspection: { machine, state } }: { prospect: Prospect; inspection: Inspection }) {
  const { outcome, to, guard, reason, remedy } = prospect;
  switch (outcome) {
    case 'changed':
      return <>{to === state ? 'Changes something, and stays' : `Leads to ${to}`}</>;
    case 'connected':
      return <>Connects: its dates move</>;
    case 'unchanged':
      return <span className="soft">Changes nothing: it holds already</span>;
    case 'refused':
      return (
        <span className="soft">
          {guard === null ? 'There is no such event in ' : `This does not hold: ${guard.description} `}
          <RuleLink machine={machine} name={guard?.name ?? state ?? ''} isInText />{' '}
          {reason === null ? null : <ProblemLink code={reason} />}
          {remedy === null ? null : ` ${remedy}`}
        </span>
      );
  }
}

/** @param onTry told the event that is to be tried */
export function Prospects({ inspection, onTry }: { inspection: Inspection; onTry: (event: string) => void }) {
  const { prospects, machine, subjectId } = inspection;
  const columns: Column<Prospect>[] = [
    {
      title: 'Event',
      isTitle: true,
      cell: ({ event, outcome, isCommand }) =>
        isCommand && outcome !== 'refused' ? (
          <Button size="compact-sm" variant="default" onClick={() => onTry(event)} aria-label={`Try ${event}`}>
            {event}
          </Button>
        ) : (
          <span className={outcome === 'refused' ? 'one-word soft' : 'one-word'}>
            <RuleLink machine={machine} name={event} isWhole />
          </span>
        ),
    },
    { title: 'What it would do now', cell: (prospect) => <Words prospect={prospect} inspection={inspection} /> },
    {
      title: 'Who brings it',
      cell: ({ isCommand, event }) => (
        <span className="soft">
          {isCommand ? 'A command' : 'Time or another change'}
          {isInHistories(event) ? (
            <>
              {' · '}
              <TextLink
                to="/inspector/$machineId/$subjectId"
                params={{ machineId: machine, subjectId }}
                search={{ event }}
                inherit
                aria-label={`${event} in the history`}
              >
                In the history
              </TextLink>
            </>
          ) : null}
        </span>
      ),
    },
  ];
  return (
    <StackedTable label="What can happen now" columns={columns} items={prospects ?? []} keyOf={({ event }) => event} />
  );
}
