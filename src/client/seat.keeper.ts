/**
 * What a seat does by itself: connects at a fraction of the period, tries again while nobody answers, notices that time has passed,
 * and listens to the device's stream where it can. It decides nothing: it says when it is time to ask.
 */
import { listen } from './device.stream.js';
import type { SeatError } from './errors.js';
import type { KeptSession } from './kept.session.js';
import { restMillis, retryMillis } from './rhythm.js';
import type { Plan } from './seat.options.js';

/** What it needs of the seat. */
export interface Kept {
  readonly session: () => KeptSession;
  /** Says to the server what is due. */
  readonly contact: () => Promise<unknown>;
  /** Notices what time alone has done. */
  readonly tick: () => void;
}

/** However far away the next connection is: after sleep, or by a clock that was set, it is looked at again within this time. */
const lookMillisMax = 60_000;

/** A lost stream is opened again after this long, twice as long each time up to the most. */
const reopenMillis = { first: 2_000, most: 10 * 60_000 };

/** States in which the server has something to be told, or to tell. */
const connecting: ReadonlySet<KeptSession['state']> = new Set([
  'active',
  'offline',
  'clockBehind',
  'onHold',
  'loggingOut',
]);

export class SeatKeeper {
  private isOn = false;
  private isAsking = false;
  private misses = 0;
  /** When the server is to be asked next, by this machine's clock; at once where it is past. */
  private dueAt = 0;
  private stopWaiting = (): void => undefined;
  private stream: { readonly token: string; readonly close: () => void } | null = null;
  private lostStreams = 0;
  private stopReopening = (): void => undefined;

  constructor(
    private readonly plan: Plan,
    private readonly seat: Kept,
  ) {}

  /** Begins: where there is a seat, with a connection at once. */
  begin(): void {
    if (this.plan.way.signal.aborted) return;
    this.isOn = true;
    (globalThis as Partial<EventTarget>).addEventListener?.('online', this.onOnline);
    this.moved();
  }

  end(): void {
    this.isOn = false;
    this.stopWaiting();
    this.stopReopening();
    this.hangUp();
    (globalThis as Partial<EventTarget>).removeEventListener?.('online', this.onOnline);
  }

  /** The server was asked, by whomever. @param error what went wrong, null where nothing did */
  heard(error: SeatError | null): void {
    const { now, random } = this.plan.way.clock;
    const period = periodOf(this.seat.session());
    // A license on hold is asked after as if nobody had answered: somebody mends it meanwhile.
    this.misses = error === null ? 0 : this.misses + 1;
    const asked = error !== null && 'retryAfterSeconds' in error ? error.retryAfterSeconds : null;
    const wait = error === null ? restMillis(period, random()) : retryMillis(this.misses, period, random(), asked);
    this.dueAt = now() + wait;
    this.moved();
  }

  /** The session has taken a step. */
  moved(): void {
    if (!this.isOn) return;
    this.wait();
    this.tune();
  }

  /** The network is there again, as a browser says. */
  private readonly onOnline = (): void => {
    this.dueAt = 0;
    this.moved();
  };

  private wait(): void {
    this.stopWaiting();
    const { now, schedule } = this.plan.way.clock;
    const { seat, offsetMillis } = this.seat.session();
    if (seat === null) return;
    const moments = [seat.leaseExpiresAt - offsetMillis, ...(this.isConnecting() ? [this.dueAt] : [])];
    const next = Math.min(...moments.map((moment) => moment - now()).filter((millis) => millis > 0), lookMillisMax);
    const isDue = this.isConnecting() && this.dueAt <= now() && !this.isAsking;
    this.stopWaiting = schedule(isDue ? 0 : next, () => this.look());
  }

  private look(): void {
    this.seat.tick();
    if (!this.isOn) return;
    // A clock that was set back by far would have it wait as long.
    const { now } = this.plan.way.clock;
    this.dueAt = Math.min(this.dueAt, now() + restMillis(periodOf(this.seat.session()), 1));
    if (!this.isConnecting() || this.isAsking || this.dueAt > now()) {
      this.moved();
      return;
    }
    this.isAsking = true;
    void this.seat.contact().finally(() => {
      this.isAsking = false;
      this.moved();
    });
  }

  private isConnecting(): boolean {
    const { state, seat, reason } = this.seat.session();
    if (seat === null) return false;
    // Where the lease has ended unheard, the server has not said yet what became of the seat.
    const isUnheard = state === 'ended' && (reason?.code === 'leaseEnded' || reason?.code === 'leaseNotGood');
    return connecting.has(state) || isUnheard;
  }

  /** Listens while the seat is active, with the token that counts. */
  private tune(): void {
    const { state, seat } = this.seat.session();
    const token = state === 'active' ? (seat?.token ?? null) : null;
    if (this.stream?.token === token) return;
    if (this.stream === null && token === null) return;
    this.hangUp();
    if (token !== null && seat !== null) this.open(seat.deviceId, token);
  }

  private open(deviceId: string, token: string): void {
    const close = listen(this.plan.way, deviceId, token, {
      onOpen: () => {
        this.lostStreams = 0;
      },
      onLeft: () => this.ask(),
      onEnd: () => {
        this.stream = { token, close: () => undefined };
        this.lostStreams += 1;
        const wait = Math.min(reopenMillis.first * 2 ** Math.min(this.lostStreams - 1, 20), reopenMillis.most);
        this.stopReopening = this.plan.way.clock.schedule(wait * (0.5 + 0.5 * this.plan.way.clock.random()), () => {
          this.stream = null;
          if (this.isOn) this.tune();
        });
      },
    });
    this.stream = { token, close };
  }

  /** The stream says that the server has something to tell. */
  private ask(): void {
    this.dueAt = 0;
    this.moved();
  }

  private hangUp(): void {
    this.stopReopening();
    this.stream?.close();
    this.stream = null;
  }
}

/** The check-in period as the lease shows it, in milliseconds. */
function periodOf({ seat }: KeptSession): number {
  return seat === null ? lookMillisMax : Math.max(seat.leaseExpiresAt - seat.leaseIssuedAt, 1_000);
}
