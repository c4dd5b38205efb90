/**
 * A client of streams, made by hand from the standard of Server-Sent Events: it keeps everything that it hears, and lets a test wait for
 * something to be heard. It knows nothing of the server.
 */
import { type ClientRequest, type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http';

/** An event as it was heard; `data` is parsed. */
export interface HeardEvent<Data = Record<string, unknown>> {
  name: string;
  /** Its own id; null where it has none. */
  id: string | null;
  data: Data;
  /** When it was heard, by the clock that never goes back, in milliseconds. */
  heardAt: number;
}

export class EventReader {
  readonly events: HeardEvent[] = [];
  comments = 0;
  /** What a browser would send as `Last-Event-ID`. */
  lastEventId = '';
  /** Whether the server has ended it in good order; false too where it was cut. */
  hasEnded = false;
  isClosed = false;
  private rest = '';
  private waiting: (() => void)[] = [];

  private constructor(
    readonly status: number,
    readonly headers: IncomingHttpHeaders,
    private readonly answer: IncomingMessage,
    private readonly asked: ClientRequest,
  ) {
    answer.setEncoding('utf8');
    answer.on('data', (chunk: string) => this.hear(chunk));
    answer.on('end', () => {
      this.hasEnded = true;
      this.wake();
    });
    answer.on('error', () => this.wake());
    answer.on('close', () => {
      this.isClosed = true;
      this.wake();
    });
  }

  /** Opens a stream; resolves with the head of the answer, whatever it is. */
  static open(
    url: string,
    auth: string | null,
    lastEventId?: string,
    method = 'GET',
    cookie?: string,
  ): Promise<EventReader> {
    const headers: Record<string, string> = { accept: 'text/event-stream' };
    if (auth !== null) headers['authorization'] = auth;
    if (cookie !== undefined) headers['cookie'] = cookie;
    if (lastEventId !== undefined) headers['last-event-id'] = lastEventId;
    return new Promise((resolve, reject) => {
      const asked = request(url, { method, headers, agent: false }, (answer) =>
        resolve(new EventReader(answer.statusCode ?? 0, answer.headers, answer, asked)),
      );
      asked.once('error', reject);
      asked.end();
    });
  }

  /** What was heard under a name. */
  named<Data = Record<string, unknown>>(name: string): HeardEvent<Data>[] {
    return this.events.filter((event) => event.name === name) as HeardEvent<Data>[];
  }

  /** The sequences of the rows that were heard. */
  get sequences(): number[] {
    return this.named('transition').map(({ id }) => Number(id));
  }

  /** Resolves once the condition holds; rejects where the stream has closed before. */
  async until(condition: () => boolean, what = 'what the test waits for'): Promise<void> {
    while (!condition()) {
      if (this.isClosed) throw new Error(`the stream has closed without ${what}: ${JSON.stringify(this.names)}`);
      await this.next();
    }
  }

  /** Resolves when the stream has closed. */
  async closed(): Promise<void> {
    while (!this.isClosed) await this.next();
  }

  /** The names of all events, in their order. */
  get names(): string[] {
    return this.events.map(({ name }) => name);
  }

  /** Reads nothing more until `resume`. */
  pause(): void {
    this.answer.pause();
  }

  resume(): void {
    this.answer.resume();
  }

  close(): void {
    this.asked.destroy();
  }

  private next(): Promise<void> {
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  private wake(): void {
    for (const resolve of this.waiting.splice(0)) resolve();
  }

  private hear(chunk: string): void {
    const blocks = (this.rest + chunk).split('\n\n');
    this.rest = blocks.pop() ?? '';
    for (const block of blocks) this.read(block);
    this.wake();
  }

  private read(block: string): void {
    let name = 'message';
    let id: string | null = null;
    const data: string[] = [];
    for (const line of block.split('\n')) {
      if (line.startsWith(':')) this.comments += 1;
      const [, field, value = ''] = /^([a-z]+)(?:: ?(.*))?$/.exec(line) ?? [];
      if (field === 'event') name = value;
      else if (field === 'id') id = value;
      else if (field === 'data') data.push(value);
    }
    if (id !== null) this.lastEventId = id;
    if (data.length === 0) return;
    const parsed = JSON.parse(data.join('\n')) as Record<string, unknown>;
    this.events.push({ name, id, data: parsed, heardAt: performance.now() });
  }
}
