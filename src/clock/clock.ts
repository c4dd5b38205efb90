/**
 * Where the time of dates, leases, validity and history comes from. It tells the time and does nothing else: time-outs and rate
 * limits of the server use system time directly.
 */

import type { Session } from '../persistence/session.js';

/** The time, injected wherever a decision needs `now`; also the injection token. */
export abstract class Clock {
  /** The present instant in epoch milliseconds, as far as this process knows it without asking anybody. */
  abstract now(): number;

  /** The present instant for a transaction. Where replicas share a clock, it is asked. */
  nowIn(session: Session): Promise<number> {
    void session;
    return Promise.resolve(this.now());
  }

  /** As `nowIn`; where the clock can be moved, it cannot until the transaction ends. */
  holdNow(session: Session): Promise<number> {
    return this.nowIn(session);
  }
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
