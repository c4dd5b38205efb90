/** Occupied seats over time: a plot, and the same as a table for those who do not see it. The plot's code is loaded with it. */
import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import type { License } from '../api/schema';
import { Empty } from '../shell/empty';
import { Loading } from '../shell/loading';
import { ProblemAlert } from '../shell/problem-alert';
import { Section } from '../shell/section';
import { serverNow } from '../time/server-clock';
import { occupancyQuery } from './occupancy.queries';
import { OccupancyTable } from './occupancy-table';

const SeatsPlot = lazy(() => import('./seats-plot').then(({ SeatsPlot: component }) => ({ default: component })));

const dayMillis = 86_400_000;
const spans = [
  { value: '7', label: 'Last 7 days' },
  { value: '30', label: 'Last 30 days' },
  { value: '90', label: 'Last 90 days' },
  { value: '365', label: 'Last year' },
];

const beginOf = (days: string): string => new Date(serverNow() - Number(days) * dayMillis).toISOString();

export function SeatsSection({ license }: { license: License }) {
  const [days, setDays] = useState('30');
  const [from, setFrom] = useState(() => beginOf('30'));
  const query = useQuery({ ...occupancyQuery(license.id, from), placeholderData: (before) => before });
  const choose = (value: string): void => {
    setDays(value);
    setFrom(beginOf(value));
  };
  return (
    <Section
      title="Seats"
      beside={
        <NativeSelect
          size="xs"
          aria-label="Span of the plot"
          data={spans}
          value={days}
          onChange={({ currentTarget: { value } }) => choose(value)}
        />
      }
    >
      {query.data === undefined ? (
        query.error === null ? (
          <div className="plot-room">
            <Loading what="The occupancy is loaded" lines={4} />
          </div>
        ) : (
          <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
        )
      ) : query.data.points.length === 0 ? (
        <Empty title="Nothing to plot yet" />
      ) : (
        <>
          <Suspense
            fallback={
              <div className="plot-room">
                <Loading what="The plot is loaded" lines={4} />
              </div>
            }
          >
            <SeatsPlot occupancy={query.data} />
          </Suspense>
          <OccupancyTable occupancy={query.data} />
        </>
      )}
    </Section>
  );
}
