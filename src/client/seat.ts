/**
 * A seat as the software sees it: what may be done now, and the three things to ask for. It asks the server one thing at a time, takes each
 * step by the table of the session, and keeps what came of it before it says so. What it does by itself is in `seat.keeper.ts`.
 */
import { type SeatAnswer, answerOf, clockBehind, clockSilent, leaseEnded } from './answer.js';
import { type Said, askForSeat, askToCheckIn, askToLogOut } from './conversation.js';
import type { SeatError } from './errors.js';
import { Keeping } from './keeping.js';
import { type Device, type KeptSeat, type KeptSession, type Reason, sessionIn, textOf } from './kept.session.js';
import { verifyLease } from './lease.js';
import { leaseNotGood, ownError, storeFailed } from './own-errors.js';
import { SeatKeeper } from './seat.keeper.js';
import { type Plan, planOf, type SeatOptions } from './seat.options.js';
import { mayRunIn, type SessionEvent, signedOut, type Step, step } from './session.js';

/** How something that was asked for has ended: what holds now, and what went wrong where something did. */
export interface SeatOutcome {
  /** Whether it was done. The software may run all the same where `answer.mayRun` says so, as offline. */
  readonly accepted: boolean;
  readonly answer: SeatAnswer;
  /** Null where it was accepted. */
  readonly error: SeatError | null;
}

/** A clock that stands up to this far before a moment that was seen is no clock that was turned back. */
const leewayMillis = 60_000;

/** While nothing else is to be kept, the moment that was seen is kept this often. */
const keepSeenMillis = 5 * 60_000;

/** How often the store is looked into for the token of another process, before it is believed that there is none. */
const looksMax = 2;

export class Seat {
  private readonly listeners = new Set<(answer: SeatAnswer) => void>();
  private readonly keeper: SeatKeeper;
  private readonly keeping: Keeping;
  private session: KeptSession;
  private shown: Device | null = null;
  private lastTrouble: SeatError | null = null;
  private seenKept = 0;
  /** What another process had kept when this one began to log out. */
  private beside: KeptSeat | null = null;
  /** What is under way; what is asked for next begins after it. */
  private turn: Promise<unknown> = Promise.resolve();

  private constructor(private readonly plan: Plan) {
    this.session = this.blank();
    this.keeping = new Keeping(plan.store, plan.way, () =>
      this.session.state === signedOut && this.session.seat === null ? null : textOf(this.session),
    );
    this.keeper = new SeatKeeper(plan, {
      session: () => this.session,
      contact: () => this.inTurn(() => this.contact()),
      tick: () => this.tick(),
    });
    plan.way.signal.addEventListener('abort', () => this.close(), { once: true });
  }

  /** A seat with what was kept of it. Nothing was asked of the server yet. Throws a `TypeError` for options that make no sense. */
  static async open(options: SeatOptions): Promise<Seat> {
    const seat = new Seat(planOf(options));
    await seat.restore();
    if (options.automatic !== false) seat.keeper.begin();
    return seat;
  }

  /** What holds at this very moment, without asking anybody. */
  get answer(): SeatAnswer {
    this.tick();
    return answerOf(this.session);
  }

  get state(): KeptSession['state'] {
    return this.answer.state;
  }

  /** The signed lease, a JWT; null where there is none. */
  get lease(): string | null {
    return this.session.seat?.lease ?? null;
  }

  /** The device as the server showed it last, in this run; null where it has not yet. */
  get device(): Device | null {
    return this.shown;
  }

  get fingerprint(): string {
    return this.plan.fingerprint;
  }

  /** Why the seat cannot be read or kept on this machine; null where it can. It goes on in memory meanwhile. */
  get storeError(): SeatError | null {
    return this.keeping.trouble;
  }

  /** What went wrong when the server was last asked; null where it has answered. */
  get lastError(): SeatError | null {
    return this.lastTrouble;
  }

  /** When the server was last heard, in milliseconds since 1970 UTC by its clock; null where it was not. */
  get heardAt(): number | null {
    return this.session.heardAt === 0 ? null : this.session.heardAt;
  }

