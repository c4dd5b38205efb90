/** A credential that something goes on with after its request: it is looked at again from time to time, and grants nothing new. */
import type { Session } from '../persistence/session.js';
import { accessKindOf } from './access.decorators.js';
import { findBearer } from './credential.queries.js';
import type { KnownPrincipal } from './principal.js';

/** Whose credential it is, in few words, because many may be held. */
export interface HeldCredential {
  readonly secretHash: string;
  /** Who it stood for, and as what. */
  readonly holder: string;
}

/** @param secretHash of the bearer token that the principal was found by */
export function heldCredential(principal: KnownPrincipal, secretHash: string): HeldCredential {
  return { secretHash, holder: holderOf(principal) };
}

/** Whether a bearer token still stands for whom it did, in the same role and the same organization. */
export async function stillHolds(session: Session, { secretHash, holder }: HeldCredential): Promise<boolean> {
  const principal = await findBearer(session, secretHash);
  return principal !== null && holderOf(principal) === holder;
}

function holderOf(principal: KnownPrincipal): string {
  const kind = accessKindOf(principal);
  switch (principal.kind) {
    case 'device':
      return `${kind} ${principal.deviceId}`;
    case 'member':
      return `${kind} ${principal.id} ${principal.organizationId}`;
    case 'licenseKey':
      return `${kind} ${principal.licenseId}`;
    case 'operator':
    case 'support':
      return `${kind} ${principal.id}`;
  }
}
