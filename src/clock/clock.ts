/**
 * Where the time of dates, leases, validity and history comes from. It tells the time and does nothing else: time-outs and rate
 * limits of the server use system time directly.
 */

/** The time, injected wherever a decision needs `now`; also the injection token. */
export abstract class Clock {
  /** The present instant in epoch milliseconds. */
  abstract now(): number;
}

/** The time of the machine that the server runs on. */
export class SystemClock extends Clock {
  override now(): number {
    return systemNow();
  }
}

/** The system's time in epoch milliseconds: for time-outs, rate limits and what is remembered of requests, never for a license. */
export function systemNow(): number {
  return Date.now();
}
