/** Which organizations an asker sees: the vendor all, a member their own; others are as if they did not exist (R14). */
import type { TokenPrincipal } from '../auth/principal.js';
import type { Session } from '../persistence/session.js';
import { ProblemError } from '../problems/problem.js';
import { findOrganization, type OrganizationRow } from './organization.queries.js';

/** The organization, where the asker sees it. Throws `notFound` where they do not, or there is none. */
export async function requireSeenOrganization(
  session: Session,
  asker: TokenPrincipal,
  id: string,
): Promise<OrganizationRow> {
  const isSeen = asker.kind !== 'member' || asker.organizationId === id;
  const organization = isSeen ? await findOrganization(session, id) : null;
  if (organization === null) throw new ProblemError('notFound', 'There is no such organization.');
  return organization;
}
