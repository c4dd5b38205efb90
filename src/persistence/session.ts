/**
 * What the coordinator's statements and the read queries run on: SQL with `?` placeholders in, rows out. A session lives
 * inside one transaction and knows nothing of what it carries.
 */
export type SqlValue = string | number | null;

/** A value, or on PostgreSQL an array for `unnest` and `= ANY`. */
export type SqlParameter = SqlValue | readonly SqlValue[];

export interface Session {
  /** Which database it is: a few statements differ, and only PostgreSQL has rivals to be locked out. */
  readonly dialect: 'sqlite' | 'postgres';
  /** Whether the transaction may write, and so lock. */
  readonly canWrite: boolean;
  /** Runs a statement that gives rows. */
  all<Row>(sql: string, parameters?: readonly SqlParameter[]): Promise<Row[]>;
  /** As `all`, each row as the list of its values: on the way of every check-in, half of what named rows cost. */
  lists(sql: string, parameters?: readonly SqlParameter[]): Promise<(SqlValue | boolean)[][]>;
  /** Runs a statement that changes rows; gives how many. */
  run(sql: string, parameters?: readonly SqlParameter[]): Promise<number>;
  /**
   * Runs a statement that changes rows, and waits for it no longer than has to be: on PostgreSQL it goes out with the next one. Where it
   * fails, so does the next statement that is waited for, or the transaction.
   */
  send(sql: string, parameters?: readonly SqlParameter[]): Promise<void>;
  /** Runs the same statement for each list of parameters. */
  runEach(sql: string, lists: readonly (readonly SqlValue[])[]): Promise<void>;
}

/** Whether others write at the same time, so that rows have to be locked before they are read. */
export function hasRivals(session: Session): boolean {
  return session.dialect === 'postgres' && session.canWrite;
}
