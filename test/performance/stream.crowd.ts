/** A crowd of listeners on plain sockets: each counts how often it hears an event. It parses no more than that. */
import { connect, type Socket } from 'node:net';

/** What to listen to. */
export interface StreamAddress {
  path: string;
  /** The bearer token. */
  token: string;
}

const openingAtATime = 50;

/** One listener. */
class Listener {
  /** How often the event was heard. */
  heard = 0;
  private tail = '';

  constructor(
    readonly socket: Socket,
    private readonly mark: string,
    private readonly onHeard: () => void,
  ) {}

  take(chunk: string): void {
    const text = this.tail + chunk;
    for (let at = text.indexOf(this.mark); at >= 0; at = text.indexOf(this.mark, at + 1)) {
      this.heard += 1;
      this.onHeard();
    }
    this.tail = text.slice(-(this.mark.length - 1));
  }
}

export class Crowd {
  private readonly listeners: Listener[] = [];
  private missing = 0;
  private onAll: (() => void) | undefined;
  private lost = 0;

  /** @param event the name of the event that is counted */
  constructor(
    private readonly port: number,
    private readonly event: string,
  ) {}

  get size(): number {
    return this.listeners.length;
  }

  /** How many were cut or ended by the server. */
  get lostCount(): number {
    return this.lost;
  }

  /** Opens streams, some at a time, each when the one before it has begun. Throws where one is refused. */
  async open(addresses: readonly StreamAddress[]): Promise<void> {
    let next = 0;
    const openSome = async (): Promise<void> => {
      for (let address = addresses[next++]; address !== undefined; address = addresses[next++]) {
        this.listeners.push(await this.openOne(address));
      }
    };
    await Promise.all(Array.from({ length: openingAtATime }, openSome));
  }

  /** Resolves with the time at which each of the next `count` events has been heard, by `performance.now()`. */
  hearing(count: number): Promise<number> {
    this.missing = count;
    return new Promise((resolve) => {
      this.onAll = () => resolve(performance.now());
    });
  }

  close(): void {
    for (const { socket } of this.listeners) socket.destroy();
  }

  private openOne({ path, token }: StreamAddress): Promise<Listener> {
    return new Promise((resolve, reject) => {
      const socket = connect(this.port, '127.0.0.1');
      const listener = new Listener(socket, `event: ${this.event}\n`, () => this.count());
      let hasBegun = false;
      socket.setEncoding('latin1');
      socket.on('data', (chunk: string) => {
        if (hasBegun) return listener.take(chunk);
        if (!chunk.startsWith('HTTP/1.1 200')) return reject(new Error(`a stream was refused: ${chunk.slice(0, 300)}`));
        hasBegun = true;
        resolve(listener);
        listener.take(chunk);
      });
      socket.on('error', reject);
      socket.on('close', () => (this.lost += 1));
      socket.write(`GET ${path} HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer ${token}\r\n\r\n`);
    });
  }

  private count(): void {
    this.missing -= 1;
    if (this.missing === 0) this.onAll?.();
  }
}
