/**
 * The test clock: stands still until it is told to move, and then only forward. A row in the database, so it survives a
 * restart; begins at system time.
 */
import type { Database } from '../persistence/database.js';
import { Clock, systemNow } from './clock.js';

export class ManualClock extends Clock {
  private constructor(private instant: number) {
    super();
  }

  /** Loads the clock, or starts it where there is none yet. Runs before the server listens. */
  static async load(database: Database): Promise<ManualClock> {
    const now = await database.write(async (session) => {
      await session.run('INSERT INTO test_clock (id, now) VALUES (1, ?) ON CONFLICT (id) DO NOTHING', [systemNow()]);
      const [row] = await session.all<{ now: number }>('SELECT now FROM test_clock WHERE id = 1');
      if (row === undefined) throw new Error('the test clock has no row');
      return row.now;
    });
    return new ManualClock(now);
  }

  override now(): number {
    return this.instant;
  }

  /** To be called once the row says so. @param instant epoch milliseconds, not earlier than now */
  moveTo(instant: number): void {
    if (instant < this.instant) throw new Error('the test clock only moves forward');
    this.instant = instant;
  }
}
