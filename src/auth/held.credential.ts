/** A credential that something goes on with after its request: it is looked at again from time to time, and grants nothing new. */
import type { FastifyRequest } from 'fastify';
import { systemNow } from '../clock/clock.js';
import type { Session } from '../persistence/session.js';
import { accessKindOf } from './access.decorators.js';
import { sessionOf } from './asker.decorator.js';
import { readAuthorization } from './authorization.header.js';
import { findBearer } from './credential.queries.js';
import type { KnownPrincipal } from './principal.js';
import { hashSecret } from './secret.js';
import { findSession } from './session.queries.js';

/** Whose credential it is, in few words, because many may be held. */
export interface HeldCredential {
  readonly by: 'bearer' | 'session';
  readonly secretHash: string;
  /** Who it stood for, and as what. */
  readonly holder: string;
}

/** The credential by which the guard has found this principal, a bearer token or a session. Throws where there was neither. */
export function heldCredential(principal: KnownPrincipal, request: FastifyRequest): HeldCredential {
  const holder = holderOf(principal);
  const session = sessionOf(request);
  if (session !== null) return { by: 'session', secretHash: session.hash, holder };
  const presented = readAuthorization(request.headers.authorization);
  if (typeof presented === 'string') throw new Error(`${request.url} goes on without a credential`);
  return { by: 'bearer', secretHash: hashSecret(presented.secret), holder };
}

/** Whether it still stands for whom it did, in the same role and the same organization. */
export async function stillHolds(session: Session, { by, secretHash, holder }: HeldCredential): Promise<boolean> {
  const principal =
    by === 'bearer'
      ? await findBearer(session, secretHash)
      : ((await findSession(session, secretHash, systemNow()))?.principal ?? null);
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
