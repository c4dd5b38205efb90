/** When to connect next: a fraction of the check-in period in good times, sooner and then ever later while nobody answers. */

const secondMillis = 1_000;
const dayMillis = 24 * 60 * 60 * secondMillis;

/** A device connects four times a period, and once a day at least where the period is long. */
const connectionsPerPeriod = 4;
const restMillisMax = dayMillis;

const firstRetryMillis = 5 * secondMillis;
const retryMillisMax = 60 * 60 * secondMillis;

/**
 * How long to wait after an answer, in milliseconds: up to a tenth less or more, so that devices that were started together do not
 * stay together.
 *
 * @param periodMillis from the lease's beginning to its end
 * @param chance from 0 up to 1
 */
export function restMillis(periodMillis: number, chance: number): number {
  const rest = Math.min(periodMillis / connectionsPerPeriod, restMillisMax);
  return Math.max(Math.round(rest * (0.9 + 0.2 * chance)), secondMillis);
}

/**
 * How long to wait after a miss, in milliseconds: twice as long each time, from half of it to the whole (full jitter would send some
 * at once), an eighth of the period at most.
 *
 * @param misses how many there were in a row, from 1
 * @param retryAfterSeconds what the server asked for, null where it asked for nothing: it is never undercut
 */
export function retryMillis(
  misses: number,
  periodMillis: number,
  chance: number,
  retryAfterSeconds: number | null = null,
): number {
  const most = Math.max(Math.min(periodMillis / 8, retryMillisMax), secondMillis);
  const backoff = Math.min(firstRetryMillis * 2 ** Math.min(misses - 1, 20), most);
  const wait = Math.round(backoff * (0.5 + 0.5 * chance));
  return retryAfterSeconds === null ? wait : Math.max(wait, retryAfterSeconds * secondMillis);
}
