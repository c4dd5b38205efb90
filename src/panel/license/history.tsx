/** What happened to a license and its devices, newest first, in sentences. */
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { formError } from '../api/field-errors';
import type { License } from '../api/schema';
import { Empty } from '../shell/empty';
import { LoadMore } from '../shell/load-more';
import { Loading } from '../shell/loading';
import { ProblemAlert } from '../shell/problem-alert';
import { Section } from '../shell/section';
import { HistoryFilters, historyFields } from './history-filters';
import { HistoryRow } from './history-row';
import { type HistoryFilter, historyQuery, knownDevicesQuery } from './license.queries';
import { useDeviceNames } from './use-device-names';

export function History({ license }: { license: License }) {
  const [filter, setFilter] = useState<HistoryFilter>({});
  const query = useInfiniteQuery({ ...historyQuery(license.id, filter), placeholderData: (before) => before });
  const { data: devices = [] } = useQuery(knownDevicesQuery(license.id));
  const rows = query.data?.pages.flatMap(({ items }) => items);
  const deviceOf = useDeviceNames(
    license.id,
    (rows ?? []).flatMap(({ machine, subjectId }) => (machine === 'device' ? [subjectId] : [])),
  );
  return (
    <Section title="History">
      <HistoryFilters
        filter={filter}
        actors={(rows ?? []).map(({ actor }) => actor)}
        devices={devices}
        error={query.error}
        onChange={(change) => setFilter((before) => ({ ...before, ...change }))}
      />
      <ProblemAlert error={formError(query.error, historyFields)} onRetry={() => void query.refetch()} />
      {rows === undefined ? (
        query.error === null ? (
          <Loading what="The history is loaded" lines={5} />
        ) : null
      ) : rows.length === 0 ? (
        <Empty title="Nothing in the history is like this" />
      ) : (
        <ol className="history" aria-label="History">
          {rows.map((row) => (
            <HistoryRow
              key={row.sequence}
              row={row}
              device={deviceOf(row.machine === 'device' ? row.subjectId : null)}
            />
          ))}
        </ol>
      )}
      <LoadMore query={query} label="Show earlier events" />
    </Section>
  );
}
