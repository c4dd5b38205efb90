/** What the support desk asks the server for. It is live: asked again each second while somebody looks. */
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { client, taken } from '../api/client';
import { liveEachMillis } from '../api/live';
import type { Page, Ticket, TicketTopic } from '../api/schema';

export const ticketsQuery = (status: Ticket['status']) =>
  infiniteQueryOptions({
    queryKey: ['tickets', status],
    queryFn: ({ pageParam, signal }): Promise<Page<Ticket>> => {
      const query = { status: [status], limit: 50, cursor: pageParam };
      return taken(client.GET('/v1/support-tickets', { params: { query }, signal }));
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    refetchInterval: liveEachMillis,
  });

/** What a ticket about a license can be about now. */
export const ticketTopicsQuery = (licenseId: string) =>
  queryOptions({
    queryKey: ['license', licenseId, 'ticketTopics'],
    queryFn: async (): Promise<TicketTopic[]> => {
      const path = { id: licenseId };
      return (await taken(client.GET('/v1/licenses/{id}/ticket-topics', { params: { path } }))).items;
    },
  });

export const ticketKey = (id: string) => ['ticket', id] as const;

export const ticketQuery = (id: string) =>
  queryOptions({
    queryKey: ticketKey(id),
    queryFn: ({ signal }): Promise<Ticket> =>
      taken(client.GET('/v1/support-tickets/{id}', { params: { path: { id } }, signal })),
    refetchInterval: liveEachMillis,
  });
