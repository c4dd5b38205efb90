/** A session as it is shown. */
import type { BrowserSession } from '../auth/session.queries.js';
import { formatInstant } from '../clock/instant.js';
import type { SessionView } from './session.schemas.js';

/** @param now the server's time, the test clock's where there is one */
export function presentSession(session: BrowserSession, now: number): SessionView {
  const { principal, email, role, organization, signedInWith, endsAt } = session;
  return {
    kind: principal.kind,
    id: principal.id,
    name: principal.name,
    email,
    role,
    organization,
    signedInWith,
    endsAt: formatInstant(endsAt),
    now: formatInstant(now),
  };
}
