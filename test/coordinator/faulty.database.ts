/** A real SQLite database whose statements fail on command: what a disk, a rival or a poisoned value would do. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Database } from '../../src/persistence/database.js';
import type { Session, SqlParameter } from '../../src/persistence/session.js';
import { SqliteDatabase } from '../../src/persistence/sqlite.database.js';

/** Asked before each statement of a transaction; what it throws is what the statement fails with. */
export type Fault = (sql: string, parameters: readonly SqlParameter[]) => void;

/** An error as the driver throws it. */
export function sqliteError(code: string): Error {
  return Object.assign(new Error(`made up: ${code}`), { code });
}

export class FaultyDatabase extends Database {
  readonly hasRivals = false;
  fault: Fault = () => undefined;
  /** How many transactions were begun. */
  transactions = 0;

  private constructor(private readonly real: SqliteDatabase) {
    super();
  }

  static async open(): Promise<FaultyDatabase> {
    const folder = mkdtempSync(join(tmpdir(), 'seatkeeper-faulty-'));
    return new FaultyDatabase(await SqliteDatabase.open(join(folder, 'seatkeeper.sqlite')));
  }

  override get dataSource(): SqliteDatabase['dataSource'] {
    return this.real.dataSource;
  }

  override write<Result>(work: (session: Session) => Promise<Result>): Promise<Result> {
    this.transactions += 1;
    return this.real.write((session) => work(this.faulty(session)));
  }

  override read<Result>(work: (session: Session) => Promise<Result>): Promise<Result> {
    return this.real.read(work);
  }

  override isWritable(): Promise<boolean> {
    return this.write(async (session) => {
      await session.run('SELECT 1 WHERE 0');
      return true;
    }).catch(() => false);
  }

  override close(): Promise<void> {
    return this.real.close();
  }

  private faulty(session: Session): Session {
    return {
      dialect: session.dialect,
      canWrite: session.canWrite,
      all: async (sql, parameters = []) => {
        this.fault(sql, parameters);
        return session.all(sql, parameters);
      },
      lists: async (sql, parameters = []) => {
        this.fault(sql, parameters);
        return session.lists(sql, parameters);
      },
      run: async (sql, parameters = []) => {
        this.fault(sql, parameters);
        return sql.startsWith('SELECT') ? 0 : session.run(sql, parameters);
      },
      send: async (sql, parameters = []) => {
        this.fault(sql, parameters);
        return session.send(sql, parameters);
      },
      runEach: async (sql, lists) => {
        for (const parameters of lists) this.fault(sql, parameters);
        return session.runEach(sql, lists);
      },
    };
  }
}
