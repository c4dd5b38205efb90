/**
 * Tells those who listen which histories have grown: after COMMIT, and never what was written there. On PostgreSQL the other replicas are
 * told by the same transaction. A notice may come twice or be lost, so whoever hears one reads what is new from the database, by
 * sequence.
 */
import { Injectable, Logger } from '@nestjs/common';
import { announcementBytesMax, announcementChannel } from '../persistence/announcements.js';
import type { Session } from '../persistence/session.js';
import type { RecordedStep } from './result.js';

/** The history of a license has come as far as this sequence. */
export interface ChangeNotice {
  readonly licenseId: string;
  readonly sequence: number;
}

/** Who listens. */
export interface ChangeListener {
  /** Histories have grown. */
  heard(notices: readonly ChangeNotice[]): void;
  /** Notices may have been missed: whatever is of interest has to be looked at. */
  missed(): void;
}

type Place = Pick<RecordedStep, 'licenseId' | 'sequence'>;

@Injectable()
export class Changes {
  private readonly logger = new Logger('Changes');
  private readonly listeners = new Set<ChangeListener>();

  /** Tells the listener after each COMMIT that appended rows. Gives what ends that. */
  listen(listener: ChangeListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /**
   * To be called within the transaction that appends the steps.
   *
   * @returns what to call after COMMIT, and not after ROLLBACK; it never throws
   */
  async announce(session: Session, steps: readonly Place[]): Promise<() => void> {
    const notices = noticesOf(steps);
    if (session.dialect === 'postgres') {
      for (const text of announcementsOf(notices)) {
        await session.all(`SELECT pg_notify('${announcementChannel}', ?)`, [text]);
      }
    }
    return () => this.tell(notices);
  }

  /** Tells the listeners of this process. */
  tell(notices: readonly ChangeNotice[]): void {
    if (notices.length > 0) this.each((listener) => listener.heard(notices));
  }

  /** Tells the listeners of this process that notices may have been missed. */
  tellOfGap(): void {
    this.each((listener) => listener.missed());
  }

  private each(tell: (listener: ChangeListener) => void): void {
    for (const listener of this.listeners) {
      try {
        tell(listener);
      } catch (error) {
        this.logger.error(error);
      }
    }
  }
}

/** One notice per license: how far its history goes with these steps. */
export function noticesOf(steps: readonly Place[]): ChangeNotice[] {
  const latest = new Map<string, number>();
  for (const { licenseId, sequence } of steps) {
    latest.set(licenseId, Math.max(sequence, latest.get(licenseId) ?? 0));
  }
  return [...latest].map(([licenseId, sequence]) => ({ licenseId, sequence }));
}

/** Notices as texts, each short enough to be announced. */
export function announcementsOf(notices: readonly ChangeNotice[]): string[] {
  const texts: string[] = [];
  let text = '';
  for (const { licenseId, sequence } of notices) {
    const notice = `${licenseId}:${sequence}`;
    if (text.length + notice.length + 1 > announcementBytesMax) {
      texts.push(text);
      text = '';
    }
    text += text === '' ? notice : ` ${notice}`;
  }
  return text === '' ? texts : [...texts, text];
}

/** The notices in an announced text; what is no notice is left out, since anybody who may connect can announce. */
export function noticesIn(text: string): ChangeNotice[] {
  return [...text.matchAll(/([0-9a-f-]{36}):(\d{1,15})/g)].map(([, licenseId = '', sequence]) => ({
    licenseId,
    sequence: Number(sequence),
  }));
}
