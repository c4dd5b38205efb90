/**
 * Slows down whoever guesses a person's password: so many tries in a quarter of an hour, counted for who tries and not for whom it is
 * about, so that nobody can lock somebody else out. In memory, and where there are replicas also with them. It looks at no password.
 */
import type { FailureTally } from '../auth/failed-credentials.js';
import { ProblemError } from '../problems/problem.js';

/** How long tries count together, from the first one on. */
export const lockOutMillis = 15 * 60_000;

const triesMax = 10;

/** How many of those who try are remembered; beyond that the one who began first is forgotten. */
const remembered = 50_000;

/** Counts tries for all replicas. */
export interface TryTally extends FailureTally {
  /** Has the next try be the first again. Rejects where it cannot. */
  clear(who: string): Promise<void>;
}

interface Tries {
  readonly endsAt: number;
  count: number;
}

export class LockOut {
  private readonly tries = new Map<string, Tries>();

  /**
   * @param systemNow the system's time in milliseconds
   * @param tally what the replicas share; null where there is one process
   */
  constructor(
    private readonly systemNow: () => number,
    private readonly tally: TryTally | null,
  ) {}

  /**
   * Takes one of the tries, before the password is looked at, so that many at once are no way around it.
   *
   * @param who tries, and about whom
   * @throws `tooManyRequests` where they have none left
   */
  async take(who: string): Promise<void> {
    const own = this.triesOf(who);
    if (own.count >= triesMax) throw this.tooMany(own);
    own.count += 1;
    // Without the others' count, this process's own has to do.
    const shared = (await this.tally?.add(who).catch(() => null)) ?? null;
    if (shared === null) return;
    const learned = { endsAt: this.systemNow() + shared.millisLeft, count: Math.min(shared.number, triesMax) };
    this.tries.set(who, learned);
    if (shared.number > triesMax) throw this.tooMany(learned);
  }

  /** Gives all tries back, after a right one. */
  async forgive(who: string): Promise<void> {
    this.tries.delete(who);
    await this.tally?.clear(who).catch(() => undefined);
  }

  private tooMany({ endsAt }: Tries): ProblemError {
    const seconds = Math.max(1, Math.ceil((endsAt - this.systemNow()) / 1000));
    return new ProblemError('tooManyRequests', 'Too many wrong passwords were sent from here.', {}, seconds);
  }

  private triesOf(who: string): Tries {
    const now = this.systemNow();
    const present = this.tries.get(who);
    if (present !== undefined && now < present.endsAt) return present;
    this.tries.delete(who);
    for (const [first, { endsAt }] of this.tries) {
      if (now < endsAt && this.tries.size < remembered) break;
      this.tries.delete(first);
    }
    const begun = { endsAt: now + lockOutMillis, count: 0 };
    this.tries.set(who, begun);
    return begun;
  }
}
