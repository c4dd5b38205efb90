/** A session on one SQLite connection: the driver's prepared statements, kept by their text. */
import type { Database as Connection, Statement } from 'better-sqlite3';
import type { Session, SqlValue } from './session.js';

export class SqliteSession implements Session {
  private readonly statements = new Map<string, Statement<SqlValue[]>>();

  constructor(private readonly connection: Connection) {}

  async all<Row>(sql: string, parameters: readonly SqlValue[] = []): Promise<Row[]> {
    return this.prepare(sql).all(...parameters) as Row[];
  }

  async run(sql: string, parameters: readonly SqlValue[] = []): Promise<number> {
    return this.prepare(sql).run(...parameters).changes;
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
