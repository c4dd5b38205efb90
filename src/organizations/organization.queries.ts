/** Reads and writes rows of organizations. */
import type { Session, SqlValue } from '../persistence/session.js';
import { containing } from '../persistence/text.search.js';

/** An organization as it is shown. */
export interface OrganizationRow {
  readonly id: string;
  readonly name: string;
}

/** Writes a new organization. @param createdAt epoch milliseconds */
export async function insertOrganization(
  session: Session,
  organization: OrganizationRow,
  createdAt: number,
): Promise<void> {
  await session.run('INSERT INTO organization (id, name, created_at) VALUES (?, ?, ?)', [
    organization.id,
    organization.name,
    createdAt,
  ]);
}

/** The organization with this id; null where there is none. */
export async function findOrganization(session: Session, id: string): Promise<OrganizationRow | null> {
  const [row] = await session.all<OrganizationRow>('SELECT id, name FROM organization WHERE id = ?', [id]);
  return row ?? null;
}

/**
 * Organizations in the order in which they were made.
 *
 * @param only the one organization that the asker sees; null for the vendor, who sees all
 * @param search what the name has in it; undefined for all
 * @param after the id of the last one shown before; empty at the start
 */
export function listOrganizations(
  session: Session,
  only: string | null,
  search: string | undefined,
  after: string,
  countMax: number,
): Promise<OrganizationRow[]> {
  const conditions = ['id > ?'];
  const values: SqlValue[] = [after];
  if (only !== null) {
    conditions.push('id = ?');
    values.push(only);
  }
  if (search !== undefined) {
    const { sql, value } = containing('name', search);
    conditions.push(sql);
    values.push(value);
  }
  return session.all<OrganizationRow>(
    `SELECT id, name FROM organization WHERE ${conditions.join(' AND ')} ORDER BY id LIMIT ?`,
    [...values, countMax],
  );
}
