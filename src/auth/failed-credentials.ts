/**
 * Counts failed credentials per address, in system time, so that guessing is slow and shows in the metrics: in memory, and
 * where there are replicas also with them. It never stands before a look-up: a correct credential is not refused because of
 * others' failures.
 */
import { ProblemError } from '../problems/problem.js';

/** How long failures of an address count together, from the first one on. */
export const windowMillis = 60_000;

/** How many addresses are remembered; beyond that the one whose minute began first is forgotten. */
const addressesMax = 10_000;

interface Minute {
  readonly endsAt: number;
  failures: number;
}

/** A failure as all replicas count it. */
export interface CountedFailure {
  /** Its place among the failures of its address within a minute, from 1. */
  readonly number: number;
  /** When that minute ends, in milliseconds from now. */
  readonly millisLeft: number;
}

/** Counts failures for all replicas. */
export interface FailureTally {
  /** Rejects where the count cannot be had. */
  add(address: string): Promise<CountedFailure>;
}

export class FailedCredentials {
  private readonly minutes = new Map<string, Minute>();
  private count = 0;

  /**
   * @param perMinute how many failures of an address within a minute are answered 401; 0 is without limit
   * @param systemNow the system's time in milliseconds
   * @param tally what the replicas share; null where there is one process
   */
  constructor(
    private readonly perMinute: number,
    private readonly systemNow: () => number,
    private readonly tally: FailureTally | null = null,
  ) {}

  /** Failures since the start, for the metrics. */
  get total(): number {
    return this.count;
  }

  /** How many addresses are remembered now. */
  get addressCount(): number {
    return this.minutes.size;
  }

  /**
   * Counts a failure of an address. The minute begins with its first failure.
   *
   * @param detail what to say of it, where the sentence for requests without a good credential does not fit
   * @returns the refusal to answer with: `unauthenticated`, or `tooManyRequests` where the address has failed too often
   */
  async refusalFor(address: string, detail?: string): Promise<ProblemError> {
    this.count++;
    if (this.perMinute === 0) return unauthenticated(detail);
    const minute = this.minuteOf(address, this.systemNow());
    // Who is over the limit already is not worth a question.
    if (minute.failures >= this.perMinute) return this.tooMany(minute);
    minute.failures++;
    if (this.tally === null) return unauthenticated(detail);
    // Without the others' count, this process's own has to do.
    const shared = await this.tally.add(address).catch(() => null);
    if (shared === null) return unauthenticated(detail);
    const learned = { endsAt: this.systemNow() + shared.millisLeft, failures: shared.number };
    this.minutes.set(address, learned);
    return shared.number > this.perMinute ? this.tooMany(learned) : unauthenticated(detail);
  }

  private tooMany({ endsAt }: Minute): ProblemError {
    const seconds = Math.max(1, Math.ceil((endsAt - this.systemNow()) / 1000));
    return new ProblemError('tooManyRequests', 'Too many failed credentials.', {}, seconds);
  }

  private minuteOf(address: string, now: number): Minute {
    const present = this.minutes.get(address);
    if (present !== undefined && now < present.endsAt) return present;
    this.minutes.delete(address);
    this.forget(now);
    const minute = { endsAt: now + windowMillis, failures: 0 };
    this.minutes.set(address, minute);
    return minute;
  }

  /** Minutes are kept in the order of their ends, so what is over comes first. */
  private forget(now: number): void {
    for (const [address, minute] of this.minutes) {
      if (now < minute.endsAt && this.minutes.size < addressesMax) return;
      this.minutes.delete(address);
    }
  }
}

/** The refusal of a request without a credential, or with one that is unknown or has ended. */
export function unauthenticated(detail = 'The request carries no credential that is known here.'): ProblemError {
  return new ProblemError('unauthenticated', detail);
}
