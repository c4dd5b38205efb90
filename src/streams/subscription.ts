/** One stream with what it is about, whose it is, and how far it has come. It writes to its answer, and reads nothing. */
import type { HeldCredential } from '../auth/held.credential.js';
import type { EventStream } from './event.stream.js';
import type { Audience, ShownBlock } from './shown.block.js';
import type { Scope } from './stream.queries.js';

/** Kinds of representations. */
export type ShownName = 'device' | 'license' | 'remoteDeactivation';

export class Subscription {
  /** The history up to here was sent, or was before its time. */
  sequence = 0;
  /** Whether it has caught up, so that it shares the reads of its license. */
  isLive = false;
  private readonly marks: Partial<Record<ShownName, string>> = {};

  /** @param checkAt when its credential is checked next, in system time (epoch milliseconds) */
  constructor(
    readonly scope: Scope,
    readonly audience: Audience,
    readonly credential: HeldCredential,
    readonly stream: EventStream,
    public checkAt: number,
  ) {}

  /** Writes, unless there is nothing to write. */
  write(text: string): void {
    if (text !== '') this.stream.write(text);
  }

  /** The text of a representation where it differs from the one sent before, which it then is; else nothing. */
  news(name: ShownName, shown: ShownBlock | null | undefined): string {
    if (shown === null || shown === undefined || this.marks[name] === shown.mark) return '';
    this.marks[name] = shown.mark;
    return shown.text;
  }
}
