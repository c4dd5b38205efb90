/** What the rules say to a command. */
import type { GuardName, Reason } from '../reasons.js';
import type { Rows } from './rows.js';
import type { Step } from './step.js';

export type Outcome =
  /** Accepted: something is different now. `subjectId` is the device or ticket it was about, or the license. */
  | { readonly kind: 'changed'; readonly subjectId: string }
  /** Accepted: a connection moved dates and a counter. */
  | { readonly kind: 'connected'; readonly subjectId: string }
  /** Accepted: a repeat of what holds already (R12). */
  | { readonly kind: 'unchanged'; readonly subjectId: string }
  /** Not allowed now. `state` is the subject's, `guard` the false one, both null where there is none. */
  | {
      readonly kind: 'refused';
      readonly subjectId: string | null;
      readonly reason: Reason;
      readonly guard: GuardName | null;
      readonly event: string;
      readonly state: string | null;
    };

export interface SystemDecision {
  readonly outcome: Outcome;
  /** In the order of the history: what time had done already, what was asked for, and what follows from it. */
  readonly steps: readonly Step[];
  /** How many of the steps time had done already. */
  readonly stepsByTime: number;
  readonly rows: Rows;
}
