/**
 * The embedded database: one SQLite file in WAL mode, durable at every COMMIT. Opened through TypeORM; the coordinator's
 * statements run on the driver's connection beneath it.
 */
import type { Database as Connection } from 'better-sqlite3';
import { DataSource } from 'typeorm';
import { migrations } from '../../migrations/index.js';
import { Checkpoints } from './checkpoints.js';
import { Database } from './database.js';
import { DatabaseRefused } from './database.refused.js';
import { entities } from './entities.js';
import { SnakeCaseNamingStrategy } from './naming.strategy.js';
import type { Session } from './session.js';
import { checkSqliteFile } from './sqlite.file.js';
import { SqliteSession } from './sqlite.session.js';
import { Turns } from './turns.js';

/** How long a transaction waits for another process that is writing, such as the command line. */
const busyMillisMax = 5_000;
const cacheKibibytes = 65_536;

export class SqliteDatabase extends Database {
  readonly hasRivals = false;
  private readonly writing = new Turns();
  private readonly reading = new Turns();
  private readonly writer: SqliteSession;
  private readonly reader: SqliteSession;
  private readonly writerConnection: Connection;
  private readonly readerConnection: Connection;
  private readonly checkpoints: Checkpoints;

  private constructor(
    readonly dataSource: DataSource,
    private readonly readSource: DataSource,
  ) {
    super();
    this.writerConnection = connectionOf(dataSource);
    this.readerConnection = connectionOf(readSource);
    this.writer = new SqliteSession(this.writerConnection, true);
    this.reader = new SqliteSession(this.readerConnection, false);
    this.checkpoints = new Checkpoints(this.writerConnection, this.writing);
  }

  /**
   * Checks the file, applies the migrations and opens both connections.
   * Throws `DatabaseRefused` for a file that is damaged, foreign or newer; it is then as it was.
   */
  static async open(file: string): Promise<SqliteDatabase> {
    checkSqliteFile(file);
    const dataSource = await opened(file);
    try {
      await migrate(dataSource);
      const readSource = await sourceOf(file, true).initialize();
      return new SqliteDatabase(dataSource, readSource);
    } catch (error) {
      await dataSource.destroy();
      throw error;
    }
  }

  write<Result>(work: (session: Session) => Promise<Result>): Promise<Result> {
    return this.writing.take(async () => {
      await this.writer.run('BEGIN IMMEDIATE');
      try {
        const result = await work(this.writer);
        await this.timed(() => this.writer.run('COMMIT'));
        this.checkpoints.committed();
        return result;
      } catch (error) {
        if (this.writerConnection.inTransaction) await this.writer.run('ROLLBACK');
        throw error;
      }
    });
  }

  read<Result>(work: (session: Session) => Promise<Result>): Promise<Result> {
    return this.reading.take(async () => {
      await this.reader.run('BEGIN');
      try {
        return await work(this.reader);
      } finally {
        if (this.readerConnection.inTransaction) await this.reader.run('COMMIT');
      }
    });
  }

  async close(): Promise<void> {
    await this.checkpoints.close();
    await this.writing.take(() => this.reading.take(() => this.readSource.destroy()));
    await this.dataSource.destroy();
    this.checkpoints.release();
  }
}

async function opened(file: string): Promise<DataSource> {
  try {
    return await sourceOf(file, false).initialize();
  } catch (error) {
    throw new DatabaseRefused(`The database file ${file} cannot be opened: ${(error as Error).message}.`);
  }
}

function sourceOf(file: string, readonly: boolean): DataSource {
  return new DataSource({
    type: 'better-sqlite3',
    database: file,
    readonly,
    fileMustExist: readonly,
    timeout: busyMillisMax,
    entities,
    migrations,
    migrationsTransactionMode: 'none',
    namingStrategy: new SnakeCaseNamingStrategy(),
    logging: false,
    prepareDatabase: (connection: Connection) => {
      if (!readonly) {
        connection.pragma('journal_mode = WAL');
        connection.pragma('synchronous = FULL');
        // What is erased (an old private key) is overwritten.
        connection.pragma('secure_delete = FAST');
      }
      connection.pragma(`cache_size = -${cacheKibibytes}`);
      // SQLite's own knows the letters from A to Z only.
      connection.function('lower', { deterministic: true }, (text) => (text as string | null)?.toLowerCase() ?? null);
    },
  });
}

/** Applies what is missing, in one transaction that other starts on the same file wait for. */
async function migrate(dataSource: DataSource): Promise<void> {
  const connection = connectionOf(dataSource);
  connection.exec('BEGIN IMMEDIATE');
  try {
    await dataSource.runMigrations({ transaction: 'none' });
    connection.exec('COMMIT');
  } catch (error) {
    if (connection.inTransaction) connection.exec('ROLLBACK');
    throw error;
  }
}

function connectionOf(dataSource: DataSource): Connection {
  return (dataSource.driver as unknown as { databaseConnection: Connection }).databaseConnection;
}
