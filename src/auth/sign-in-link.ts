/**
 * Links that let somebody in once: invitations of members, and the link of an operator token that the first start prints. A link is
 * known by the hash of its secret; times are system time, in epoch milliseconds.
 */
import type { Session } from '../persistence/session.js';
import { hashSecret, newSecret, secretPrefixes } from './secret.js';
import type { SessionOwner } from './session.queries.js';

/** How long an invitation is good. */
export const invitationMillis = 7 * 86_400_000;
/** How long the link of an operator token is good. */
export const operatorLinkMillis = 86_400_000;

/** A link at the moment it is made. */
export interface NewLink {
  readonly secret: string;
  readonly endsAt: number;
}

/** Makes a link for somebody; earlier ones of theirs end. */
export async function makeLink(session: Session, owner: SessionOwner, systemNow: number): Promise<NewLink> {
  await removeEndedLinks(session, systemNow);
  await deleteLinksOf(session, owner);
  const secret = newSecret(secretPrefixes.link);
  const memberId = 'memberId' in owner ? owner.memberId : null;
  const tokenId = 'tokenId' in owner ? owner.tokenId : null;
  const endsAt = systemNow + (memberId === null ? operatorLinkMillis : invitationMillis);
  await session.run(
    'INSERT INTO sign_in_link (hash, member_id, token_id, created_at, ends_at) VALUES (?, ?, ?, ?, ?)',
    [hashSecret(secret), memberId, tokenId, systemNow, endsAt],
  );
  return { secret, endsAt };
}

/** Makes a link for the operator token of the environment, or else for the oldest one; null where there is none. */
export async function makeOperatorLink(session: Session, systemNow: number): Promise<NewLink | null> {
  const [token] = await session.all<{ id: string }>(
    `SELECT id FROM token WHERE role = 'operator' ORDER BY from_environment DESC, id LIMIT 1`,
  );
  return token === undefined ? null : makeLink(session, { tokenId: token.id }, systemNow);
}

/** Where a link of an operator token leads; the secret is behind the #, so that no browser sends it anywhere by itself. */
export function operatorLinkUrl(publicUrl: string, secret: string): string {
  return `${publicUrl}/sign-in#link=${secret}`;
}

/** The member whom an invitation is for; null where it is unknown or has ended. */
export async function findInvited(session: Session, hash: string, systemNow: number): Promise<string | null> {
  const [row] = await session.all<{ memberId: string }>(
    'SELECT member_id AS "memberId" FROM sign_in_link WHERE hash = ? AND member_id IS NOT NULL AND ends_at > ?',
    [hash, systemNow],
  );
  return row?.memberId ?? null;
}

/** The access token that a link signs in with; null where it is unknown or has ended. */
export async function findLinkedToken(session: Session, hash: string, systemNow: number): Promise<string | null> {
  const [row] = await session.all<{ tokenId: string }>(
    'SELECT token_id AS "tokenId" FROM sign_in_link WHERE hash = ? AND token_id IS NOT NULL AND ends_at > ?',
    [hash, systemNow],
  );
  return row?.tokenId ?? null;
}

/** Uses a link up. @returns whether this was the one who did: of several at once, one is told so */
export async function useLink(session: Session, hash: string): Promise<boolean> {
  return (await session.run('DELETE FROM sign_in_link WHERE hash = ?', [hash])) === 1;
}

/** Ends all links of a member, or of an access token. */
export async function deleteLinksOf(session: Session, owner: SessionOwner): Promise<void> {
  const [column, id] = 'memberId' in owner ? ['member_id', owner.memberId] : ['token_id', owner.tokenId];
  await session.run(`DELETE FROM sign_in_link WHERE ${column} = ?`, [id]);
}

/** How many ended rows go when one is written: more than one, so that they become fewer; few, so that nobody waits. */
const removedMax = 20;

async function removeEndedLinks(session: Session, systemNow: number): Promise<void> {
  await session.run(
    `DELETE FROM sign_in_link WHERE hash IN
       (SELECT hash FROM sign_in_link WHERE ends_at <= ? ORDER BY ends_at LIMIT ${removedMax})`,
    [systemNow],
  );
}
