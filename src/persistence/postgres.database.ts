/**
 * A PostgreSQL database that several replicas share: a pool for transactions that write, in READ COMMITTED with locks of
 * their own, and one for reads, each on a snapshot. Migrations go through TypeORM; statements run on the driver beneath.
 */
import type { Pool, PoolClient } from 'pg';
import type { DataSource } from 'typeorm';
import { Database } from './database.js';
import { DatabaseAway, DatabaseBusy } from './database.away.js';
import type { Hearing } from './announcements.js';
import { commit } from './postgres.commit.js';
import { isConnectionLost, isHeldUp, messageOf } from './postgres.failure.js';
import { PostgresListener } from './postgres.listener.js';
import { openPostgresSource } from './postgres.migrations.js';
import { poolOf } from './postgres.pool.js';
import { PostgresSession } from './postgres.session.js';
import type { Session } from './session.js';

const writersMax = 10;
const readersMax = 10;

export class PostgresDatabase extends Database {
  readonly hasRivals = true;
  private readonly writers: Pool;
  private readonly readers: Pool;

  private constructor(
    readonly dataSource: DataSource,
    private readonly url: string,
  ) {
    super();
    this.writers = poolOf(url, writersMax);
    this.readers = poolOf(url, readersMax);
  }

  /**
   * Applies the migrations, however many replicas do so at once, and opens the pools.
   *
   * @throws DatabaseRefused for one that is foreign or newer, or that lets nobody in; DatabaseAway where it cannot be reached
   */
  static async open(url: string): Promise<PostgresDatabase> {
    return new PostgresDatabase(await openPostgresSource(url), url);
  }

  /** As `Database.write`; several run at a time. */
  async write<Result>(work: (session: Session) => Promise<Result>): Promise<Result> {
    return withConnection(this.writers, async (client) => {
      // The id is asked for now, because after COMMIT was sent it may be too late.
      const began = (await client.query('BEGIN; SELECT pg_current_xact_id()::text AS id')) as unknown as {
        rows: { id: string }[];
      }[];
      const transactionId = began[1]?.rows[0]?.id ?? '';
      const result = await orRollback(client, () => work(new PostgresSession(client, true)));
      await commit(client, this.writers, transactionId);
      return result;
    });
  }

  /**
   * As `Database.read`; several run at a time.
   *
   * @throws DatabaseBusy where others were in the way for too long
   */
  async read<Result>(work: (session: Session) => Promise<Result>): Promise<Result> {
    try {
      return await withConnection(this.readers, async (client) => {
        await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
        const result = await orRollback(client, () => work(new PostgresSession(client, false)));
        await client.query('COMMIT');
        return result;
      });
    } catch (error) {
      if (!isHeldUp(error)) throw error;
      throw new DatabaseBusy(`a read was held up: ${messageOf(error)}`, { cause: error });
    }
  }

  override listen(hearing: Hearing): () => Promise<void> {
    const listener = new PostgresListener(this.url, hearing);
    return () => listener.stop();
  }

  async close(): Promise<void> {
    await Promise.all([this.writers.end(), this.readers.end(), this.dataSource.destroy()]);
  }
}

/** Lends a connection; one that was lost, or whose transaction did not end well, is not lent again. */
async function withConnection<Result>(pool: Pool, work: (client: PoolClient) => Promise<Result>): Promise<Result> {
  let client: PoolClient | undefined;
  let isSound = false;
  try {
    client = await pool.connect();
    const result = await work(client);
    isSound = true;
    return result;
  } catch (error) {
    isSound = error instanceof RolledBack;
    const reason = error instanceof RolledBack ? error.cause : error;
    if (!(reason instanceof DatabaseAway) && isConnectionLost(reason)) {
      throw new DatabaseAway(`the database is away: ${messageOf(reason)}`, { cause: reason });
    }
    throw reason;
  } finally {
    client?.release(!isSound);
  }
}

/** The transaction failed with `cause` and was rolled back: its connection is as good as before. */
class RolledBack extends Error {}

async function orRollback<Result>(client: PoolClient, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (cause) {
    if (isConnectionLost(cause)) throw cause;
    await client.query('ROLLBACK');
    throw new RolledBack('rolled back', { cause });
  }
}
