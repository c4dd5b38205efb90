/**
 * A queue that is worked off one batch at a time. What arrives while a batch runs makes up the next one, in the
 * order of arrival. It knows neither commands nor databases.
 */

/** How many submissions a batch takes at most. */
const batchMax = 256;

/** What waits in a lane: something that can share a batch with its neighbours, or work that needs its own turn. */
export type Waiting<Item> =
  { readonly kind: 'item'; readonly item: Item } | { readonly kind: 'work'; readonly work: () => Promise<void> };

export class Lane<Item> {
  private queue: Waiting<Item>[] = [];
  private isRunning = false;
  private onIdle: (() => void)[] = [];

  /** @param run works a batch off; gives back what has to come again, and never rejects */
  constructor(private readonly run: (items: readonly Item[]) => Promise<readonly Item[]>) {}

  get length(): number {
    return this.queue.length;
  }

  /** Puts something at the end. */
  put(waiting: Waiting<Item>): void {
    this.queue.push(waiting);
    this.start();
  }

  /** Resolves when nothing waits and nothing runs. */
  drained(): Promise<void> {
    if (!this.isRunning && this.queue.length === 0) return Promise.resolve();
    return new Promise((resolve) => this.onIdle.push(resolve));
  }

  private start(): void {
    if (this.isRunning) return;
    this.isRunning = true;
    this.gather(0);
  }

  /** Begins after the requests that are readable by now were read, and again while more keep coming, so that they share the batch. */
  private gather(known: number): void {
    setImmediate(() => {
      const { length } = this.queue;
      if (length > known && length < batchMax) this.gather(length);
      else void this.workOff();
    });
  }

  private async workOff(): Promise<void> {
    const [first] = this.queue;
    if (first?.kind === 'work') {
      this.queue.shift();
      await first.work();
    } else if (first !== undefined) {
      const again = await this.run(this.takeItems());
      if (again.length > 0) this.queue.unshift(...again.map((item) => ({ kind: 'item', item }) as const));
    }
    this.isRunning = false;
    if (this.queue.length > 0) return this.start();
    for (const resolve of this.onIdle.splice(0)) resolve();
  }

  private takeItems(): Item[] {
    const items: Item[] = [];
    for (const waiting of this.queue) {
      if (waiting.kind !== 'item' || items.length >= batchMax) break;
      items.push(waiting.item);
    }
    this.queue = this.queue.slice(items.length);
    return items;
  }
}
