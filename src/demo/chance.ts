/** Chance that comes out the same each time: a small generator (mulberry32), seeded by a text. For stories, never for secrets. */

const span = 2 ** 32;

export class Chance {
  private state = 0;

  constructor(seed: string) {
    for (const character of seed) this.state = (Math.imul(this.state, 31) + (character.codePointAt(0) ?? 0)) >>> 0;
  }

  /** From `least` on, less than `most`. */
  between(least: number, most: number): number {
    return least + this.next() * (most - least);
  }

  /** A whole number from `least` on, up to `most`. */
  whole(least: number, most: number): number {
    return Math.floor(this.between(least, most + 1));
  }

  /** Whether something happens that happens in this share of cases. */
  happens(share: number): boolean {
    return this.next() < share;
  }

  /** So many hexadecimal digits. */
  hex(digits: number): string {
    return Array.from({ length: digits }, () => Math.floor(this.next() * 16).toString(16)).join('');
  }

  private next(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), this.state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / span;
  }
}
