/** The one statement about leases that the coordinator's batch writes. */
import type { Session } from '../persistence/session.js';
import type { LeaseBound } from './lease.signer.js';

/**
 * Records until when leases under a key can hold, in the transaction that these leases belong to; never moves it back.
 * After COMMIT, tell the signer with `recorded`.
 */
export async function recordLeaseBound(session: Session, { kid, lastLeaseEndsAt }: LeaseBound): Promise<void> {
  await session.run(
    `UPDATE signing_key SET last_lease_ends_at = ?
      WHERE id = ? AND (last_lease_ends_at IS NULL OR last_lease_ends_at < ?)`,
    [lastLeaseEndsAt, kid, lastLeaseEndsAt],
  );
}
