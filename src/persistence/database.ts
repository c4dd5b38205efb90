/**
 * The database: one connection for the coordinator's transactions and a second, read-only one for reads, so that no read
 * ever sees an open transaction. Nothing else in Seatkeeper holds a connection.
 */
import type { DataSource } from 'typeorm';
import type { Session } from './session.js';

/** The two ways to the database. */
export abstract class Database {
  /** TypeORM's data source of the writing connection, for repositories and query builders inside `write`. */
  abstract readonly dataSource: DataSource;

  /**
   * Runs `work` in a transaction: COMMIT when it resolves, ROLLBACK when it throws. Calls run one after the other.
   * Only the coordinator and the start call it: one writer at a time is a matter of correctness.
   */
  abstract write<Result>(work: (session: Session) => Promise<Result>): Promise<Result>;

  /** Runs `work` on one read-only snapshot. Calls run one after the other. */
  abstract read<Result>(work: (session: Session) => Promise<Result>): Promise<Result>;

  /** Whether the database can be written to now. */
  abstract isWritable(): Promise<boolean>;

  abstract close(): Promise<void>;
}
