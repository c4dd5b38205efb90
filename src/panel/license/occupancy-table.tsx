/** The plot's figures as a table, behind a summary. */
import type { Occupancy } from '../api/schema';
import { StackedTable } from '../shell/stacked-table';
import { Moment } from '../time/moment';

const rowsMax = 100;

interface Row {
  at: string;
  active: string;
  refused: string;
}

export function OccupancyTable({ occupancy: { points, refused } }: { occupancy: Occupancy }) {
  const rows: Row[] = [
    ...points.map(({ at, activeDevices, seats }) => ({
      at,
      active: seats === null ? String(activeDevices) : `${activeDevices} of ${seats}`,
      refused: '',
    })),
    ...refused.map(({ at, count }) => ({ at, active: '', refused: String(count) })),
  ].sort((a, b) => (a.at < b.at ? 1 : -1));
  return (
    <details className="figures">
      <summary>The same in figures</summary>
      <StackedTable
        label="Occupied seats over time"
        items={rows.slice(0, rowsMax)}
        keyOf={({ at, active }) => at + active}
        columns={[
          { title: 'From', cell: ({ at }) => <Moment at={at} /> },
          { title: 'Seats in use', cell: ({ active }) => active || '—' },
          { title: 'Refused activations', cell: (row) => row.refused || '—' },
        ]}
      />
      {rows.length > rowsMax ? (
        <p className="soft">
          The newest {rowsMax} of {rows.length} rows.
        </p>
      ) : null}
    </details>
  );
}
