/** How many seats were occupied over time. */
import { queryOptions } from '@tanstack/react-query';
import { client, taken } from '../api/client';
import type { Occupancy } from '../api/schema';
import { licenseKey } from './license.queries';

/** @param from a time of the API; the plot ends now */
export const occupancyQuery = (id: string, from: string | undefined) =>
  queryOptions({
    queryKey: [...licenseKey(id), 'occupancy', from],
    queryFn: (): Promise<Occupancy> =>
      taken(client.GET('/v1/licenses/{id}/occupancy', { params: { path: { id }, query: { from } } })),
  });
