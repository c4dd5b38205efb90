/** What can happen in a state, as the server's statecharts say. */
import { useQuery } from '@tanstack/react-query';
import type { Machine } from '../api/schema';
import { machineQuery } from './machines.queries';

type Transition = Machine['transitions'][number];

/** The transitions that would change something in this state, for its events in their order. None until the server has said. */
export function usePossibleEvents(id: Machine['id'], state: string): Transition[] {
  const { data: machine } = useQuery(machineQuery(id));
  return machine?.transitions.filter(({ from, effect }) => from === state && effect === 'changed') ?? [];
}
