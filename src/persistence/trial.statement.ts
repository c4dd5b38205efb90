/**
 * A change that needs room on the disk and that nobody reads: a remembered answer that has ended already, so that it goes with
 * the others. An update of no row would write nothing, and succeed on a full disk.
 */
export const trial = `INSERT INTO idempotency (id, request_hash, sealed_answer, expires_at) VALUES ('trial', '', '', 0)
  ON CONFLICT (id) DO UPDATE SET sealed_answer = excluded.sealed_answer`;
