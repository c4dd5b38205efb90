/**
 * Sixteen random bytes at a time from a stock that is filled by the thousand: asking the system for each lease's id costs
 * more than everything else about a lease but its signature. Bytes are never given twice.
 */
import { randomFillSync } from 'node:crypto';

const size = 16;
const stock = new Uint8Array(size * 1024);
let used = stock.length;

/** Sixteen bytes of cryptographic randomness; a view that is good until the stock is filled again, so use it at once. */
export function randomSixteen(): Uint8Array {
  if (used === stock.length) {
    randomFillSync(stock);
    used = 0;
  }
  used += size;
  return stock.subarray(used - size, used);
}
