/**
 * Latencies of one measurement in buckets of ten microseconds, so that recording costs next to nothing however many there
 * are. It keeps no single latency, and rounds a percentile up to the end of its bucket.
 */
const bucketMillis = 0.01;
const buckets = 500_000;

/** Counts latencies up to five seconds; longer ones count as five seconds. */
export class LatencyHistogram {
  private readonly counts = new Uint32Array(buckets);
  private total = 0;

  /** Adds one latency, in milliseconds. */
  record(millis: number): void {
    const index = Math.min(buckets - 1, Math.floor(millis / bucketMillis));
    this.counts[index] = (this.counts[index] ?? 0) + 1;
    this.total += 1;
  }

  /** The latency in milliseconds that the share `quantile` (0 to 1) of all did not exceed; 0 where nothing was recorded. */
  quantile(quantile: number): number {
    const rank = Math.ceil(this.total * quantile);
    let seen = 0;
    for (let index = 0; index < buckets; index++) {
      seen += this.counts[index] ?? 0;
      if (seen >= rank && seen > 0) return (index + 1) * bucketMillis;
    }
    return 0;
  }
}
