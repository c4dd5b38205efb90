/**
 * One open answer that events are written to. It holds no queue of its own: a reader that leaves more unread than a bound is dropped,
 * and comes back with `Last-Event-ID`.
 */
import type { ServerResponse } from 'node:http';

/** How many bytes may wait for a reader, beside what the system's own buffers hold. */
export const unreadBytesMax = 512 * 1024;

/** How long an opening stream may wait for its reader to take what it missed. */
const drainMillisMax = 15_000;

export class EventStream {
  private hasEnded = false;
  private wasFullAtComment = false;

  /**
   * @param response its head is written already
   * @param onSlow told once, where the reader is dropped for reading too slowly
   */
  constructor(
    private readonly response: ServerResponse,
    private readonly onSlow: () => void,
  ) {}

  get isOpen(): boolean {
    return !this.hasEnded && !this.response.destroyed;
  }

  /** Calls back once, when the answer has ended or the reader has gone. */
  onClosed(listener: () => void): void {
    this.response.once('close', listener);
  }

  /** Writes, or drops a reader that has too much unread. */
  write(chunk: string | Buffer): void {
    if (!this.isOpen) return;
    if (this.response.writableLength > unreadBytesMax) {
      this.drop();
      return;
    }
    this.response.write(chunk);
  }

  /** Writes a comment. A reader that has taken nothing since the one before, though something waited, is dropped. */
  comment(block: string): void {
    if (!this.isOpen) return;
    const isFull = this.response.writableNeedDrain;
    if (isFull && this.wasFullAtComment) {
      this.drop();
      return;
    }
    this.wasFullAtComment = isFull;
    this.write(block);
  }

  /** Resolves when the reader has taken what was written, or is gone; one that takes too long is dropped. */
  async taken(): Promise<void> {
    if (!this.isOpen || !this.response.writableNeedDrain) return;
    await new Promise<void>((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        this.response.off('drain', done).off('close', done);
        resolve();
      };
      const timer = setTimeout(() => this.drop(), drainMillisMax);
      this.response.once('drain', done).once('close', done);
    });
  }

  /** Ends the answer in good order. */
  end(): void {
    if (!this.isOpen) return;
    this.hasEnded = true;
    this.response.end();
  }

  private drop(): void {
    this.hasEnded = true;
    this.onSlow();
    this.response.destroy();
  }
}