  /** Calls `listener` after each change of what holds, until the returned function is called. */
  subscribe(listener: (answer: SeatAnswer) => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  /**
   * Asks for a seat, or connects where one is held. Safe to call at each start: a device that its owner or support has deactivated is refused with
   * `personMustAsk` unless a person asks now (R8).
   */
  activate(how?: { readonly askedByPerson?: boolean } | null): Promise<SeatOutcome> {
    // A person is nothing to be concluded from what happens to be there.
    const askedByPerson = how?.askedByPerson === true;
    return this.ask(async () => {
      if (this.isHolding()) return this.contact();
      const { state, seat } = this.session;
      // Whether it may ask by itself depends on how the seat was lost, which the server may know better.
      if (seat !== null && !askedByPerson && state !== 'loggingOut') {
        const error = await this.contact();
        if (this.isHolding() || (error !== null && !error.isAnswer)) return error;
      }
      if (!/^[\x21-\x7e]+$/.test(this.plan.licenseKey)) return ownError('licenseKeyMalformed');
      if (!(await this.take({ type: 'activate', byPerson: askedByPerson }))) return ownError('personMustAsk');
      const { way, licenseKey, described } = this.plan;
      return this.hear(await askForSeat(way, licenseKey, described));
    });
  }

  /** Connects: the deactivation date moves, and the lease is renewed. The seat does so by itself unless `automatic` is false. */
  checkIn(): Promise<SeatOutcome> {
    return this.ask(() => this.contact());
  }

  /**
   * Gives the seat back. The software may not run from now on; where the server does not answer, it is told again later and at the next start.
   */
  logOut(): Promise<SeatOutcome> {
    return this.ask(async () => {
      // What another process has kept is gone once this one has kept that it logs out.
      if (this.session.seat !== null) this.beside = (await this.readStore())?.seat ?? null;
      await this.take({ type: 'logOut' });
      return this.session.state === 'loggingOut' ? this.contact() : null;
    });
  }

  /** Resolves once nothing is under way that was asked for before, by whomever: the seat itself, too. */
  async settled(): Promise<void> {
    await this.turn;
  }

  /** Resolves when all that has happened is kept in the store, or cannot be: before a program ends itself, or opens the seat anew. */
  whenKept(): Promise<void> {
    return this.keeping.whenKept();
  }

  /** Ends timers, the stream and whatever is under way. The seat stays occupied: what was kept goes on at the next start. */
  close(): void {
    this.plan.close();
    this.rest();
    this.keeper.end();
    this.listeners.clear();
  }

  private get isClosed(): boolean {
    return this.plan.way.signal.aborted;
  }

  /** Nobody waits for the answer to an activation any more. What is kept is what was before it. */
  private rest(): void {
    const { state } = this.session;
    if (state !== 'activating') return;
    const reason = reasonOf(ownError('closed'));
    this.session = { ...this.session, state: step(state, { type: 'missAnswer' }).state, reason };
  }

  /** Says to the server what is due in this state, and takes what it answers. Gives what went wrong. */
  private async contact(): Promise<SeatError | null> {
    const { seat, state } = this.session;
    const { way, fingerprint, described } = this.plan;
    if (seat === null) return ownError('notActivated');
    if (state === 'loggingOut') {
      const said = await askToLogOut(way, seat);
      const { beside } = this;
      this.beside = null;
      if (said.meaning === 'released' && said.error !== null && beside !== null && beside.token !== seat.token) {
        this.session = { ...this.session, seat: beside };
        return this.contact();
      }
      return this.hear(said);
    }
    for (let looks = 1; ; looks += 1) {
      const said = await askToCheckIn(way, seat, fingerprint, described.appVersion);
      if (said.meaning !== 'ended' || said.error.code !== 'unauthenticated') return this.hear(said);
      // Another process with the same store may have activated meanwhile: its token is ours, too.
      if (await this.adopt(seat.token)) return this.contact();
      // It may not have kept the token yet that it has used: until the server has answered once more, it has.
      if (looks === looksMax) return this.hear(said);
    }
  }

  /** Takes a step for what the server has said. */
  private async hear(said: Said): Promise<SeatError | null> {
    if (this.isClosed) {
      this.rest();
      return ownError('closed');
    }
    const error = await this.understand(said);
    this.lastTrouble = error;
    this.keeper.heard(error);
    return error;
  }

  private async understand(said: Said): Promise<SeatError | null> {
    switch (said.meaning) {
      case 'confirmed': {
        const { leaseIssuedAt } = said.seat;
        if (this.isOutdated(leaseIssuedAt) && this.session.state !== 'activating') {
          await this.take({ type: 'missAnswer' });
          return leaseNotGood('outdated');
        }
        this.shown = said.device;
        const now = this.plan.way.clock.now();
        const offsetMillis = Number.isNaN(now) ? this.session.offsetMillis : leaseIssuedAt - now;
        const { seat } = said;
        const heard = { seat, offsetMillis, seenAt: leaseIssuedAt, heardAt: leaseIssuedAt, reason: null };
        if (!Number.isNaN(now)) await this.take({ type: 'confirm' }, heard);
        // The seat is held, and nobody knows until when: that it could run is not said even for a moment.
        else if (this.move({ type: 'confirm' }, heard) !== 'refused') this.tick();
        await this.whenKept();
        return null;
      }
      case 'released':
        await this.take({ type: 'release' }, { seat: null, reason: said.error === null ? null : reasonOf(said.error) });
        return said.error;
      case 'missed':
        await this.take(
          { type: 'missAnswer' },
          this.session.state === 'activating' ? { reason: reasonOf(said.error) } : {},
        );
        return said.error;
      default:
        await this.take({ type: eventsOf[said.meaning] }, { reason: reasonOf(said.error) });
        return said.error;
    }
  }

  /**
   * Whether an answer is an old one that is played again: given before the server was heard last, or before a moment that was seen. Where a clock that
   * was behind is set right, all that was reckoned from it lies in the future; then the clock itself says that the answer is of now.
   */
  private isOutdated(leaseIssuedAt: number): boolean {
    const { seat, heardAt, seenAt } = this.session;
    if (seat === null) return false;
    const isOfNow = leaseIssuedAt >= this.plan.way.clock.now() - leewayMillis;
    return leaseIssuedAt < heardAt - leewayMillis || (leaseIssuedAt < seenAt - leewayMillis && !isOfNow);
  }

  /** What time alone does: the lease ends, or the clock cannot be trusted. */
  private tick(): void {
    const { state, seat, offsetMillis, seenAt, reason } = this.session;
    if (seat === null || state === 'loggingOut') return;
    // By now the store may be another's who goes on with the seat.
    const isKept = !this.isClosed;
    const now = this.plan.way.clock.now() + offsetMillis;
    const doubt = Number.isNaN(now) ? clockSilent : now < seenAt - leewayMillis ? clockBehind : null;
    if (doubt !== null) {
      // What is known already is not told again.
      const isKnown = state === 'clockBehind' && reason?.detail === doubt.detail;
      if (!isKnown) void this.take({ type: 'distrustClock' }, { reason: doubt }, isKept);
      return;
    }
    void this.take({ type: 'trustClock' }, state === 'clockBehind' ? { reason: null } : {}, isKept);
    if (now >= seat.leaseExpiresAt) void this.take({ type: 'expire' }, { reason: leaseEnded }, isKept);
    else if (now > seenAt) this.session = { ...this.session, seenAt: now };
    if (isKept && mayRunIn(this.session.state) && now - this.seenKept > keepSeenMillis) void this.keep();
  }

  /**
   * Takes a step of the session at once, and keeps what has changed.
   *
   * @param changes what the event brings; taken only where the event is allowed
   * @returns whether it was allowed, once it is kept
   */
  private async take(event: SessionEvent, changes: Partial<KeptSession> = {}, isKept = true): Promise<boolean> {
    const outcome = this.move(event, changes);
    if (outcome === 'refused') return false;
    // A repeat teaches nothing new, but for a connection and for why the seat is gone.
    if (outcome === 'stayed' && Object.keys(changes).length === 0) return true;
    // An answer that is waited for is nothing to keep: after a restart it is asked for again.
    if (isKept && this.session.state !== 'activating') await this.keep();
    if (outcome === 'moved' || changes.reason !== undefined || changes.seat !== undefined) this.tell();
    this.keeper.moved();
    return true;
  }

  private move(event: SessionEvent, changes: Partial<KeptSession>): Step['outcome'] {
    const { outcome, state } = step(this.session.state, event);
    if (outcome !== 'refused') this.session = { ...this.session, ...changes, state };
    return outcome;
  }

  private async keep(): Promise<void> {
    this.seenKept = this.session.seenAt;
    await this.keeping.keep();
  }

  private tell(): void {
    const answer = answerOf(this.session);
    for (const listener of this.listeners) {
      try {
        listener(answer);
      } catch (error) {
        // It is a fault of the application, which is to be heard of and nothing more.
        console.error(error);
      }
    }
  }

  /** Goes on with what was kept by the run before, as far as it is of this device and this server. */
  private async restore(): Promise<void> {
    const kept = await this.readStore();
    const { trouble } = this.keeping;
    if (trouble !== null) this.session = { ...this.session, reason: reasonOf(trouble) };
    if (kept === null) return;
    this.keeping.isOurs = true;
    this.session = kept;
    await this.take({ type: 'restore' });
    const { seat } = this.session;
    if (seat === null) return;
    const { deviceId, licenseId, issuer, keys } = seat;
    const { fingerprint } = this.plan;
    const lease = await verifyLease(seat.lease, keys, { fingerprint, deviceId, licenseId, issuer });
    if (typeof lease === 'string') {
      // The lease may not be run with. The token may be good: the server says so.
      const fault = lease === 'unknownKey' ? 'forged' : lease;
      await this.take({ type: 'expire' }, { reason: reasonOf(leaseNotGood(fault)) });
      return;
    }
    this.session = {
      ...this.session,
      seat: { ...seat, leaseIssuedAt: lease.issuedAt, leaseExpiresAt: lease.expiresAt },
      // Whatever is written beside it: the server's clock has stood there.
      seenAt: Math.max(this.session.seenAt, lease.issuedAt),
    };
    this.tick();
  }

  /** What is kept, if it is of this device and this server. */
  private async readStore(): Promise<KeptSession | null> {
    const text = await this.keeping.read();
    if (text === null) return null;
    const kept = sessionIn(text);
    if (kept === null) this.keeping.trouble = storeFailed('read', 'it is not what was written');
    if (kept === null || kept.serverUrl !== this.plan.way.serverUrl.href) return null;
    if (kept.fingerprint === this.plan.fingerprint) return kept;
    // It stays where it is, for the device that it belongs to, until this one has a seat of its own.
    this.session = { ...this.session, reason: reasonOf(leaseNotGood('otherFingerprint')) };
    return null;
  }

  /** Takes over what another process has kept since, where it has another token. */
  private async adopt(token: string): Promise<boolean> {
    const kept = await this.readStore();
    if (kept === null || kept.seat === null || kept.seat.token === token) return false;
    this.session = { ...this.session, seat: kept.seat };
    return true;
  }

  private isHolding(): boolean {
    return (
      step(this.session.state, { type: 'activate', byPerson: true }).outcome === 'stayed' && this.session.seat !== null
    );
  }

  private ask(work: () => Promise<SeatError | null>): Promise<SeatOutcome> {
    return this.inTurn(async () => {
      if (!this.isClosed) this.tick();
      const error = this.isClosed ? ownError('closed') : await work();
      return { accepted: error === null, answer: this.answer, error };
    });
  }

  private inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = this.turn.then(work);
    this.turn = result.catch(() => undefined);
    return result;
  }

  private blank(): KeptSession {
    const { way, fingerprint } = this.plan;
    return {
      serverUrl: way.serverUrl.href,
      fingerprint,
      state: signedOut,
      reason: null,
      seat: null,
      offsetMillis: 0,
      seenAt: 0,
      heardAt: 0,
    };
  }
}

const eventsOf = { refused: 'refuse', held: 'hold', ended: 'end', deactivated: 'deactivate' } as const;

function reasonOf(error: SeatError): Reason {
  const { code, detail, remedy } = error;
  if (code !== 'deviceNotActive') return { code, detail, remedy, endedBy: null };
  const how = error.state === 'active' || error.state === 'inactive' ? code : error.state;
  return { code: how, detail, remedy, endedBy: error.endedBy };
}
