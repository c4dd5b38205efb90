/**
 * When the log of a SQLite file is moved into the file. SQLite would do it within the COMMIT that makes the log long enough, and in a
 * large file, where each row lies on a page of its own, everybody would wait for that; so a thread does it beside the writer.
 *
 * The log begins anew only when all of it has been moved, which never comes true while others write. So most of it is moved beside
 * them, and the little that they have written meanwhile while they wait.
 */
import { closeSync, openSync } from 'node:fs';
import type { Database as Connection } from 'better-sqlite3';
import { checkpointScript, CheckpointThread } from './checkpoint.thread.js';
import type { Turns } from './turns.js';

/** How long the log gets, in pages. */
export interface LogLimits {
  /** So many new ones are moved at a time. */
  readonly moved: number;
  /** From here on it is to begin anew. */
  readonly renewed: number;
  /** What those who write can wait for. */
  readonly waitedFor: number;
  /** From here on COMMIT moves it after all, because the thread is dead or somebody reads in the log without end. */
  readonly atLast: number;
}

/**
 * A log of 40 MB, of 160 MB at last. Where more is moved at a time, a COMMIT meanwhile waits longer for the disk; where less, pages
 * that change often are written more often.
 */
const usualLimits: LogLimits = { moved: 1_000, renewed: 10_000, waitedFor: 200, atLast: 40_000 };

/** How often the thread goes after those who write meanwhile, before they have to wait for however much is left. */
const pursuitsMax = 4;

export class Checkpoints {
  private readonly hasThread: boolean;
  private thread: CheckpointThread | null = null;
  /**
   * The file, for the thread to wait for its disk. While a connection is open it must not be closed: on POSIX that would give up all
   * locks that this process holds on the file, and another process could take the log away.
   */
  private descriptor: number | null = null;
  private running: Promise<void> | null = null;
  private isClosed = false;
  /** Up to where in the log it has been moved. */
  private movedTo = 0;
  /** The length at which it is to begin anew. */
  private renewedAt: number;

  /** @param writing the turns of those who write on `writer` */
  constructor(
    private readonly writer: Connection,
    private readonly writing: Turns,
    private readonly limits = usualLimits,
    private readonly script = checkpointScript,
  ) {
    this.hasThread = CheckpointThread.canStart(script);
    this.renewedAt = limits.renewed;
    writer.pragma(`wal_autocheckpoint = ${this.hasThread ? limits.atLast : limits.renewed}`);
  }

  /**
   * Has the log moved where it has become long. To be called after each COMMIT, before the next transaction. Nobody waits for it, and
   * it never throws: what was committed stays so, whatever becomes of the log.
   */
  committed(): void {
    if (!this.hasThread || this.isClosed || this.running !== null) return;
    const length = this.logLength();
    if (length === null) return;
    // It has begun anew by itself.
    if (length < this.movedTo) this.movedTo = 0;
    const isLong = length >= this.renewedAt;
    if (!isLong && length < this.movedTo + this.limits.moved) return;
    this.movedTo = length;
    // What cannot be moved now, on a full disk for one, is moved later; those who write learn of the disk by themselves.
    this.running = (isLong ? this.renew() : this.move())
      .catch(() => undefined)
      .then(() => {
        this.running = null;
      });
  }

  /** Resolves when nothing is under way any more and the thread has ended. */
  async close(): Promise<void> {
    this.isClosed = true;
    await this.running;
    await this.thread?.close();
  }

  /** To be called when every connection to the file is closed. */
  release(): void {
    if (this.descriptor !== null) closeSync(this.descriptor);
    this.descriptor = null;
  }

  /** Moves what is there. Gives how many pages have come meanwhile. */
  private async move(): Promise<number> {
    const descriptor = (this.descriptor ??= openSync(this.writer.name, 'r+'));
    if (this.thread?.isAlive !== true) {
      this.thread = CheckpointThread.start(this.writer.name, descriptor, this.script);
    }
    return this.thread.checkpoint('PASSIVE');
  }

  /** Has the log begin anew. */
  private async renew(): Promise<void> {
    // Where somebody reads in it, not before it has grown by as much again as is moved at a time.
    this.renewedAt = this.movedTo + this.limits.moved;
    for (let pursuits = 1; pursuits <= pursuitsMax; pursuits += 1) {
      if ((await this.move()) <= this.limits.waitedFor) break;
    }
    await this.writing.take(async () => {
      await this.thread?.checkpoint('RESTART');
      this.movedTo = this.logLength() ?? 0;
      this.renewedAt = Math.max(this.limits.renewed, this.movedTo + this.limits.moved);
    });
  }

  /** Null where it cannot be told now. */
  private logLength(): number | null {
    try {
      const [length] = this.writer.pragma('wal_checkpoint(NOOP)') as { log: number }[];
      return length?.log ?? null;
    } catch {
      return null;
    }
  }
}
