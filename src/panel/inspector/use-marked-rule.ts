/** The rule that the address points at, as in `#logOut`: once its row is there, it is brought into view and gets the focus. */
import { useQuery } from '@tanstack/react-query';
import { useLocation } from '@tanstack/react-router';
import { useEffect } from 'react';
import type { Machine } from '../api/schema';
import { chartQuery } from './machines.queries';

/** The name of a state, an event or a guard of the machine; undefined where the address names none. */
export function useMarkedRule(machine: Machine): string | undefined {
  const hash = useLocation({ select: (location) => location.hash });
  const rules = [...machine.states, ...machine.events, ...machine.guards];
  const marked = rules.some(({ name }) => name === hash) ? hash : undefined;
  // The chart stands above and grows when it comes.
  const { isPending } = useQuery(chartQuery(machine.id));
  useEffect(() => {
    const row = marked === undefined ? null : document.getElementById(marked);
    row?.focus({ preventScroll: true });
    row?.scrollIntoView({ block: 'center' });
  }, [marked, isPending]);
  return marked;
}
