/**
 * A PostgreSQL database that several replicas share: a pool for transactions that write, in READ COMMITTED with locks of
 * their own, and one for reads, each on a snapshot. Migrations go through TypeORM; statements run on the driver beneath.
 */
import type { Pool, PoolClient } from 'pg';
import type { DataSource } from 'typeorm';
import { Database } from './database.js';
import { DatabaseAway, DatabaseBusy } from './database.away.js';
import type { Hearing } from './announcements.js';
import { commit, RolledBack } from './postgres.commit.js';
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
      const transactionId = begin(client);
      const session = new PostgresSession(client, true, transactionId);
      const result = await orRollback(client, async () => {
        const done = await work(session);
        await transactionId;
        return done;
      });
      const id = await transactionId;
      await this.timed(() => commit(client, this.writers, session, id));
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
        const began = client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
        began.catch(heardLater);
        const result = await orRollback(client, async () => {
          const done = await work(new PostgresSession(client, false));
          await began;
          return done;
        });
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

/** Begins a transaction, on the way of its first statement. Gives its id, which has to be known before COMMIT is sent. */
function begin(client: PoolClient): Promise<string> {
  const began = client.query('BEGIN');
  const asked = client.query<{ id: string }>({
    name: 'pg_current_xact_id',
    text: 'SELECT pg_current_xact_id()::text AS id',
  });
  const transactionId = Promise.all([asked, began]).then(([{ rows }]) => rows[0]?.id ?? '');
  transactionId.catch(heardLater);
  return transactionId;
}

/** Of what has failed before anybody waited for it: the statements after it fail too, and whoever waits for it hears of it. */
function heardLater(): void {
  return undefined;
}

async function orRollback<Result>(client: PoolClient, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (cause) {
    if (isConnectionLost(cause)) throw cause;
    await client.query('ROLLBACK');
    throw new RolledBack('rolled back', { cause });
  }
}
