/** The clock, the timers and the chance of this machine. */
import type { SeatClock } from './seat.clock.js';

export const systemSeatClock: SeatClock = {
  now: () => Date.now(),
  schedule(millis, work) {
    const timer = setTimeout(work, millis);
    // A program that has nothing else to do may end: a session that sleeps does not hold it up.
    (timer as { unref?: () => void }).unref?.();
    return () => clearTimeout(timer);
  },
  random: () => Math.random(),
};
