/** The statements on `signing_key`, for the start, the rotation and the reading again. They decide nothing. */
import type { Session } from '../persistence/session.js';
import { type SigningKeyRow, erased } from './signing-key.mapper.js';

/** Every row, oldest first by the moment from which it signs. */
export async function allSigningKeys(session: Session): Promise<SigningKeyRow[]> {
  const rows = await session.all<SigningKeyRow>(
    `SELECT id, public_jwk AS "publicJwk", private_key AS "privateKey", sealed, created_at AS "createdAt",
        signs_from AS "signsFrom", last_lease_ends_at AS "lastLeaseEndsAt"
      FROM signing_key ORDER BY signs_from, created_at, id`,
  );
  return rows.map((row) => ({
    ...row,
    sealed: Boolean(row.sealed),
    createdAt: Number(row.createdAt),
    signsFrom: Number(row.signsFrom),
    lastLeaseEndsAt: row.lastLeaseEndsAt === null ? null : Number(row.lastLeaseEndsAt),
  }));
}

export async function insertSigningKey(session: Session, row: SigningKeyRow): Promise<void> {
  await session.run(
    `INSERT INTO signing_key (id, public_jwk, private_key, sealed, created_at, signs_from, last_lease_ends_at)
      VALUES (?, ?, ?, ${row.sealed ? 'TRUE' : 'FALSE'}, ?, ?, ?)`,
    [row.id, row.publicJwk, row.privateKey, row.createdAt, row.signsFrom, row.lastLeaseEndsAt],
  );
}

/** Puts the sealed private half in the place of the bare one. */
export async function sealSigningKey(session: Session, kid: string, sealed: string): Promise<void> {
  await session.run('UPDATE signing_key SET private_key = ?, sealed = TRUE WHERE id = ?', [sealed, kid]);
}

/** Erases the private half of a key that no longer signs. */
export async function erasePrivateHalf(session: Session, kid: string): Promise<void> {
  await session.run('UPDATE signing_key SET private_key = ?, sealed = FALSE WHERE id = ?', [erased, kid]);
}
