/**
 * A session on one PostgreSQL connection: prepared statements, named by their text. What is asked before an answer has come goes out at
 * once and is done in that order, so statements that are not waited for one by one cost one way to the database.
 */
import type { ClientBase, QueryArrayConfig, QueryConfig } from 'pg';
import type { Session, SqlParameter, SqlValue } from './session.js';

interface Prepared {
  readonly name: string;
  readonly text: string;
}

/** Every text that was run so far, with its placeholders numbered; the texts are ours, so they are few. */
const prepared = new Map<string, Prepared>();

/** The statement as PostgreSQL wants it: `?` becomes `$1`, `$2` and so on. */
export function preparedOf(sql: string): Prepared {
  let statement = prepared.get(sql);
  if (statement === undefined) {
    let count = 0;
    const text = sql.replace(/\?/g, () => `$${(count += 1)}`);
    statement = { name: `seatkeeper_${prepared.size + 1}`, text };
    prepared.set(sql, statement);
  }
  return statement;
}

const readsOnly = /^\s*SELECT\b/i;

export class PostgresSession implements Session {
  readonly dialect = 'postgres';
  /** Statements that were not waited for. */
  private readonly sent: Promise<void>[] = [];
  private failure: { readonly error: unknown } | null = null;

  /** @param begun resolves when the transaction has begun; nothing is changed before that, as it would be kept at once */
  constructor(
    private readonly client: ClientBase,
    readonly canWrite: boolean,
    private readonly begun: Promise<unknown> = Promise.resolve(),
  ) {}

  async all<Row>(sql: string, parameters: readonly SqlParameter[] = []): Promise<Row[]> {
    if (!readsOnly.test(sql)) await this.begun;
    const { rows } = await this.ask({ ...preparedOf(sql), values: [...parameters] });
    return rows as Row[];
  }

  async lists(sql: string, parameters: readonly SqlParameter[] = []): Promise<(SqlValue | boolean)[][]> {
    const { rows } = await this.ask({ ...preparedOf(sql), values: [...parameters], rowMode: 'array' });
    return rows as (SqlValue | boolean)[][];
  }

  async run(sql: string, parameters: readonly SqlParameter[] = []): Promise<number> {
    await this.begun;
    const { rowCount } = await this.ask({ ...preparedOf(sql), values: [...parameters] });
    return rowCount ?? 0;
  }

  async send(sql: string, parameters: readonly SqlParameter[] = []): Promise<void> {
    await this.begun;
    const query = this.client.query({ ...preparedOf(sql), values: [...parameters] });
    this.sent.push(
      query.then(
        () => undefined,
        (error: unknown) => {
          this.failure ??= { error };
        },
      ),
    );
  }

  async runEach(sql: string, lists: readonly (readonly SqlValue[])[]): Promise<void> {
    for (const parameters of lists) await this.run(sql, parameters);
  }

  /** What the first of the statements that were not waited for has failed with, once all are answered; null where none has. */
  async failureOfSent(): Promise<{ readonly error: unknown } | null> {
    await Promise.all(this.sent);
    return this.failure;
  }

  /** After a failure every other statement fails too, and says less. */
  private async ask(query: QueryConfig | QueryArrayConfig): Promise<{ rows: unknown[]; rowCount: number | null }> {
    try {
      return await this.client.query(query);
    } catch (error) {
      throw this.failure === null ? error : this.failure.error;
    }
  }
}
