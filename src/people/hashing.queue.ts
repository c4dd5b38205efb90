/**
 * Lets few computations run at a time and some wait: hashing a password takes 19 MiB and tens of milliseconds of a core on purpose, so
 * whoever sends passwords could otherwise take all of both. It computes nothing itself.
 */
import { ProblemError } from '../problems/problem.js';

const retryAfterSeconds = 2;

export class HashingQueue {
  private running = 0;
  private readonly waiting: (() => void)[] = [];

  /**
   * @param runningMax how many run at a time
   * @param waitingMax how many wait beyond those
   */
  constructor(
    private readonly runningMax: number,
    private readonly waitingMax: number,
  ) {}

  /** Throws `overloaded` where as many wait as may. */
  requireRoom(): void {
    if (this.running < this.runningMax || this.waiting.length < this.waitingMax) return;
    const detail = 'Too many passwords are waiting to be looked at.';
    throw new ProblemError('overloaded', detail, { outcome: 'none' }, retryAfterSeconds);
  }

  /** Runs a computation in its turn. Rejects with `overloaded` where as many wait as may, and with what the computation throws. */
  async run<Result>(compute: () => Promise<Result>): Promise<Result> {
    this.requireRoom();
    if (this.running >= this.runningMax) await new Promise<void>((resolve) => this.waiting.push(resolve));
    else this.running += 1;
    try {
      return await compute();
    } finally {
      const next = this.waiting.shift();
      // Whoever is next takes this place over.
      if (next === undefined) this.running -= 1;
      else next();
    }
  }
}
