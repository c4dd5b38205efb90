/** A member as it is shown. */
import { formatInstant } from '../clock/instant.js';
import type { MemberRow } from './member.queries.js';
import type { Member } from './member.schemas.js';

export function presentMember(row: MemberRow): Member {
  const { id, organizationId, email, role, hasPassword, createdAt, lastSignedInAt } = row;
  return {
    id,
    organizationId,
    email,
    role,
    state: Boolean(hasPassword) ? 'active' : 'invited',
    createdAt: formatInstant(createdAt),
    lastSignedInAt: lastSignedInAt === null ? null : formatInstant(lastSignedInAt),
  };
}
