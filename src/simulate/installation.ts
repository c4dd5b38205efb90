/**
 * One installation of the licensed software, with the client kit in it: what it does when it starts, connects and ends. It knows the server by the
 * kit alone, writes down what it is answered, and looks at the rules that concern it.
 */
import {
  createSeat,
  memoryStore,
  readLease,
  type Seat,
  type SeatAnswer,
  type SeatOutcome,
  type SeatStore,
} from '../client/node.js';
import { Chance } from '../demo/chance.js';
import type { Account } from './account.js';
import type { ActName, Kind } from './habit.js';
import { Network } from './network.js';
import { dayMillis, type World } from './world.js';

/** Requests may wait for a loaded machine this long. */
const timeoutMillis = 60_000;

/** Refusals that belong to the life of a fleet; whatever else is answered is a fault. */
const reckonedWith: ReadonlySet<string> = new Set([
  'deviceNotActive',
  'noSeatAvailable',
  'licenseSuspended',
  'licenseExpired',
  'unauthenticated',
  'personMustAsk',
  'noAnswer',
]);

export class Installation {
  readonly network: Network;
  fingerprint: string;
  /** Null while it does not run. */
  seat: Seat | null = null;
  /** Whether its lid is closed: it runs on when that is opened. */
  isAsleep = false;
  /** Whether it is in hands that the owner does not know: these press every button, and have no other key. */
  isStolen = false;
  /** Whether an answer was lost of which the server may have made something. */
  isUnsure = false;
  private readonly chance: Chance;
  private store: SeatStore = memoryStore();
  private key: string;
  private behindMillis = 0;
  private generation = 1;
  /** The end of the lease as it stands in the lease itself. */
  private leaseRead: { readonly text: string | null; readonly ends: number } = { text: null, ends: 0 };
  /** Whether a person in front of it has read that it was deactivated, and asks for a seat the next time. */
  private isPersonAsking = false;
  private readonly clock;

  constructor(
    private readonly world: World,
    private readonly account: Account,
    readonly name: string,
    readonly kind: Kind,
  ) {
    this.chance = new Chance(`${world.seed}/${name}/network`);
    this.network = new Network(this.chance, world.tally);
    this.fingerprint = `simulated-${name}`;
    this.key = account.key;
    this.clock = world.clockOf(
      () => this.behindMillis,
      () => this.chance.between(0, 1),
    );
  }

  /** Whether its clock is wrong. */
  get isBehind(): boolean {
    return this.behindMillis > 0;
  }

  /** What it does without asking anybody. */
  async happen(act: ActName): Promise<void> {
    switch (act) {
      case 'wake':
        this.isAsleep = false;
        return this.seat === null ? this.open() : undefined;
      case 'sleep':
        this.isAsleep = true;
        return;
      case 'open':
        return this.open();
      case 'close':
        return this.close();
      case 'kill':
        return this.forget();
      case 'cut':
      case 'mend':
        this.network.isCut = act === 'cut';
        return;
      case 'turnBack':
        this.world.tally.count('lives.clocksTurnedBack');
        this.behindMillis = this.chance.whole(1, 9) * dayMillis;
        return;
      case 'setRight':
        this.behindMillis = 0;
        return;
      case 'reinstall':
      case 'replace':
        this.world.tally.count(act === 'reinstall' ? 'lives.reinstalled' : 'lives.machinesReplaced');
        this.account.leftBehind.add(this.fingerprint);
        if (act === 'replace') this.rename();
        return this.reinstall();
      case 'quit':
        return;
    }
  }

  /** Gives the seat back and ends. */
  async quit(): Promise<void> {
    if (this.seat === null) return;
    const hadSeat = this.seat.lease !== null;
    const outcome = await this.seat.logOut();
    this.account.ledger.leave(this.fingerprint);
    if (hadSeat) this.write('logOuts', outcome);
    if (outcome.accepted) this.close();
  }

  /** Whether it holds a seat as far as it knows, or has something to say of the one that it had. */
  get hasSeat(): boolean {
    return this.seat !== null && this.seat.lease !== null && !this.wantsSeat;
  }

  /** Whether it runs without a seat and without hope of one by itself. */
  get wantsSeat(): boolean {
    if (this.seat === null) return false;
    const { state, whyNot } = this.seat.answer;
    const isUnheard = state === 'ended' && (whyNot === 'leaseEnded' || whyNot === 'leaseNotGood');
    return state === 'signedOut' || state === 'deactivated' || (state === 'ended' && !isUnheard);
  }

  /** Connects with the seat that it holds. */
  async connect(): Promise<void> {
    if (this.seat === null) return;
    const isLeaving = this.seat.state === 'loggingOut';
    this.write(isLeaving ? 'logOuts' : 'checkIns', await this.seat.checkIn());
    if (isLeaving && this.seat.state === 'signedOut') this.close();
  }

