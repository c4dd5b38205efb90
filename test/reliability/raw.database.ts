/** A database under the hand of a test, past the server: statements in one transaction, on SQLite or PostgreSQL. */
import Sqlite from 'better-sqlite3';
import pg from 'pg';

export interface RawDatabase {
  /** Runs the statements in a transaction and commits. Rejects, and has changed nothing, where one fails or changes nothing. */
  attempt(statements: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

/** Opens the database that `DATABASE_URL` would name so. */
export async function rawDatabase(databaseUrl: string): Promise<RawDatabase> {
  const [, file] = /^sqlite:(.+)$/.exec(databaseUrl) ?? [];
  return file === undefined ? onPostgres(databaseUrl) : onSqlite(file);
}

const nothing = (statement: string): Error => new Error(`it changed nothing: ${statement}`);

function onSqlite(file: string): RawDatabase {
  const database = new Sqlite(file, { fileMustExist: true });
  database.pragma('foreign_keys = ON');
  return {
    attempt: async (statements) => {
      database.exec('BEGIN IMMEDIATE');
      try {
        for (const statement of statements)
          if (database.prepare(statement).run().changes === 0) throw nothing(statement);
        database.exec('COMMIT');
      } finally {
        if (database.inTransaction) database.exec('ROLLBACK');
      }
    },
    close: async () => void database.close(),
  };
}

async function onPostgres(url: string): Promise<RawDatabase> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return {
    attempt: async (statements) => {
      await client.query('BEGIN');
      try {
        for (const statement of statements)
          if ((await client.query(statement)).rowCount === 0) throw nothing(statement);
        await client.query('COMMIT');
      } catch (error) {
        await client.query('ROLLBACK');
        throw error;
      }
    },
    close: () => client.end(),
  };
}
