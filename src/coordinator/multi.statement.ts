/**
 * Statements about any number of rows. SQLite gets a few texts, each for a number of rows; PostgreSQL one, which takes a whole
 * column as an array, so that each is prepared once and any number of rows is one question.
 */
import type { Session, SqlValue } from '../persistence/session.js';

/** Numbers of rows per statement: few, so that each is prepared once. SQLite allows 32,766 parameters. */
const chunkSizes = [256, 64, 16, 4, 1] as const;

/** The type of a column as PostgreSQL must be told. */
export type ColumnType = 'text' | 'bigint' | 'integer' | 'boolean';

/** Splits into chunks of those sizes, so that any number of rows takes few statements and no new text. */
function chunksOf<Item>(items: readonly Item[]): Item[][] {
  const chunks: Item[][] = [];
  let from = 0;
  for (const size of chunkSizes) {
    for (; items.length - from >= size; from += size) chunks.push(items.slice(from, from + size));
  }
  return chunks;
}

export class MultiStatement {
  private readonly texts = new Map<number, string>();
  private readonly group: string;
  private readonly arrays: string;

  /**
   * @param types the columns of a row
   * @param make the statement around the rows, which stand where `VALUES (…), (…)` or a query can
   */
  constructor(
    private readonly types: readonly ColumnType[],
    private readonly make: (rows: string) => string,
  ) {
    this.group = `(${types.map(() => '?').join(', ')})`;
    this.arrays = make(`SELECT * FROM unnest(${types.map((type) => `?::${type}[]`).join(', ')})`);
  }

  /** Runs it and gives its rows. */
  async all<Row>(session: Session, items: readonly (readonly SqlValue[])[]): Promise<Row[]> {
    if (items.length === 0) return [];
    if (session.dialect === 'postgres') return session.all<Row>(this.arrays, this.columnsOf(items));
    const rows: Row[] = [];
    for (const chunk of chunksOf(items)) {
      for (const row of await session.all<Row>(this.textFor(chunk.length), chunk.flat())) rows.push(row);
    }
    return rows;
  }

  /** Runs it and gives how many rows it changed. */
  async run(session: Session, items: readonly (readonly SqlValue[])[]): Promise<number> {
    if (items.length === 0) return 0;
    if (session.dialect === 'postgres') return session.run(this.arrays, this.columnsOf(items));
    let changed = 0;
    for (const chunk of chunksOf(items)) changed += await session.run(this.textFor(chunk.length), chunk.flat());
    return changed;
  }

  private columnsOf(items: readonly (readonly SqlValue[])[]): SqlValue[][] {
    return this.types.map((_, column) => items.map((item) => item[column] ?? null));
  }

  private textFor(rows: number): string {
    let text = this.texts.get(rows);
    if (text === undefined) {
      text = this.make(`VALUES ${Array.from({ length: rows }, () => this.group).join(', ')}`);
      this.texts.set(rows, text);
    }
    return text;
  }
}

/** Statements that find rows by one text column each: `= ANY` on PostgreSQL, which is what its indexes know. */
export class FindByText {
  private readonly texts = new Map<number, string>();

  /** @param make the statement around the condition on the column, such as `IN (?, ?)` */
  constructor(private readonly make: (condition: string) => string) {}

  async all<Row>(session: Session, values: readonly string[]): Promise<Row[]> {
    if (values.length === 0) return [];
    if (session.dialect === 'postgres') return session.all<Row>(this.make('= ANY(?::text[])'), [values]);
    const rows: Row[] = [];
    for (const chunk of chunksOf(values)) {
      for (const row of await session.all<Row>(this.textFor(chunk.length), chunk)) rows.push(row);
    }
    return rows;
  }

  /** As `all`, each row as the list of its values. */
  async lists(session: Session, values: readonly string[]): Promise<(SqlValue | boolean)[][]> {
    if (values.length === 0) return [];
    if (session.dialect === 'postgres') return session.lists(this.make('= ANY(?::text[])'), [values]);
    const rows: (SqlValue | boolean)[][] = [];
    for (const chunk of chunksOf(values)) {
      for (const row of await session.lists(this.textFor(chunk.length), chunk)) rows.push(row);
    }
    return rows;
  }

  private textFor(count: number): string {
    let text = this.texts.get(count);
    if (text === undefined) {
      text = this.make(`IN (${Array.from({ length: count }, () => '?').join(', ')})`);
      this.texts.set(count, text);
    }
    return text;
  }
}
