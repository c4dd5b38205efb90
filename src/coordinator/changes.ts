/**
 * Tells those who listen which histories have grown: after COMMIT, and never what was written there. A notice may come twice
 * or be lost, so whoever hears one reads what is new from the database, by sequence.
 */
import { Injectable, Logger } from '@nestjs/common';
import type { Session } from '../persistence/session.js';
import type { RecordedStep } from './result.js';

/** The history of a license has come as far as this sequence. */
export interface ChangeNotice {
  readonly licenseId: string;
  readonly sequence: number;
}

export type ChangeListener = (notices: readonly ChangeNotice[]) => void;

@Injectable()
export class Changes {
  private readonly logger = new Logger('Changes');
  private readonly listeners = new Set<ChangeListener>();

  /** Calls the listener after each COMMIT that appended rows. Gives what ends that. */
  listen(listener: ChangeListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /**
   * To be called within the transaction that appends the steps.
   *
   * @returns what to call after COMMIT, and not after ROLLBACK; it never throws
   */
  async announce(
    _session: Session,
    steps: readonly Pick<RecordedStep, 'licenseId' | 'sequence'>[],
  ): Promise<() => void> {
    const notices = noticesOf(steps);
    return () => this.tell(notices);
  }

  /** Tells the listeners of this process. */
  tell(notices: readonly ChangeNotice[]): void {
    if (notices.length === 0) return;
    for (const listener of this.listeners) {
      try {
        listener(notices);
      } catch (error) {
        this.logger.error(error);
      }
    }
  }
}

/** One notice per license: how far its history goes with these steps. */
export function noticesOf(steps: readonly Pick<RecordedStep, 'licenseId' | 'sequence'>[]): ChangeNotice[] {
  const latest = new Map<string, number>();
  for (const { licenseId, sequence } of steps) {
    latest.set(licenseId, Math.max(sequence, latest.get(licenseId) ?? 0));
  }
  return [...latest].map(([licenseId, sequence]) => ({ licenseId, sequence }));
}
