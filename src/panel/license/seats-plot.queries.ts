/** The code of the plot, asked for when it is needed: it is the largest part of the page, and the page does without it. */
import { queryOptions } from '@tanstack/react-query';

export const seatsPlotQuery = queryOptions({
  queryKey: ['part', 'seats-plot'],
  queryFn: () => import('./seats-plot'),
  staleTime: Infinity,
  gcTime: Infinity,
  retry: 1,
  structuralSharing: false,
});
