/**
 * Who certainly has a seat of a license, as it was acknowledged: an account of our own, kept beside the server's, from what devices and people were
 * answered and from the dates alone. Whoever may have lost the seat since is not in it, so more entries than seats are a broken rule for sure.
 */

export class Ledger {
  private readonly untilOf = new Map<string, number>();

  /** @param seats how many there are */
  constructor(public seats: number) {}

  /** The server has confirmed that a device holds a seat. @param until its deactivation date, in milliseconds since 1970 UTC */
  confirm(fingerprint: string, until: number): void {
    this.untilOf.set(fingerprint, until);
  }

  /** It has lost the seat, or may have. */
  leave(fingerprint: string): void {
    this.untilOf.delete(fingerprint);
  }

  /** Who has a seat for sure. @param now in milliseconds since 1970 UTC */
  holders(now: number): string[] {
    return [...this.untilOf].filter(([, until]) => now < until).map(([fingerprint]) => fingerprint);
  }

  /** Whether more devices have a seat than there are seats. */
  isOverfull(now: number): boolean {
    return this.holders(now).length > this.seats;
  }
}
