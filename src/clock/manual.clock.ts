/**
 * The test clock: stands still until it is told to move, and then only forward. A row in the database, so it survives a
 * restart, and replicas share it; begins at system time.
 */
import type { Database } from '../persistence/database.js';
import type { Session } from '../persistence/session.js';
import { Clock, systemNow } from './clock.js';

export class ManualClock extends Clock {
  private constructor(private instant: number) {
    super();
  }

  /** Loads the clock, or starts it at `begins` where there is none yet. Runs before the server listens. */
  static async load(database: Database, begins: number = systemNow()): Promise<ManualClock> {
    const now = await database.write(async (session) => {
      await session.run('INSERT INTO test_clock (id, now) VALUES (1, ?) ON CONFLICT (id) DO NOTHING', [begins]);
      const [row] = await session.all<{ now: number }>('SELECT now FROM test_clock WHERE id = 1');
      if (row === undefined) throw new Error('the test clock has no row');
      return row.now;
    });
    return new ManualClock(now);
  }

  override now(): number {
    return this.instant;
  }

  /** What the row says; on SQLite this process is the only one that moves it. */
  override nowIn(session: Session): Promise<number> {
    return session.dialect === 'sqlite' ? Promise.resolve(this.instant) : this.read(session, '');
  }

  override holdNow(session: Session): Promise<number> {
    return session.dialect === 'sqlite' ? Promise.resolve(this.instant) : this.read(session, 'FOR SHARE');
  }

  private async read(session: Session, lock: '' | 'FOR SHARE'): Promise<number> {
    const [row] = await session.all<{ now: number }>(`SELECT now FROM test_clock WHERE id = 1 ${lock}`);
    if (row === undefined) throw new Error('the test clock has no row');
    // A snapshot may be older than what is known already.
    this.instant = Math.max(this.instant, row.now);
    return row.now;
  }

  /** To be called once the row says so. @param instant epoch milliseconds; an earlier one than is known already changes nothing */
  moveTo(instant: number): void {
    this.instant = Math.max(this.instant, instant);
  }
}
