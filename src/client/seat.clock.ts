/** Time and chance as a session is given them, so that tests and simulations hand in their own. */

export interface SeatClock {
  /** Milliseconds since 1970 UTC by the clock of this machine, which may be wrong; what is no finite number is no time, and not trusted. */
  now(): number;
  /** Runs `work` after some milliseconds, unless the returned function is called before. */
  schedule(millis: number, work: () => void): () => void;
  /** A number from 0 up to 1, for jitter. */
  random(): number;
}