  /** Asks for a seat; a key that was replaced is typed anew by whoever has the new one. */
  async ask(): Promise<void> {
    const outcome = await this.askOnce();
    if (outcome?.error?.code !== 'unauthenticated' || this.isStolen || this.key === this.account.key) return;
    this.world.tally.count('lives.keysTypedAnew');
    this.key = this.account.key;
    this.seat?.close();
    await this.open();
    await this.askOnce();
  }

  /** Looks whether it may run, and at the rule about leases. */
  look(): void {
    if (this.seat === null || this.isAsleep || this.isBehind) return;
    const { mayRun, until } = this.seat.answer;
    if (!mayRun) return;
    const { lease } = this.seat;
    if (lease !== this.leaseRead.text) {
      this.leaseRead = { text: lease, ends: readLease(lease ?? '')?.lease.expiresAt ?? 0 };
    }
    const { ends } = this.leaseRead;
    const holds = until?.getTime() === ends && this.world.now < ends;
    this.world.rules.look('leaseHolds', holds, () => `${this.name} runs after the end of its lease`);
  }

  /** Mends whatever was wrong with the machine, and starts the software: for the end, when everybody is asked. */
  async wake(): Promise<void> {
    this.network.isCut = false;
    this.network.isSteady = true;
    this.behindMillis = 0;
    this.isAsleep = false;
    if (this.seat === null) await this.open();
  }

  /** The machine is gone for good, with whatever seat it holds, and another takes its place. */
  vanish(): void {
    this.account.leftBehind.add(this.fingerprint);
    this.rename();
    this.close();
    this.store = memoryStore();
  }

  private async open(): Promise<void> {
    // One that has not heard yet that it was logged out goes on from there.
    this.close();
    this.seat = await createSeat({
      serverUrl: this.world.serverUrl,
      licenseKey: this.key,
      fingerprint: this.fingerprint,
      name: this.name,
      platform: this.kind,
      store: this.store,
      automatic: false,
      clock: this.clock,
      fetch: this.network.fetch,
      timeoutMillis,
    });
    let before = this.seat.answer.state;
    this.seat.subscribe(({ state }: SeatAnswer) => {
      if (state !== before) this.world.tally.count(`sessions.${state}`);
      before = state;
    });
  }

  private close(): void {
    this.isAsleep = false;
    this.seat?.close();
    this.seat = null;
  }

  /** Ends without a word; nothing is kept, and the seat stays occupied. */
  private forget(): void {
    if (this.seat !== null && this.seat.lease !== null) this.account.leftBehind.add(this.fingerprint);
    this.world.tally.count('lives.jobsKilled');
    this.close();
    this.store = memoryStore();
  }

  private async reinstall(): Promise<void> {
    const wasOpen = this.seat !== null;
    this.close();
    this.store = memoryStore();
    if (wasOpen) await this.open();
  }

  /** Another machine takes its place. */
  private rename(): void {
    this.generation += 1;
    this.fingerprint = `simulated-${this.name}-${this.generation}`;
  }

  private async askOnce(): Promise<SeatOutcome | null> {
    if (this.seat === null) return null;
    const wasDeactivated = this.seat.state === 'deactivated';
    const askedByPerson = this.isPersonAsking || this.isStolen;
    const usedKey = this.key;
    const outcome = await this.seat.activate({ askedByPerson });
    this.isUnsure = outcome.error?.code === 'noAnswer';
    const { rules, tally } = this.world;
    if (wasDeactivated) {
      const holds = askedByPerson || !outcome.accepted;
      rules.look('personAsks', holds, () => `${this.name} came back by itself after a deactivation`);
    }
    rules.look(
      'keyIsGone',
      !outcome.accepted || usedKey === this.account.key,
      () => `${this.name} got a seat with a key that was replaced`,
    );
    if (this.isStolen && outcome.error?.isAnswer === true) tally.count('lives.thievesRefused');
    if (outcome.accepted && askedByPerson) tally.count('activationsByPersons');
    this.isPersonAsking = outcome.error?.code === 'personMustAsk';
    this.write('activations', outcome);
    return outcome;
  }

  /** Counts how it ended, and keeps the account of who has a seat. */
  private write(what: 'activations' | 'checkIns' | 'logOuts', { accepted, error, answer }: SeatOutcome): void {
    const { tally, rules, now } = this.world;
    const { ledger } = this.account;
    if (error === null) tally.count(what);
    else tally.count(`${error.code === 'noAnswer' ? 'unanswered' : 'refused'}.${what}.${error.code}`);
    const code = error?.code ?? null;
    rules.look('nothingStrange', code === null || reckonedWith.has(code), () => `${this.name} was answered ${code}`);
    if (accepted && answer.state === 'active' && this.seat?.device) {
      ledger.confirm(this.fingerprint, Date.parse(this.seat.device.deactivationDate ?? ''));
      this.account.leftBehind.delete(this.fingerprint);
      rules.look('seatsHold', !ledger.isOverfull(now), () => {
        return `${ledger.holders(now).length} devices on ${ledger.seats} seats of ${this.account.name}`;
      });
    } else if (!answer.mayRun && answer.state !== 'onHold') {
      ledger.leave(this.fingerprint);
    }
  }
}
