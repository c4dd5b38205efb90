/** What the operators' pages ask the server for. */
import { queryOptions } from '@tanstack/react-query';
import { client, taken } from '../api/client';
import { liveEachMillis } from '../api/live';
import type { License, Organization, Page } from '../api/schema';

type Ask<Item> = (query: { limit: number; cursor?: string }) => Promise<Page<Item>>;

/** A whole list, page after page. */
async function whole<Item>(ask: Ask<Item>): Promise<Item[]> {
  const items: Item[] = [];
  let cursor: string | undefined;
  do {
    const page = await ask({ limit: 200, cursor });
    items.push(...page.items);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return items;
}

export const organizationsQuery = queryOptions({
  queryKey: ['organizations', 'all'],
  queryFn: (): Promise<Organization[]> =>
    whole((query) => taken(client.GET('/v1/organizations', { params: { query } }))),
  refetchInterval: liveEachMillis,
});

export const organizationQuery = (id: string) =>
  queryOptions({
    queryKey: ['organizations', id],
    queryFn: (): Promise<Organization> => taken(client.GET('/v1/organizations/{id}', { params: { path: { id } } })),
  });

/** The licenses of one organization. */
export const organizationLicensesQuery = (organizationId: string) =>
  queryOptions({
    queryKey: ['licenses', 'of', organizationId],
    queryFn: (): Promise<License[]> =>
      whole((query) => taken(client.GET('/v1/licenses', { params: { query: { ...query, organizationId } } }))),
    refetchInterval: liveEachMillis,
  });
