/**
 * The database: connections for the coordinator's transactions and others, read-only, for reads, so that no read ever sees an
 * open transaction. Nothing else in Seatkeeper holds a connection.
 */
import type { DataSource } from 'typeorm';
import type { Hearing } from './announcements.js';
import type { Session } from './session.js';
import { trial } from './trial.statement.js';

/** The two ways to the database. */
export abstract class Database {
  /** TypeORM's data source, which knows the entities and has applied the migrations. */
  abstract readonly dataSource: DataSource;

  /** Whether other transactions that write run at the same time, from this process or another: then rows have to be locked. */
  abstract readonly hasRivals: boolean;

  /**
   * Runs `work` in a transaction: COMMIT when it resolves, ROLLBACK when it throws. Without rivals, calls run
   * one after the other: on SQLite one writer at a time is a matter of correctness. Who may call it stands in `test/tidy.spec.ts`.
   */
  abstract write<Result>(work: (session: Session) => Promise<Result>): Promise<Result>;

  /** Runs `work` on one read-only snapshot. */
  abstract read<Result>(work: (session: Session) => Promise<Result>): Promise<Result>;

  private onCommit: (millis: number) => void = () => undefined;

  /** Has how long each COMMIT took told from now on, in milliseconds. */
  watchCommits(onCommit: (millis: number) => void): void {
    this.onCommit = onCommit;
  }

  /** Commits with `commit`, and tells how long it took. */
  protected async timed(commit: () => Promise<unknown>): Promise<void> {
    const began = performance.now();
    await commit();
    this.onCommit(performance.now() - began);
  }

  /** Whether the database can be written to now. Never rejects. */
  async isWritable(): Promise<boolean> {
    try {
      await this.write((session) => session.run(trial));
      return true;
    } catch {
      return false;
    }
  }

  /**
   * Hears what is announced on this database, by whichever process. Where one process owns it, nobody else announces anything, and nothing
   * is heard.
   *
   * @returns what ends that
   */
  listen(hearing: Hearing): () => Promise<void> {
    void hearing;
    return () => Promise.resolve();
  }

  abstract close(): Promise<void>;
}
