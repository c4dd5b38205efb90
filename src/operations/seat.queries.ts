/** Counts seats and active devices over all licenses, for the metrics. */
import type { Session } from '../persistence/session.js';

/** How many seats there are, and how many of them are occupied. */
export interface SeatCount {
  readonly seats: number;
  readonly activeDevices: number;
}

/**
 * Counts, settled at `now` (epoch milliseconds): an overdue device is not active. Overdue devices are found by the sweep's index
 * and taken off, so that no row of an active device has to be read.
 */
export async function countSeats(session: Session, now: number): Promise<SeatCount> {
  const [count] = await session.all<{ seats: number | null; active: number; overdue: number }>(
    `SELECT (SELECT sum(seats) FROM license) AS seats,
       (SELECT count(*) FROM device WHERE state = 'active') AS active,
       (SELECT count(*) FROM device WHERE state = 'active' AND sweep_at <= ? AND deactivation_date <= ?) AS overdue`,
    [now, now],
  );
  return {
    seats: Number(count?.seats ?? 0),
    activeDevices: Number(count?.active ?? 0) - Number(count?.overdue ?? 0),
  };
}
