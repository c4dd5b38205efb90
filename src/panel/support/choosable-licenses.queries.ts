/** The licenses that a ticket can be about, for a choice: those whose product has a text in it, as far as a list can hold them. */
import { queryOptions } from '@tanstack/react-query';
import { client, taken } from '../api/client';
import type { License, Page } from '../api/schema';

const shownMax = 200;

export const choosableLicensesQuery = (search: string) =>
  queryOptions({
    queryKey: ['licenses', 'choosable', search],
    queryFn: ({ signal }): Promise<Page<License>> => {
      const query = { limit: shownMax, search: search === '' ? undefined : search };
      return taken(client.GET('/v1/licenses', { params: { query }, signal }));
    },
    // What was shown stays until the answer to another question is there.
    placeholderData: (before) => before,
  });
