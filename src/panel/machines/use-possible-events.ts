/** What can happen in a state, as the server's statecharts say. They do not change while a server runs. */
import { queryOptions, useQuery } from '@tanstack/react-query';
import { client, taken } from '../api/client';
import type { Machine } from '../api/schema';

type Transition = Machine['transitions'][number];

export const machineQuery = (id: Machine['id']) =>
  queryOptions({
    queryKey: ['machine', id],
    queryFn: (): Promise<Machine> => taken(client.GET('/v1/machines/{id}', { params: { path: { id } } })),
    staleTime: Number.POSITIVE_INFINITY,
  });

/** The transitions that would change something in this state, for its events in their order. None until the server has said. */
export function usePossibleEvents(id: Machine['id'], state: string): Transition[] {
  const { data: machine } = useQuery(machineQuery(id));
  return machine?.transitions.filter(({ from, effect }) => from === state && effect === 'changed') ?? [];
}
