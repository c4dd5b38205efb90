/** Waits for what may never come: a store that is stuck, a `fetch` that does not heed its signal. Neither holds anybody up for ever. */
import type { SeatClock } from './seat.clock.js';

/** Settles as `work` does, or fails after some milliseconds where it has not yet. What becomes of it later is nobody's concern here. */
export function within<Result>(clock: SeatClock, millis: number, work: Promise<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    const stop = clock.schedule(millis, () => reject(new Error('It has not answered in time.')));
    Promise.resolve(work).then(resolve, reject).finally(stop);
  });
}

/** Settles as `work` does, or fails once the signal is aborted, whether or not the work heeds it. */
export function unlessAborted<Result>(signal: AbortSignal, work: Promise<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    const giveUp = (): void => reject(new Error('It was given up.'));
    if (signal.aborted) giveUp();
    signal.addEventListener('abort', giveUp, { once: true });
    work.then(resolve, reject);
  });
}
