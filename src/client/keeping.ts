/**
 * The store as a seat uses it: one write after the other, the last one of what holds last, and nobody waits for a store longer than for a server.
 * It says what went wrong, and does not know what it keeps.
 */
import type { SeatError } from './errors.js';
import { storeFailed } from './own-errors.js';
import type { SeatStore } from './store.js';
import type { Way } from './transport.js';
import { within } from './waiting.js';

export class Keeping {
  /** Why it cannot be read or written; null where it can. */
  trouble: SeatError | null = null;
  /** Whether what is in the store is of this session: what is another's is not removed. */
  isOurs = false;
  private writing: Promise<void> | null = null;
  private isChanged = false;
  /** Whether a write is overdue: until it ends, nobody waits for it again, and no other is begun, which it could come over. */
  private isStuck = false;

  /** @param text what is to be kept at that moment; null where nothing is */
  constructor(
    private readonly store: SeatStore,
    private readonly way: Pick<Way, 'clock' | 'timeoutMillis'>,
    private readonly text: () => string | null,
  ) {}

  /** The text that was written last; null where there is none, or where it cannot be read. */
  async read(): Promise<string | null> {
    try {
      return await this.inTime(this.store.read());
    } catch (error) {
      this.trouble = storeFailed('read', error);
      return null;
    }
  }

  /** Keeps what is to be kept, after whatever is being written. Resolves once it is, or cannot be. */
  keep(): Promise<void> {
    this.isChanged = true;
    this.writing ??= this.writeAll();
    return this.whenKept();
  }

  /** Resolves once all is kept, or cannot be. */
  async whenKept(): Promise<void> {
    const { writing } = this;
    if (writing === null || this.isStuck) return;
    try {
      await this.inTime(writing);
    } catch (error) {
      if (this.writing !== writing) return;
      this.isStuck = true;
      this.trouble = storeFailed('write', error);
    }
  }

  private async writeAll(): Promise<void> {
    do {
      this.isChanged = false;
      try {
        await this.write();
        this.trouble = null;
      } catch (error) {
        this.trouble = storeFailed('write', error);
      }
      this.isStuck = false;
    } while (this.isChanged);
    this.writing = null;
  }

  private async write(): Promise<void> {
    const text = this.text();
    if (text !== null) {
      this.isOurs = true;
      await this.store.write(text);
    } else if (this.isOurs) {
      await this.store.clear();
      this.isOurs = false;
    }
  }

  private inTime<Result>(work: Promise<Result>): Promise<Result> {
    return within(this.way.clock, this.way.timeoutMillis, work);
  }
}
