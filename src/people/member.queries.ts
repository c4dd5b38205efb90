/** Reads and writes rows of members. The hash of a password comes out for those only who compare it. */
import type { Role } from '../auth/role.js';
import type { Session } from '../persistence/session.js';

/** A member as it may be shown; instants are epoch milliseconds. */
export interface MemberRow {
  readonly id: string;
  readonly organizationId: string;
  readonly email: string;
  readonly role: Role;
  /** Whether there is a password: who has none was invited and has not come yet. */
  readonly hasPassword: boolean | number;
  readonly createdAt: number;
  readonly lastSignedInAt: number | null;
}

/** What signing in needs of a member. */
export interface MemberSecretRow {
  readonly id: string;
  readonly organizationId: string;
  readonly email: string;
  readonly passwordHash: string | null;
}

const shown = `id, organization_id AS "organizationId", email, role, password_hash IS NOT NULL AS "hasPassword",
  created_at AS "createdAt", last_signed_in_at AS "lastSignedInAt"`;

const secret = 'id, organization_id AS "organizationId", email, password_hash AS "passwordHash"';

/** Writes a new member. @param emailKey the address as it is compared */
export async function insertMember(
  session: Session,
  member: Omit<MemberRow, 'hasPassword' | 'lastSignedInAt'>,
  emailKey: string,
  passwordHash: string | null,
): Promise<void> {
  const { id, organizationId, email, role, createdAt } = member;
  await session.run(
    `INSERT INTO member (id, organization_id, email, email_key, role, password_hash, created_at)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
    [id, organizationId, email, emailKey, role, passwordHash, createdAt],
  );
}

/** Whether an address is a member's, of whichever organization. */
export async function isEmailTaken(session: Session, emailKey: string): Promise<boolean> {
  const rows = await session.all('SELECT 1 FROM member WHERE email_key = ?', [emailKey]);
  return rows.length > 0;
}

/** A member of an organization; null where there is none with this id. */
export async function findMember(session: Session, organizationId: string, id: string): Promise<MemberRow | null> {
  const [row] = await session.all<MemberRow>(`SELECT ${shown} FROM member WHERE id = ? AND organization_id = ?`, [
    id,
    organizationId,
  ]);
  return row ?? null;
}

/** Members of an organization in the order in which they were made. @param after the id of the last one shown; empty at the start */
export function listMembers(
  session: Session,
  organizationId: string,
  after: string,
  countMax: number,
): Promise<MemberRow[]> {
  return session.all<MemberRow>(
    `SELECT ${shown} FROM member WHERE organization_id = ? AND id > ? ORDER BY id LIMIT ?`,
    [organizationId, after, countMax],
  );
}

/** Gives a member another role. */
export async function updateMemberRole(session: Session, id: string, role: Role): Promise<void> {
  await session.run('UPDATE member SET role = ? WHERE id = ?', [role, id]);
}

/** Removes a member; the database ends their sessions and links with them. */
export async function deleteMember(session: Session, id: string): Promise<void> {
  await session.run('DELETE FROM member WHERE id = ?', [id]);
}

/** Who signs in under an address; null where nobody does. */
export async function findMemberByEmail(session: Session, emailKey: string): Promise<MemberSecretRow | null> {
  const [row] = await session.all<MemberSecretRow>(`SELECT ${secret} FROM member WHERE email_key = ?`, [emailKey]);
  return row ?? null;
}

/** The same by id. */
export async function findMemberSecret(session: Session, id: string): Promise<MemberSecretRow | null> {
  const [row] = await session.all<MemberSecretRow>(`SELECT ${secret} FROM member WHERE id = ?`, [id]);
  return row ?? null;
}

/**
 * Notes that a member signs in, and holds the row, so that no password changes meanwhile.
 *
 * @returns false where the password is not the one of this hash any more, or the member is gone
 */
export async function noteSignIn(session: Session, id: string, passwordHash: string, now: number): Promise<boolean> {
  const count = await session.run('UPDATE member SET last_signed_in_at = ? WHERE id = ? AND password_hash = ?', [
    now,
    id,
    passwordHash,
  ]);
  return count === 1;
}

/** Gives a member a password. @returns false where the member is gone */
export async function updatePassword(session: Session, id: string, passwordHash: string): Promise<boolean> {
  return (await session.run('UPDATE member SET password_hash = ? WHERE id = ?', [passwordHash, id])) === 1;
}

/** The same, where the password is still the one of the hash `before`. */
export async function replacePassword(
  session: Session,
  id: string,
  before: string,
  passwordHash: string,
): Promise<boolean> {
  const sql = 'UPDATE member SET password_hash = ? WHERE id = ? AND password_hash = ?';
  return (await session.run(sql, [passwordHash, id, before])) === 1;
}
