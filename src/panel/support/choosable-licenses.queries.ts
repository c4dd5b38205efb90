/** The licenses that a ticket can be about, for a choice. */
import { queryOptions } from '@tanstack/react-query';
import { client, taken } from '../api/client';
import type { License } from '../api/schema';

export const choosableLicensesQuery = queryOptions({
  queryKey: ['licenses', 'choosable'],
  queryFn: async (): Promise<License[]> => {
    const page = await taken(client.GET('/v1/licenses', { params: { query: { limit: 200 } } }));
    return page.items;
  },
});
