/** Who is signed in, as the server says. */
import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, useContext } from 'react';
import { client, taken } from '../api/client';
import { isProblem } from '../api/problem';
import type { Session } from '../api/schema';
import { setServerTime } from '../time/server-clock';
import { type Duty, offers } from './offers';

const askAgainMillis = 60_000;

/** Null where nobody is signed in. Asking sets the clock. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async (): Promise<Session | null> => {
    try {
      const session = await taken(client.GET('/v1/session'));
      setServerTime(session.now);
      return session;
    } catch (error) {
      if (isProblem(error, 'unauthenticated')) return null;
      throw error;
    }
  },
  staleTime: askAgainMillis / 2,
  refetchInterval: askAgainMillis,
});

/** The session that the page was opened with; stays while it is renewed in a dialog. */
export const HeldSession = createContext<Session | null>(null);

/** Who is signed in; only within the pages that need it. */
export function useSession(): Session {
  const session = useContext(HeldSession);
  if (session === null) throw new Error('this page is only for somebody who is signed in');
  return session;
}

/** Whether something is offered to the role of who is signed in. */
export function useOffers(duty: Duty): boolean {
  return offers(useSession().role, duty);
}

/** The state of the question who is signed in. */
export function useSessionQuery() {
  return useQuery(sessionQuery);
}

/** Takes a session that signing in has just answered. */
export function useTakeSession(): (session: Session) => void {
  const queries = useQueryClient();
  return (session) => {
    setServerTime(session.now);
    queries.setQueryData(sessionQuery.queryKey, session);
  };
}
