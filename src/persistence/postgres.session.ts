/** A session on one PostgreSQL connection: prepared statements, named by their text. */
import type { ClientBase } from 'pg';
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

export class PostgresSession implements Session {
  readonly dialect = 'postgres';

  constructor(
    private readonly client: ClientBase,
    readonly canWrite: boolean,
  ) {}

  async all<Row>(sql: string, parameters: readonly SqlParameter[] = []): Promise<Row[]> {
    const { rows } = await this.client.query({ ...preparedOf(sql), values: [...parameters] });
    return rows as Row[];
  }

  async lists(sql: string, parameters: readonly SqlParameter[] = []): Promise<(SqlValue | boolean)[][]> {
    const { rows } = await this.client.query({ ...preparedOf(sql), values: [...parameters], rowMode: 'array' });
    return rows as (SqlValue | boolean)[][];
  }

  async run(sql: string, parameters: readonly SqlParameter[] = []): Promise<number> {
    const { rowCount } = await this.client.query({ ...preparedOf(sql), values: [...parameters] });
    return rowCount ?? 0;
  }

  async runEach(sql: string, lists: readonly (readonly SqlValue[])[]): Promise<void> {
    for (const parameters of lists) await this.run(sql, parameters);
  }
}
