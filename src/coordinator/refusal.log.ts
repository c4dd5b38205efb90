/**
 * Keeps refused activations from filling the history (R11): the first identical one of a minute becomes a row at once,
 * repeats are counted and become one more row when the minute has ended. Holds counts only, and writes nothing.
 */
import type { Step } from '../../machines/index.js';

/** A refused step, the license it is about, and the request that got it. */
export interface Refusal extends Step {
  readonly licenseId: string;
  readonly requestId: string | null;
}

/** Identical refusals that are to become one row. */
export interface CountedRefusal {
  readonly refusal: Refusal;
  readonly count: number;
}

interface Minute extends CountedRefusal {
  readonly endsAt: number;
}

const minuteMillis = 60_000;

export class RefusalLog {
  private readonly minutes = new Map<string, Minute>();
  /** Counts of minutes that have ended, and are no rows yet. */
  private ended: CountedRefusal[] = [];

  /** @param now the time of the history, in milliseconds */
  constructor(private readonly now: () => number) {}

  /** Whether this is the first of its kind in its minute, so that it is to be appended at once. */
  isFirst(refusal: Omit<Refusal, 'requestId'>): boolean {
    const minute = this.minutes.get(keyOf(refusal));
    return minute === undefined || minute.endsAt <= this.now();
  }

  /** The same question for the refusals of one batch: one that was told to be the first is so for the batch, too. */
  forBatch(): Pick<RefusalLog, 'isFirst'> {
    const told = new Set<string>();
    return {
      isFirst: (refusal) => {
        const key = keyOf(refusal);
        if (told.has(key) || !this.isFirst(refusal)) return false;
        told.add(key);
        return true;
      },
    };
  }

  /** Notes a refusal that was appended: its minute begins. */
  appended(refusal: Refusal): void {
    const key = keyOf(refusal);
    this.end(key);
    this.minutes.set(key, { refusal, count: 0, endsAt: this.now() + minuteMillis });
  }

  /** Counts a repeat. */
  repeated(refusal: Refusal): void {
    const key = keyOf(refusal);
    const minute = this.minutes.get(key);
    const endsAt = minute?.endsAt ?? this.now() + minuteMillis;
    this.minutes.set(key, { refusal, count: (minute?.count ?? 0) + 1, endsAt });
  }

  /** Takes the counts of ended minutes, or all of them; what cannot be appended is given back with `restore`. */
  takeEnded(all = false): CountedRefusal[] {
    const now = this.now();
    for (const [key, { endsAt }] of this.minutes) if (all || endsAt <= now) this.end(key);
    const taken = this.ended;
    this.ended = [];
    return taken;
  }

  restore(counts: readonly CountedRefusal[]): void {
    this.ended.push(...counts);
  }

  private end(key: string): void {
    const minute = this.minutes.get(key);
    this.minutes.delete(key);
    if (minute !== undefined && minute.count > 0) this.ended.push({ refusal: minute.refusal, count: minute.count });
  }
}

/** Unknown fingerprints of a license count as one subject. */
function keyOf({ licenseId, subjectId, reason }: Omit<Refusal, 'requestId'>): string {
  return `${licenseId} ${subjectId ?? '-'} ${reason ?? '-'}`;
}
