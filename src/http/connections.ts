/**
 * Lets the server end while clients keep their connections: requests that were begun are answered, connections on which
 * nothing is under way are closed, and clients that do not read their answer are cut in the end. What was taken by then is stored all the same.
 */
import type { Server } from 'node:http';
import type { Socket } from 'node:net';

const everyMillis = 50;
const graceMillis = 5_000;

export class Connections {
  private readonly open = new Set<Socket>();

  constructor(private readonly server: Server) {
    server.on('connection', (socket: Socket) => {
      this.open.add(socket);
      socket.once('close', () => this.open.delete(socket));
    });
  }

  /** To be called when the server stops listening; works until the last connection is closed. */
  windDown(): void {
    const close = (): void => {
      this.server.closeIdleConnections();
      // Node counts a connection as busy from its beginning, also one on which nothing was ever asked.
      for (const socket of this.open) if (socket.bytesRead === 0) socket.destroy();
    };
    const timer = setInterval(close, everyMillis);
    const cut = setTimeout(() => this.server.closeAllConnections(), graceMillis);
    this.server.once('close', () => {
      clearInterval(timer);
      clearTimeout(cut);
    });
    close();
  }
}
