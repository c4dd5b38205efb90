/** Counts open streams, of each credential and of all. It opens and closes none. */
import { ProblemError } from '../problems/problem.js';

/** How many streams a device may keep open: one, and some that it has lost without the server knowing yet. */
export const streamsPerDevice = 4;

const retryAfterSeconds = 15;

export class StreamLimits {
  private readonly counts = new Map<string, number>();
  private total = 0;

  /** @param totalMax open streams at most */
  constructor(private readonly totalMax: number) {}

  /**
   * Takes a place among the open streams.
   *
   * @param holder the credential that opens it
   * @param holderMax how many that credential may keep open
   * @returns what gives the place back; calling it again changes nothing
   * @throws `tooManyRequests` or `overloaded`
   */
  take(holder: string, holderMax: number): () => void {
    const count = this.counts.get(holder) ?? 0;
    if (count >= holderMax) {
      const detail = `This credential has ${count} streams open, which is as many as it may.`;
      throw new ProblemError('tooManyRequests', detail, {}, retryAfterSeconds);
    }
    if (this.total >= this.totalMax) {
      const detail = 'As many streams are open as this server takes.';
      throw new ProblemError('overloaded', detail, { outcome: 'none' }, retryAfterSeconds);
    }
    this.counts.set(holder, count + 1);
    this.total += 1;
    let isTaken = true;
    return () => {
      if (!isTaken) return;
      isTaken = false;
      this.total -= 1;
      const left = (this.counts.get(holder) ?? 1) - 1;
      if (left === 0) this.counts.delete(holder);
      else this.counts.set(holder, left);
    };
  }
}
