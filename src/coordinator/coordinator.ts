/** The one way through for every write (see ARCHITECTURE.md). */
import type { Session } from '../persistence/session.js';

/** What a piece of recording does: writes within the transaction it is given, and says what to answer. */
export type Recording<Result> = (session: Session, now: number) => Promise<Result>;

export class Coordinator {
  /**
   * Runs `work` in a transaction of its own, in its turn between the batches; resolves after COMMIT. For rows that no
   * machine decides about: organizations, tokens, remembered answers. `work` may run again after a failure.
   * Rejects with what `work` throws, or with the `overloaded` problem.
   */
  async record<Result>(work: Recording<Result>): Promise<Result> {
    throw new Error(`unfinished: ${String(work)}`);
  }
}
