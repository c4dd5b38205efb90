/** Somebody else on the database of a server, for tests of what happens while another transaction holds something. */
import pg from 'pg';
import { newPostgres } from './postgres.js';
import { startServer, type TestServer } from './server.js';

/** A server on PostgreSQL, and a connection of its own for who is in its way. */
export interface Contested {
  readonly server: TestServer;
  readonly rival: pg.Client;
  close(): Promise<void>;
}

export async function startContested(): Promise<Contested> {
  const databaseUrl = await newPostgres();
  const server = await startServer({ databaseUrl });
  const rival = new pg.Client({ connectionString: databaseUrl });
  await rival.connect();
  const close = async (): Promise<void> => {
    await rival.end();
    await server.stop();
  };
  return { server, rival, close };
}

/** Resolves when somebody waits for what the rival holds, or `isOver` says that nobody will. */
export async function someoneWaits(rival: pg.Client, isOver: () => boolean = () => false): Promise<void> {
  for (;;) {
    // Within a transaction, connections that were made meanwhile would not be seen.
    await rival.query('SELECT pg_stat_clear_snapshot()');
    const { rowCount } = await rival.query(
      `SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND pid <> pg_backend_pid()`,
    );
    if (rowCount !== 0 || isOver()) return;
  }
}
