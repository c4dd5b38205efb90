/** Stands between a server and PostgreSQL, and cuts the connection around the next COMMIT: before it arrives, or before its answer does. */
import { connect, createServer, type Server, type Socket } from 'node:net';

const commit = Buffer.from('COMMIT\0');

export class CommitProxy {
  /** What happens to the next COMMIT. */
  cut: 'never' | 'beforeCommit' | 'beforeAnswer' = 'never';
  private readonly sockets = new Set<Socket>();

  private constructor(
    private readonly server: Server,
    /** The address of the same database through the proxy. */
    readonly address: string,
  ) {}

  static async start(database: string): Promise<CommitProxy> {
    const target = new URL(database);
    const server = createServer();
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const through = new URL(database);
    through.port = String((server.address() as { port: number }).port);
    const proxy = new CommitProxy(server, through.href);
    server.on('connection', (client) => proxy.pass(client, connect(Number(target.port), target.hostname)));
    return proxy;
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((done) => this.server.close(done));
  }

  private pass(client: Socket, database: Socket): void {
    let isCut = false;
    for (const socket of [client, database]) {
      this.sockets.add(socket);
      socket.on('error', () => undefined);
    }
    client.on('close', () => database.destroy());
    database.on('close', () => client.destroy());
    client.on('data', (chunk) => {
      if (this.cut === 'never' || !chunk.includes(commit)) return void database.write(chunk);
      isCut = true;
      if (this.cut === 'beforeAnswer') database.write(chunk);
      else client.destroy();
      this.cut = 'never';
    });
    database.on('data', (chunk) => {
      // Once its answer is there, COMMIT took place; nobody hears it.
      if (isCut && chunk.includes(commit)) client.destroy();
      else client.write(chunk);
    });
  }
}
