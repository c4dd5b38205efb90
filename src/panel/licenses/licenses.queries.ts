/** What the list of licenses asks the server for. */
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { client, taken } from '../api/client';
import { liveEachMillis } from '../api/live';
import type { License, Page } from '../api/schema';

/** What the list is asked for; what is left out is not filtered by. */
export interface LicenseFilter {
  search?: string;
  status?: License['status'];
  remoteDeactivation?: License['remoteDeactivation']['state'];
  organizationId?: string;
}

export const licensesQuery = (filter: LicenseFilter) =>
  infiniteQueryOptions({
    queryKey: ['licenses', filter],
    queryFn: ({ pageParam, signal }): Promise<Page<License>> => {
      const query = {
        ...filter,
        status: filter.status && [filter.status],
        remoteDeactivation: filter.remoteDeactivation && [filter.remoteDeactivation],
        limit: 100,
        cursor: pageParam,
      };
      return taken(client.GET('/v1/licenses', { params: { query }, signal }));
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    refetchInterval: liveEachMillis,
    // What was shown stays until the answer to another question is there.
    placeholderData: (before) => before,
  });

/** Names of organizations by id: for the vendor's people all, else the one's own. */
export const organizationNamesQuery = queryOptions({
  queryKey: ['organizations', 'names'],
  queryFn: async (): Promise<Record<string, string>> => {
    const names: Record<string, string> = {};
    let cursor: string | undefined;
    do {
      const query = { limit: 200, cursor };
      const page = await taken(client.GET('/v1/organizations', { params: { query } }));
      for (const { id, name } of page.items) names[id] = name;
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    return names;
  },
  staleTime: 60_000,
});
