/**
 * Reads and writes rows of sessions: browsers in which somebody is signed in. The hash of a secret goes in and never comes out to
 * anybody. All times are system time, in epoch milliseconds.
 */
import type { Session } from '../persistence/session.js';
import { principalOf, type TokenPrincipal } from './principal.js';
import type { Role } from './role.js';

/** How somebody signed in: as a member with a password, or as who has an access token with that or with a one-time link. */
export const waysToSignIn = ['password', 'token', 'link'] as const;

export type SignedInWith = (typeof waysToSignIn)[number];

/** How long a session lasts from the signing in. */
export const sessionMillis = 30 * 86_400_000;
/** How long a session lasts without being used. */
export const idleMillis = 7 * 86_400_000;

/** Whose session it is. */
export type SessionOwner = { readonly memberId: string } | { readonly tokenId: string };

/** A session, and who they are that it stands for. */
export interface BrowserSession {
  readonly hash: string;
  readonly principal: TokenPrincipal;
  readonly owner: SessionOwner;
  readonly role: Role;
  /** Null for who has signed in with an access token. */
  readonly email: string | null;
  readonly organization: { readonly id: string; readonly name: string } | null;
  readonly signedInWith: SignedInWith;
  readonly lastUsedAt: number;
  readonly endsAt: number;
}

interface Row {
  readonly memberId: string | null;
  readonly tokenId: string;
  readonly role: Role;
  readonly name: string;
  readonly organizationId: string | null;
  readonly organizationName: string;
  readonly signedInWith: SignedInWith;
  readonly lastUsedAt: number;
  readonly endsAt: number;
}

/** The session whose secret has this hash; null where it is unknown or has ended. */
export async function findSession(session: Session, hash: string, systemNow: number): Promise<BrowserSession | null> {
  const [row] = await session.all<Row>(
    `SELECT session.member_id AS "memberId", session.token_id AS "tokenId",
       COALESCE(member.role, token.role) AS role, COALESCE(member.email, token.name) AS name,
       organization.id AS "organizationId", organization.name AS "organizationName",
       session.signed_in_with AS "signedInWith", session.last_used_at AS "lastUsedAt", session.ends_at AS "endsAt"
     FROM session
       LEFT JOIN member ON member.id = session.member_id
       LEFT JOIN token ON token.id = session.token_id
       LEFT JOIN organization ON organization.id = COALESCE(member.organization_id, token.organization_id)
     WHERE session.hash = ?`,
    [hash],
  );
  if (row === undefined || systemNow >= row.endsAt || systemNow >= row.lastUsedAt + idleMillis) return null;
  const { memberId, tokenId, role, name, organizationId, organizationName, signedInWith, lastUsedAt, endsAt } = row;
  return {
    hash,
    principal: principalOf(role, organizationId, memberId ?? tokenId, name),
    owner: memberId === null ? { tokenId } : { memberId },
    role,
    email: memberId === null ? null : name,
    organization: organizationId === null ? null : { id: organizationId, name: organizationName },
    signedInWith,
    lastUsedAt,
    endsAt,
  };
}

/** Writes a new session, which begins now. */
export async function insertSession(
  session: Session,
  hash: string,
  owner: SessionOwner,
  signedInWith: SignedInWith,
  systemNow: number,
): Promise<void> {
  await session.run(
    `INSERT INTO session (hash, member_id, token_id, signed_in_with, created_at, last_used_at, ends_at)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
    [
      hash,
      'memberId' in owner ? owner.memberId : null,
      'tokenId' in owner ? owner.tokenId : null,
      signedInWith,
      systemNow,
      systemNow,
      systemNow + sessionMillis,
    ],
  );
}

/** Writes down that a session was used. */
export async function touchSession(session: Session, hash: string, systemNow: number): Promise<void> {
  await session.run('UPDATE session SET last_used_at = ? WHERE hash = ? AND last_used_at < ?', [
    systemNow,
    hash,
    systemNow,
  ]);
}

/** Ends a session, where there is one with this hash. */
export async function deleteSession(session: Session, hash: string): Promise<void> {
  await session.run('DELETE FROM session WHERE hash = ?', [hash]);
}

/** Ends all sessions of a member, or of an access token. @param except the hash of one that stays; empty where none does */
export async function deleteSessionsOf(session: Session, owner: SessionOwner, except = ''): Promise<void> {
  const [column, id] = 'memberId' in owner ? ['member_id', owner.memberId] : ['token_id', owner.tokenId];
  await session.run(`DELETE FROM session WHERE ${column} = ? AND hash <> ?`, [id, except]);
}

/** How many ended rows go when one is written: more than one, so that they become fewer; few, so that nobody waits. */
const removedMax = 20;

/** Removes some of what has ended. */
export async function removeEndedSessions(session: Session, systemNow: number): Promise<void> {
  await session.run(
    `DELETE FROM session WHERE hash IN
       (SELECT hash FROM session WHERE ends_at <= ? ORDER BY ends_at LIMIT ${removedMax})`,
    [systemNow],
  );
}
