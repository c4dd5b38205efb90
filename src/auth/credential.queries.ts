/** Finds whom a credential stands for, by the hash of its secret: one statement each, from unique indexes. Writes nothing. */
import type { Session } from '../persistence/session.js';
import { type KnownPrincipal, principalOf } from './principal.js';
import type { Role } from './role.js';

interface LicenseRow {
  readonly licenseId: string;
  readonly keyHint: string;
}

interface BearerRow {
  readonly found: 'token' | 'device' | 'newestToken';
  readonly id: string;
  readonly role: Role;
  readonly organizationId: string;
  readonly name: string;
  readonly licenseId: string;
}

/** The license whose present key has this hash, whatever its status; null where there is none. */
export async function findLicenseKey(session: Session, keyHash: string): Promise<KnownPrincipal | null> {
  const [row] = await session.all<LicenseRow>(
    'SELECT id AS "licenseId", key_hint AS "keyHint" FROM license WHERE key_hash = ?',
    [keyHash],
  );
  return row === undefined ? null : { kind: 'licenseKey', licenseId: row.licenseId, keyHash, keyHint: row.keyHint };
}

/**
 * Whose token has this hash; null where it is unknown or has ended. All tables are asked, because the operator token from the
 * environment may begin as it likes.
 */
export async function findBearer(session: Session, tokenHash: string): Promise<KnownPrincipal | null> {
  const [row] = await session.all<BearerRow>(
    `SELECT 'token' AS found, id, role, organization_id AS "organizationId", name, NULL AS "licenseId"
       FROM token WHERE hash = ?
     UNION ALL
     SELECT 'device', id, NULL, NULL, NULL, license_id FROM device WHERE token_hash = ?
     UNION ALL
     SELECT 'newestToken', id, NULL, NULL, NULL, license_id FROM device WHERE next_token_hash = ?`,
    [tokenHash, tokenHash, tokenHash],
  );
  if (row === undefined) return null;
  const { id, role, organizationId, name, licenseId } = row;
  if (row.found !== 'token') {
    return { kind: 'device', deviceId: id, licenseId, tokenHash, firstUse: row.found === 'newestToken' };
  }
  return principalOf(role, organizationId, id, name);
}
