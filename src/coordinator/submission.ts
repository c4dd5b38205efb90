/** A command on its way to the coordinator: what is wanted, of what, by whose leave. It is data and decides nothing. */
import type { Command } from '../../machines/index.js';
import type { IfMatch } from '../http/schema.js';

/** What the batch compares with the rows that it loads anyway. */
export type Proof =
  | { readonly kind: 'deviceToken'; readonly tokenHash: string }
  | { readonly kind: 'licenseKey'; readonly keyHash: string };

/** Where the license of the command is found: by its own id, by a device's or by a ticket's. */
export type Address =
  | { readonly by: 'license'; readonly id: string }
  | { readonly by: 'device'; readonly id: string }
  | { readonly by: 'ticket'; readonly id: string };

export interface Submission {
  readonly command: Command;
  readonly address: Address;
  /** The only organization whose licenses the asker sees; null where it sees all (R14). */
  readonly organizationId: string | null;
  readonly proof: Proof | null;
  /** Where a version is wanted: what `If-Match` said, null for nothing. */
  readonly ifMatch?: IfMatch | null;
  readonly requestId: string | null;
  /** Whether it can be left for later where somebody else is at work on the license. */
  readonly canWait?: boolean;
}

/** How many overdue devices that nobody has named one batch writes, of all its licenses; the rest waits, and nobody else for them. */
export const overduePerBatchMax = 100;

/** A check-in concerns its device alone. */
export function isLone({ command }: Submission): boolean {
  return command.type === 'checkIn';
}

/** The smallest number of seats that these want; undefined where none wants a change of it. */
export function smallestSeats(submissions: readonly Submission[]): number | undefined {
  let smallest: number | undefined;
  for (const { command } of submissions) {
    if (command.type === 'change' && command.seats !== undefined) {
      smallest = Math.min(smallest ?? command.seats, command.seats);
    }
  }
  return smallest;
}
