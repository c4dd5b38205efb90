/** Whether somebody sees a license or a device (R14): what belongs to another organization looks as if it did not exist. */
import type { TokenPrincipal } from '../auth/principal.js';
import type { Session } from '../persistence/session.js';
import { ProblemError } from '../problems/problem.js';

/** The only organization whose licenses the asker sees; null for the vendor, who sees all. */
export function organizationSeenBy(asker: TokenPrincipal): string | null {
  return asker.kind === 'member' ? asker.organizationId : null;
}

/** Gives the id of the license back. Throws `notFound` unless the asker sees it. */
export async function requireSeenLicense(session: Session, asker: TokenPrincipal, id: string): Promise<string> {
  const [license] = await session.all<{ organizationId: string }>(
    'SELECT organization_id AS "organizationId" FROM license WHERE id = ?',
    [id],
  );
  if (license === undefined || !sees(asker, license.organizationId)) {
    throw new ProblemError('notFound', 'There is no such license.');
  }
  return id;
}

/** The license of a device. Throws `notFound` unless the asker sees the device. */
export async function licenseOfSeenDevice(session: Session, asker: TokenPrincipal, id: string): Promise<string> {
  const [device] = await session.all<{ licenseId: string; organizationId: string }>(
    `SELECT license_id AS "licenseId", organization_id AS "organizationId"
       FROM device JOIN license ON license.id = device.license_id WHERE device.id = ?`,
    [id],
  );
  if (device === undefined || !sees(asker, device.organizationId)) {
    throw new ProblemError('notFound', 'There is no such device.');
  }
  return device.licenseId;
}

function sees(asker: TokenPrincipal, organizationId: string): boolean {
  const only = organizationSeenBy(asker);
  return only === null || only === organizationId;
}
