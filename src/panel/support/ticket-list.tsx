/** The tickets of one status, newest first. */
import { Text } from '@mantine/core';
import { useInfiniteQuery, useQueries, useQuery } from '@tanstack/react-query';
import type { License, Ticket } from '../api/schema';
import { licenseQuery } from '../license/license.queries';
import { organizationNamesQuery } from '../licenses/licenses.queries';
import { useIsOfVendor } from '../session/use-session';
import { BreakableAddress } from '../shell/breakable-address';
import { Empty } from '../shell/empty';
import { LoadMore } from '../shell/load-more';
import { Loading } from '../shell/loading';
import { ProblemAlert } from '../shell/problem-alert';
import { type Column, StackedTable } from '../shell/stacked-table';
import { TextLink } from '../shell/text-link';
import { TimeAgo } from '../time/moment';
import { ticketsQuery } from './tickets.queries';
import { authorInWords, ticketStatusWords, topicWords } from './ticket-words';

const licenseStaysMillis = 60_000;

/** The licenses that tickets are about, as far as they are known. */
function useLicenses(tickets: readonly Ticket[]): ReadonlyMap<string, License> {
  const ids = [...new Set(tickets.map(({ licenseId }) => licenseId))];
  return useQueries({
    queries: ids.map((id) => ({ ...licenseQuery(id), staleTime: licenseStaysMillis })),
    combine: (results) => new Map(results.flatMap(({ data }) => (data === undefined ? [] : [[data.id, data]]))),
  });
}

export function TicketList({ status }: { status: Ticket['status'] }) {
  const query = useInfiniteQuery(ticketsQuery(status));
  const tickets = query.data?.pages.flatMap(({ items }) => items);
  const licenses = useLicenses(tickets ?? []);
  const isOfVendor = useIsOfVendor();
  const { data: organizations = {} } = useQuery({ ...organizationNamesQuery, enabled: isOfVendor });
  const productOf = ({ licenseId }: Ticket): string => licenses.get(licenseId)?.product ?? '…';
  const organizationOf = ({ licenseId }: Ticket): string =>
    organizations[licenses.get(licenseId)?.organizationId ?? ''] ?? '…';
  const columns: Column<Ticket>[] = [
    {
      title: 'Ticket',
      isTitle: true,
      cell: ({ id, topic, message }) => (
        <>
          <TextLink to="/support/$ticketId" params={{ ticketId: id }} fw={600}>
            {topicWords[topic]}
          </TextLink>
          <Text size="sm" lineClamp={2} maw="34rem">
            {message}
          </Text>
        </>
      ),
    },
    { title: 'Product', cell: productOf },
    ...(isOfVendor ? [{ title: 'Organization', cell: organizationOf }] : []),
    { title: 'Opened by', cell: ({ createdBy }) => <BreakableAddress address={authorInWords(createdBy)} /> },
    { title: 'Opened', cell: ({ createdAt }) => <TimeAgo at={createdAt} /> },
  ];
  const [words] = ticketStatusWords[status];
  return (
    <>
      <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
      {tickets === undefined ? (
        query.error === null ? (
          <Loading what="The tickets are loaded" lines={4} />
        ) : null
      ) : tickets.length === 0 ? (
        <Empty title={status === 'open' ? 'Nobody waits for support' : `No ticket is ${words.toLowerCase()}`}>
          {status === 'open' ? 'A ticket about a device can be opened from the page of its license.' : null}
        </Empty>
      ) : (
        <StackedTable label={`${words} tickets`} columns={columns} items={tickets} keyOf={({ id }) => id} />
      )}
      <LoadMore query={query} label="Show more tickets" />
    </>
  );
}
