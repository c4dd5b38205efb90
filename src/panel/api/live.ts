/** How often what no stream tells is asked for again, so that a change is on the screen within a second. */

/** In milliseconds, while somebody looks. */
export const liveEachMillis = 1_000;
