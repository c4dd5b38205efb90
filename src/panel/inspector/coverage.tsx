/** What the model-based tests have taken of a machine: on the chart where that is wanted, and in words. */
import { Code, Stack, Switch } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Machine, MachineCoverage } from '../api/schema';
import { Facts } from '../shell/facts';
import { Loading } from '../shell/loading';
import { Note } from '../shell/note';
import { ProblemAlert } from '../shell/problem-alert';
import { type Column, StackedTable } from '../shell/stacked-table';
import { Tag } from '../shell/tag';
import { Moment } from '../time/moment';
import { type Hits, timesInWords } from './chart-hits';
import { coverageQuery } from './machines.queries';

type Run = NonNullable<MachineCoverage['run']>;
type Covered = MachineCoverage['transitions'][number];

const walkWords = {
  machine: 'The machine alone',
  httpOnSqlite: 'Over HTTP, on SQLite',
  httpOnPostgres: 'Over HTTP, on PostgreSQL',
  clientKit: 'The client kit, against a server',
} as const satisfies Record<Run['walks'][number]['walk'], string>;

/** @param onShow told what to mark on the chart; undefined for nothing */
export function Coverage({ id, onShow }: { id: Machine['id']; onShow: (hits: Hits | undefined) => void }) {
  const { data: coverage, error, refetch } = useQuery(coverageQuery(id));
  const [isShown, setShown] = useState(false);
  if (coverage === undefined) {
    if (error !== null) return <ProblemAlert error={error} onRetry={() => void refetch()} />;
    return <Loading what="The coverage is loaded" lines={3} />;
  }
  const { run, transitions } = coverage;
  if (run === null) {
    return (
      <Note tone="plain" title="No run of the tests is on record">
        <p>This server was built without one. It is recorded by the tests, and taken along by the build after them.</p>
      </Note>
    );
  }
  const show = (wish: boolean): void => {
    setShown(wish);
    onShow(wish ? new Map(transitions.map((transition) => [transition.id, transition.count])) : undefined);
  };
  return (
    <>
      <p className="soft">How often the last run of the model-based tests has taken each transition.</p>
      <Stack mb="md">
        {run.isOfTheseRules ? null : (
          <Note tone="warn" title="The run is of other rules">
            <p>
              This machine is not the one that was tested: it has changed between that run and the build of this server.
            </p>
          </Note>
        )}
        <RunFacts run={run} transitions={transitions} />
        <Switch
          label="Show on the chart"
          checked={isShown}
          onChange={({ currentTarget }) => show(currentTarget.checked)}
        />
      </Stack>
      {isShown ? (
        <>
          <Legend />
          <HitsTable transitions={transitions} />
        </>
      ) : null}
    </>
  );
}

function RunFacts({ run, transitions }: { run: Run; transitions: readonly Covered[] }) {
  const taken = transitions.filter(({ count }) => count > 0).length;
  return (
    <Facts
      facts={[
        ['Run', <Moment key="run" at={run.at} />],
        [
          'Commit',
          <>
            {run.commit === null ? 'Not known' : <Code title={run.commit}>{run.commit.slice(0, 10)}</Code>}
            {run.hasChanges ? ' with changes that are not in it' : ''}
          </>,
        ],
        ['Transitions taken', `${taken} of ${transitions.length}`],
        [
          'Walked',
          <ul key="walks" className="guards">
            {run.walks.map(({ walk, at }) => (
              <li key={walk}>
                {walkWords[walk]}, <Moment at={at} />
              </li>
            ))}
          </ul>,
        ],
      ]}
    />
  );
}

function Legend() {
  return (
    <ul className="legend" aria-label="Legend">
      <li>
        <Sample taken="yes" /> Taken by the tests
      </li>
      <li>
        <Sample taken="no" /> Never taken: dashed
      </li>
    </ul>
  );
}

/** A way as on the chart. */
function Sample({ taken }: { taken: 'yes' | 'no' }) {
  return (
    <svg className="chart" width="48" height="12" aria-hidden="true">
      <g data-taken={taken}>
        <path className="chart-way" d="M1 6h38" />
        <path className="chart-head" d="M47 6l-9 4v-8z" />
      </g>
    </svg>
  );
}

function HitsTable({ transitions }: { transitions: readonly Covered[] }) {
  const columns: Column<Covered>[] = [
    { title: 'Event', cell: ({ event }) => <strong className="one-word">{event}</strong> },
    { title: 'In', cell: ({ from }) => <span className="one-word">{from}</span> },
    {
      title: 'Leads to',
      cell: ({ to }) => (to === null ? <span className="soft">Stays</span> : <span className="one-word">{to}</span>),
    },
    {
      title: 'Taken by the tests',
      cell: ({ count }) => (count === 0 ? <Tag tone="bad">{timesInWords(count)}</Tag> : timesInWords(count)),
    },
  ];
  return <StackedTable label="Coverage" columns={columns} items={transitions} keyOf={({ id }) => id} />;
}
