/** A session on one SQLite connection: the driver's prepared statements, kept by their text. */
import type { Database as Connection, Statement } from 'better-sqlite3';
import type { Session, SqlParameter, SqlValue } from './session.js';

export class SqliteSession implements Session {
  private readonly statements = new Map<string, Statement<SqlValue[]>>();
  /** Those whose rows are lists. */
  private readonly listing = new Map<string, Statement<SqlValue[]>>();

  readonly dialect = 'sqlite';

  constructor(
    private readonly connection: Connection,
    readonly canWrite: boolean,
  ) {}

  async all<Row>(sql: string, parameters: readonly SqlParameter[] = []): Promise<Row[]> {
    return this.prepare(sql).all(...(parameters as readonly SqlValue[])) as Row[];
  }

  async lists(sql: string, parameters: readonly SqlParameter[] = []): Promise<(SqlValue | boolean)[][]> {
    let statement = this.listing.get(sql);
    if (statement === undefined) {
      statement = this.connection.prepare<SqlValue[]>(sql).raw();
      this.listing.set(sql, statement);
    }
    return statement.all(...(parameters as readonly SqlValue[])) as SqlValue[][];
  }

  async run(sql: string, parameters: readonly SqlParameter[] = []): Promise<number> {
    return this.prepare(sql).run(...(parameters as readonly SqlValue[])).changes;
  }

  async send(sql: string, parameters: readonly SqlParameter[] = []): Promise<void> {
    await this.run(sql, parameters);
  }

  async runEach(sql: string, lists: readonly (readonly SqlValue[])[]): Promise<void> {
    const statement = this.prepare(sql);
    for (const parameters of lists) statement.run(...parameters);
  }

  private prepare(sql: string): Statement<SqlValue[]> {
    let statement = this.statements.get(sql);
    if (statement === undefined) {
      statement = this.connection.prepare<SqlValue[]>(sql);
      this.statements.set(sql, statement);
    }
    return statement;
  }
}
