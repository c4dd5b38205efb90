/** How often what happened, by name. Names come in the order in which they are listed, so two tallies of the same run are the same. */

export class Tally {
  private readonly counts = new Map<string, number>();

  count(name: string, times = 1): void {
    this.counts.set(name, (this.counts.get(name) ?? 0) + times);
  }

  /** What was counted under names that begin with a group, such as `refused.`, without it; sorted by name. */
  group(prefix: string): Record<string, number> {
    const within = [...this.counts].filter(([name]) => name.startsWith(prefix));
    return Object.fromEntries(
      within.map(([name, times]) => [name.slice(prefix.length), times] as const).sort(([a], [b]) => (a < b ? -1 : 1)),
    );
  }
}
