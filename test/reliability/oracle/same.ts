/** Deep equality of two values as JSON would carry them. An answer parsed in another realm has other prototypes, which `node:assert` would mind. */
import { deepStrictEqual } from 'node:assert';

/** Throws with the difference, headed by `what`, where the two are not the same. */
export function same(actual: unknown, expected: unknown, what: string): void {
  const [seen, wanted] = [actual, expected].map((value) => JSON.parse(JSON.stringify({ value })) as unknown);
  try {
    deepStrictEqual(seen, wanted);
  } catch (difference) {
    throw new Error(`${what}: ${difference instanceof Error ? difference.message : String(difference)}`, {
      cause: difference,
    });
  }
}
