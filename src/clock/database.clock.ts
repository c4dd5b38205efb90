/**
 * The time of the database, so that replicas whose machines disagree decide by the same clock. Between two questions it goes on
 * by this machine's own seconds.
 */
import type { Session } from '../persistence/session.js';
import { Clock, systemNow } from './clock.js';

/** The database's time in SQL, in epoch milliseconds. */
export const databaseNow = 'floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint';

const question = `SELECT ${databaseNow} AS now`;

export class DatabaseClock extends Clock {
  /** What this machine's clock lacks to the database's, in milliseconds, when it was asked last. */
  private ahead = 0;

  override now(): number {
    return systemNow() + this.ahead;
  }

  override async nowIn(session: Session): Promise<number> {
    const [row] = await session.all<{ now: number }>(question);
    if (row === undefined) throw new Error('the database does not know the time');
    this.ahead = row.now - systemNow();
    return row.now;
  }
}
