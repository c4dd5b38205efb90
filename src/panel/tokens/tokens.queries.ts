/** What the pages about access tokens ask the server for: those that the asker looks after. */
import { queryOptions } from '@tanstack/react-query';
import { client, taken } from '../api/client';
import { liveEachMillis } from '../api/live';
import type { AccessToken } from '../api/schema';

export const tokensQuery = queryOptions({
  queryKey: ['tokens'],
  queryFn: async (): Promise<AccessToken[]> => {
    const tokens: AccessToken[] = [];
    let cursor: string | undefined;
    do {
      const page = await taken(client.GET('/v1/tokens', { params: { query: { limit: 200, cursor } } }));
      tokens.push(...page.items);
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    return tokens;
  },
  refetchInterval: liveEachMillis,
});
