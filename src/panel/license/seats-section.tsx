/**
 * Occupied seats over time: a plot, and the same as a table for those who do not see it. The plot's code comes by itself; where it
 * does not come, the table and the rest of the page stay.
 */
import { Button, Group, NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { License, Occupancy } from '../api/schema';
import { Empty } from '../shell/empty';
import { Loading } from '../shell/loading';
import { Note } from '../shell/note';
import { ProblemAlert } from '../shell/problem-alert';
import { Section } from '../shell/section';
import { serverNow } from '../time/server-clock';
import { occupancyQuery } from './occupancy.queries';
import { OccupancyTable } from './occupancy-table';
import { seatsPlotQuery } from './seats-plot.queries';

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
          <Plot occupancy={query.data} />
          <OccupancyTable occupancy={query.data} />
        </>
      )}
    </Section>
  );
}

function Plot({ occupancy }: { occupancy: Occupancy }) {
  const { data: part, isFetching, isError, refetch } = useQuery(seatsPlotQuery);
  if (part !== undefined) return <part.SeatsPlot occupancy={occupancy} />;
  return (
    <div className="plot-room">
      {isError && !isFetching ? (
        <Note tone="bad" role="status" title="The plot could not be loaded">
          <p>Its figures are below. Where it does not come, the server may be a newer one: load the page again then.</p>
          <Group mt="xs">
            <Button size="xs" variant="default" onClick={() => void refetch()}>
              Try again
            </Button>
          </Group>
        </Note>
      ) : (
        <Loading what="The plot is loaded" lines={4} />
      )}
    </div>
  );
}
