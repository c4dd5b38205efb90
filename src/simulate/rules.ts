/** The rules that a simulation watches: how often each was looked at, and where it was broken. */

/** Each rule, as a sentence. */
export const ruleSentences = {
  seatsHold: 'R1 At no moment more devices had a seat than there are seats',
  serverSaysSo: 'R1 The server counted as many active devices as it confirmed, and no more than seats',
  leaseHolds: 'R4 No software ran after the end of its lease on a machine whose clock was right',
  personAsks: 'R8 No deactivated device came back without a person',
  keyIsGone: 'R8 Nobody got a seat with a key that was replaced',
  sessionsAgree: 'Every session agrees with the server about its device',
  nothingStrange: 'Nobody was answered what nobody reckoned with',
  databaseIsSound: 'The doctor finds the database sound',
} as const;

export type RuleName = keyof typeof ruleSentences;

/** A rule as the summary says it. */
export interface WatchedRule {
  readonly name: RuleName;
  readonly sentence: string;
  readonly looks: number;
  readonly held: boolean;
  /** Where it was broken: the first ten places. */
  readonly broken: readonly string[];
}

const shownMax = 10;

export class Rules {
  private readonly looks = new Map<RuleName, number>();
  private readonly broken = new Map<RuleName, string[]>();

  /** Looks at a rule. @param place says where it was broken, in a sentence; asked only then */
  look(name: RuleName, holds: boolean, place: () => string): void {
    this.looks.set(name, (this.looks.get(name) ?? 0) + 1);
    if (!holds) this.broken.set(name, [...(this.broken.get(name) ?? []), place()]);
  }

  get allHeld(): boolean {
    return this.broken.size === 0;
  }

  /** The rules that were looked at. */
  watched(): WatchedRule[] {
    return (Object.keys(ruleSentences) as RuleName[])
      .filter((name) => this.looks.has(name))
      .map((name) => {
        const broken = this.broken.get(name) ?? [];
        return {
          name,
          sentence: ruleSentences[name],
          looks: this.looks.get(name) ?? 0,
          held: broken.length === 0,
          broken: broken.slice(0, shownMax),
        };
      });
  }
}
