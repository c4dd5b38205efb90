/**
 * Ids of requests: UUIDv7, always ours and never taken from the one who asks. They name log lines and history rows and are no
 * secret, so their random bits are drawn for many at a time: one draw for each cost a twentieth of a small request.
 */
import { randomFillSync } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';

const bytesPerId = 16;
const pool = new Uint8Array(bytesPerId * 256);
let used = pool.length;

/** A new id; ids of later milliseconds sort later. */
export function newRequestId(): string {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  const random = pool.subarray(used, used + bytesPerId);
  used += bytesPerId;
  return uuidv7({ random });
}
