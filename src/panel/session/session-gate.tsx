/**
 * Hands on who is signed in. A session that ends under an open page is renewed in a dialog over it, so that nothing typed is lost;
 * who signs in as somebody else starts anew.
 */
import { type ReactNode, useEffect, useState } from 'react';
import { whenUnauthenticated } from '../api/client';
import { queryClient } from '../api/query-client';
import type { Session } from '../api/schema';
import { SessionEndedDialog } from './session-ended-dialog';
import { HeldSession, sessionQuery, useSessionQuery } from './use-session';

export function SessionGate({ children }: { children: ReactNode }) {
  const { data } = useSessionQuery();
  const [held, setHeld] = useState<Session | null>(null);
  if (data && data !== held && (held === null || data.id === held.id)) setHeld(data);
  useEffect(
    () => whenUnauthenticated(() => void queryClient.invalidateQueries({ queryKey: sessionQuery.queryKey })),
    [],
  );
  // Nobody gets here without a session: the route asks first.
  if (held === null) return null;
  const renew = (session: Session): void => {
    if (session.id === held.id) void queryClient.invalidateQueries();
    else location.reload();
  };
  return (
    <HeldSession value={held}>
      {children}
      <SessionEndedDialog isOpen={data === null} session={held} onRenewed={renew} />
    </HeldSession>
  );
}
