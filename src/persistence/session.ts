/**
 * What the coordinator's statements and the read queries run on: SQL with `?` placeholders in, rows out. A session lives
 * inside one transaction and knows nothing of what it carries.
 */
export type SqlValue = string | number | null;

export interface Session {
  /** Runs a statement that gives rows. */
  all<Row>(sql: string, parameters?: readonly SqlValue[]): Promise<Row[]>;
  /** Runs a statement that changes rows; gives how many. */
  run(sql: string, parameters?: readonly SqlValue[]): Promise<number>;
  /** Runs the same statement for each list of parameters. */
  runEach(sql: string, lists: readonly (readonly SqlValue[])[]): Promise<void>;
}
