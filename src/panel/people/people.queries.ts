/** What the pages about people ask the server for. */
import { infiniteQueryOptions } from '@tanstack/react-query';
import { client, taken } from '../api/client';
import { liveEachMillis } from '../api/live';
import type { Member, Page } from '../api/schema';

export const membersKey = (organizationId: string) => ['members', organizationId] as const;

export const membersQuery = (organizationId: string) =>
  infiniteQueryOptions({
    queryKey: membersKey(organizationId),
    queryFn: ({ pageParam, signal }): Promise<Page<Member>> => {
      const params = { path: { id: organizationId }, query: { limit: 100, cursor: pageParam } };
      return taken(client.GET('/v1/organizations/{id}/members', { params, signal }));
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    refetchInterval: liveEachMillis,
  });
