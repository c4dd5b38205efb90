/** How many are in each state now, of what one sees; asked each second while the page is open. */
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Machine } from '../api/schema';
import type { Counts } from './chart-counts';
import { populationQuery } from './inspections.queries';

/** Undefined until they are known, and where nothing is kept that could be counted. */
export function useCounts(id: Machine['id']): Counts | undefined {
  const { data } = useQuery(populationQuery(id));
  return useMemo(() => data && new Map(data.states.map(({ name, count }) => [name, count])), [data]);
}
