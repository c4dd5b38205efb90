/** Who is signed in, as the server says. */
import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, useContext } from 'react';
import { client, taken } from '../api/client';
import { isProblem } from '../api/problem';
import type { OperationId, Session } from '../api/schema';
import { setServerTime } from '../time/server-clock';

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

/**
 * Whether an operation is for who is signed in at all, as the server says: a reader sees no buttons that would be refused to every
 * reader. Whether it is possible now is not asked here.
 */
export function useMay(operation: OperationId): boolean {
  return useSession().may.use.includes(operation);
}

/** Whether it is somebody of the vendor, who sees every organization. */
export function useIsOfVendor(): boolean {
  return useSession().kind !== 'member';
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
