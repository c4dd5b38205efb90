/** What became of a submission, after COMMIT. */
import type { PendingLease } from '../leases/lease.signer.js';
import type { Outcome, Rows, Step } from '../../machines/index.js';

/** A step with its place in the history. */
export interface RecordedStep extends Step {
  readonly licenseId: string;
  readonly sequence: number;
  readonly recordedAt: number;
  readonly requestId: string | null;
  /** How many identical refusals it stands for; else 1. */
  readonly count: number;
}

/** The rules were asked; `rows` are settled and as they are after the decision. */
export interface Decided {
  readonly kind: 'decided';
  readonly outcome: Outcome;
  readonly rows: Rows;
  /** The organization that the license belongs to, and its product: what a representation needs beside the rows. */
  readonly organizationId: string;
  readonly product: string;
  /** The history rows of this command, without those that time had caused before. */
  readonly steps: readonly RecordedStep[];
  readonly now: number;
  /** The new device token of an accepted activation. */
  readonly token: string | null;
  /** The lease of an accepted connection. */
  readonly lease: PendingLease | null;
}

export type Result =
  | Decided
  /** No such thing, or not the asker's to see. */
  | { readonly kind: 'notFound' }
  /** It could wait, and somebody else is at work on its license. */
  | { readonly kind: 'busy' }
  /** The proof does not fit the rows (any more). */
  | { readonly kind: 'proofRejected' }
  | { readonly kind: 'versionRequired' }
  | { readonly kind: 'versionMismatch'; readonly version: number };
