/**
 * COMMIT, and what became of it where the connection was lost meanwhile: asked of the database on a new connection, by the
 * id that the transaction had. It tries nothing again.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { Pool, PoolClient } from 'pg';
import { CommitAborted, CommitUnknown } from './database.away.js';
import { isConnectionLost } from './postgres.failure.js';
import type { PostgresSession } from './postgres.session.js';

/** How long the database is asked, in milliseconds: longer than it takes a lost transaction to be ended by its time-out. */
const askedMillisMax = 12_000;
const betweenMillis = 100;

/** The transaction failed with `cause` and was rolled back: its connection is as good as before. */
export class RolledBack extends Error {}

type Status = 'committed' | 'aborted' | 'in progress' | null;

/**
 * Commits. Resolves where the transaction was committed, whether or not that was heard.
 *
 * @param session whose statements may not all be answered yet
 * @param transactionId as `pg_current_xact_id()` gave it
 * @throws CommitAborted or CommitUnknown where the connection was lost; RolledBack where a statement had failed; else what COMMIT failed with
 */
export async function commit(
  client: PoolClient,
  pool: Pool,
  session: PostgresSession,
  transactionId: string,
): Promise<void> {
  try {
    const [{ command }, failure] = await Promise.all([client.query('COMMIT'), session.failureOfSent()]);
    if (failure !== null) throw new RolledBack('rolled back', { cause: failure.error });
    if (command !== 'COMMIT') throw new Error('a transaction that had failed was to be committed');
  } catch (error) {
    if (!isConnectionLost(error)) throw error;
    await requireCommitted(pool, transactionId, error);
  }
}

async function requireCommitted(pool: Pool, transactionId: string, cause: unknown): Promise<void> {
  const until = performance.now() + askedMillisMax;
  do {
    const status = await statusOf(pool, transactionId);
    if (status === 'committed') return;
    if (status === 'aborted') throw new CommitAborted('the connection was lost before COMMIT took place', { cause });
    // Too old to be known: another server, or one that was restored.
    if (status === null) break;
    await pause(betweenMillis);
  } while (performance.now() < until);
  throw new CommitUnknown('the connection was lost during COMMIT, and what became of it cannot be told', { cause });
}

/** The status; `in progress` too where the database cannot be asked now. */
async function statusOf(pool: Pool, transactionId: string): Promise<Status> {
  try {
    const { rows } = await pool.query<{ status: Status }>('SELECT pg_xact_status($1::xid8) AS status', [transactionId]);
    return rows[0]?.status ?? null;
  } catch (error) {
    if (isConnectionLost(error)) return 'in progress';
    return null;
  }
}
