/** Pools of connections to PostgreSQL, set up so that no transaction of ours can hold up the others for long. */
import pg, { type ClientBase, type Pool, type PoolConfig } from 'pg';

/** How long a connection may take to be had. */
const connectMillisMax = 5_000;
const idleMillisMax = 30_000;
const lockMillisMax = 2_000;
const statementMillisMax = 30_000;
/** A server that does not answer at all: longer than it takes to say that a statement took too long. */
const answerMillisMax = 40_000;
/** A replica that stops in the midst of a transaction loses its locks after this. */
const idleInTransactionMillisMax = 5_000;

const bigintOid = 20;

/** Numbers of ours are far below 2^53; everything else is read as the driver does. */
const getTypeParser = ((oid: number, format?: 'text' | 'binary') =>
  oid === bigintOid ? Number : pg.types.getTypeParser(oid, format ?? 'text')) as typeof pg.types.getTypeParser;

/** How connections are made. @param url a secret */
export function connectionOptions(url: string): PoolConfig {
  return {
    connectionString: url,
    connectionTimeoutMillis: connectMillisMax,
    idleTimeoutMillis: idleMillisMax,
    query_timeout: answerMillisMax,
    keepAlive: true,
    types: { getTypeParser },
    application_name: 'seatkeeper',
  };
}

/** A pool of at most so many connections. Errors of idle connections are nobody's: who asks next gets a new one. */
export function poolOf(url: string, max: number): Pool {
  // The pool waits for what `onConnect` gives before it hands the connection out.
  const onConnect = (client: ClientBase): void => setUp(client) as unknown as undefined;
  // A statement goes out without waiting for the answer to the one before.
  const pool = new pg.Pool({ ...connectionOptions(url), pipeline: true, max, onConnect });
  pool.on('error', () => undefined);
  return pool;
}

async function setUp(client: ClientBase): Promise<void> {
  // Whoever uses the connection sees its loss by the statement that fails; without a listener the process would end.
  client.on('error', () => undefined);
  await client.query(
    `SET lock_timeout = ${lockMillisMax}; SET statement_timeout = ${statementMillisMax};
     SET idle_in_transaction_session_timeout = ${idleInTransactionMillisMax};
     SET default_transaction_isolation = 'read committed';
     SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') IN ('off', 'local')`,
  );
}
