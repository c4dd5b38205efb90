/**
 * Stands between a replica and PostgreSQL and passes everything on, until it is told to lose the answer to a COMMIT, or to say when a
 * transaction holds the lock of its license. It looks for words in what is sent, and changes nothing of it.
 */
import { connect, createServer, type Server, type Socket } from 'node:net';

export class PostgresProxy {
  /** How many answers to a COMMIT of a writing transaction were lost. */
  answersLost = 0;
  private commitsToLose = 0;
  private whenLocked: (() => void) | null = null;
  private readonly sockets = new Set<Socket>();
  /** The names of prepared statements that lock: their text is sent once on each connection. */
  private readonly lockNames = new Set<string>();

  private constructor(
    private readonly server: Server,
    readonly port: number,
  ) {}

  /** Listens on a free port and passes on to `target`. */
  static start(target: number): Promise<PostgresProxy> {
    return new Promise((done, fail) => {
      const server = createServer((client) => proxy.pass(client, target));
      let proxy: PostgresProxy;
      server.once('error', fail);
      server.listen(0, '127.0.0.1', () => {
        const address = server.address();
        proxy = new PostgresProxy(server, typeof address === 'object' && address !== null ? address.port : 0);
        done(proxy);
      });
    });
  }

  /** Cuts the connection of the next so many COMMITs, after PostgreSQL has answered and before the replica hears it. */
  loseAnswersToCommit(count: number): void {
    this.commitsToLose = count;
  }

  /** Calls back once, in the moment in which PostgreSQL has granted a lock on a license and the replica has not heard it yet. */
  onceLocked(callback: () => void): void {
    this.whenLocked = callback;
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((done) => this.server.close(done));
  }

  private pass(client: Socket, target: number): void {
    const upstream = connect(target, '127.0.0.1');
    let isWriting = false;
    let isCommitting = false;
    let isLocking = false;
    for (const [socket, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      this.sockets.add(socket);
      socket.setNoDelay(true);
      socket.on('error', () => other.destroy());
      socket.on('close', () => {
        this.sockets.delete(socket);
        other.destroy();
      });
    }
    client.on('data', (chunk: Buffer) => {
      if (chunk.includes('pg_current_xact_id')) isWriting = true;
      if (isWriting && this.locks(chunk)) isLocking = true;
      if (isWriting && chunk.includes('COMMIT\0')) isCommitting = true;
      if (chunk.includes('ROLLBACK\0')) isWriting = false;
      upstream.write(chunk);
    });
    upstream.on('data', (chunk: Buffer) => {
      if (isLocking) {
        isLocking = false;
        const callback = this.whenLocked;
        this.whenLocked = null;
        callback?.();
      }
      // Statements before it may be answered first.
      if (isCommitting && /(?:COMMIT|ROLLBACK)\0/.test(chunk.toString('latin1'))) {
        isCommitting = false;
        isWriting = false;
        if (this.commitsToLose > 0) {
          this.commitsToLose -= 1;
          this.answersLost += 1;
          upstream.destroy();
          client.destroy();
          return;
        }
      }
      client.write(chunk);
    });
  }

  private locks(chunk: Buffer): boolean {
    const [, name] = /(seatkeeper_\d+)\0[^\0]*FROM license[^\0]*FOR NO KEY UPDATE/.exec(chunk.toString('latin1')) ?? [];
    if (name !== undefined) this.lockNames.add(name);
    return [...this.lockNames].some((known) => chunk.includes(`\0${known}\0`) || known === name);
  }
}
