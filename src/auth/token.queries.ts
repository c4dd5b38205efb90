/** Reads and writes rows of access tokens. A hash goes in and never comes out. */
import type { Session } from '../persistence/session.js';
import type { Role } from './role.js';

/** An access token as it may be shown. */
export interface TokenRow {
  readonly id: string;
  readonly role: Role;
  readonly organizationId: string | null;
  readonly name: string;
}

/** What else is stored of one. */
export interface TokenSecretRow {
  readonly hash: string;
  readonly fromEnvironment: boolean;
  /** Epoch milliseconds. */
  readonly createdAt: number;
}

const shown = 'id, role, organization_id AS "organizationId", name';

/** Writes a new token. */
export async function insertToken(session: Session, token: TokenRow, secret: TokenSecretRow): Promise<void> {
  await session.run(
    `INSERT INTO token (id, role, organization_id, name, hash, from_environment, created_at)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
    [
      token.id,
      token.role,
      token.organizationId,
      token.name,
      secret.hash,
      secret.fromEnvironment ? 1 : 0,
      secret.createdAt,
    ],
  );
}

/** The token with this id; null where there is none. */
export async function findToken(session: Session, id: string): Promise<TokenRow | null> {
  const [row] = await session.all<TokenRow>(`SELECT ${shown} FROM token WHERE id = ?`, [id]);
  return row ?? null;
}

/**
 * Tokens in the order in which they were made.
 *
 * @param organizationId whose; null is everybody's, the vendor's included
 * @param after the id of the last one shown before; empty at the start
 */
export function listTokens(
  session: Session,
  organizationId: string | null,
  after: string,
  countMax: number,
): Promise<TokenRow[]> {
  return organizationId === null
    ? session.all<TokenRow>(`SELECT ${shown} FROM token WHERE id > ? ORDER BY id LIMIT ?`, [after, countMax])
    : session.all<TokenRow>(`SELECT ${shown} FROM token WHERE organization_id = ? AND id > ? ORDER BY id LIMIT ?`, [
        organizationId,
        after,
        countMax,
      ]);
}

/** Ends a token at once: its row goes. */
export async function deleteToken(session: Session, id: string): Promise<void> {
  await session.run('DELETE FROM token WHERE id = ?', [id]);
}
