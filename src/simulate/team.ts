/**
 * A license with all its installations, moment by moment. What could race for a seat happens one after another, so that the same seed gives the
 * same outcome; what cannot, at once.
 */
import { Chance } from '../demo/chance.js';
import type { Account } from './account.js';
import { type Act, type ActName, habitOf, type Kind } from './habit.js';
import { Installation } from './installation.js';
import { momentsPerDay, type World } from './world.js';

/** Of ten installations. */
const mixture: readonly Kind[] = [
  'laptop',
  'desktop',
  'runner',
  'laptop',
  'traveller',
  'laptop',
  'guest',
  'desktop',
  'runner',
  'laptop',
];

/** After so many moments a session connects again. */
const restMoments = { well: momentsPerDay, onHold: 6, unheard: 3 };

/** An installation and what it does on this day. */
interface Member {
  readonly installation: Installation;
  readonly daysOf: (day: number) => readonly Act[];
  today: readonly Act[];
  /** At which moment, counted from the beginning, it connected last. */
  connectedAt: number;
}

export class Team {
  private readonly members: Member[];
  private refusals = 0;

  /** @param size how many installations it has */
  constructor(
    private readonly world: World,
    readonly account: Account,
    size: number,
  ) {
    this.members = Array.from({ length: size }, (_, index) => {
      const kind = mixture[index % mixture.length] ?? 'laptop';
      const name = `${account.name}-${kind}-${index + 1}`;
      const chance = new Chance(`${world.seed}/${name}`);
      const habit = habitOf(kind);
      return {
        installation: new Installation(world, account, name, kind),
        daysOf: (day: number) => habit(day, chance),
        today: [],
        connectedAt: -restMoments.well,
      };
    });
  }

  get installations(): Installation[] {
    return this.members.map(({ installation }) => installation);
  }

  /** Has everybody look at the day to come. */
  begin(day: number): void {
    for (const member of this.members) member.today = member.daysOf(day);
  }

  /** Whether anything happens at a moment of the day. */
  isBusy(day: number, moment: number): boolean {
    return this.members.some(
      (member) => member.today.some((act) => act.moment === moment) || this.isDue(member, day * momentsPerDay + moment),
    );
  }

  /** Plays a moment of a day. */
  async play(day: number, moment: number): Promise<void> {
    const instant = day * momentsPerDay + moment;
    const opening = new Set<Member>();
    const quitting: Member[] = [];
    const closing: Member[] = [];
    for (const member of this.members) {
      for (const { act } of member.today.filter((one) => one.moment === moment)) {
        if (isEnd(act)) closing.push(member);
        else await member.installation.happen(act);
        if (act === 'quit') quitting.push(member);
        if (act === 'open' || act === 'wake') opening.add(member);
      }
    }
    await Promise.all(quitting.map(({ installation }) => installation.quit()));
    const due = this.members.filter((member) => opening.has(member) || this.isDue(member, instant));
    for (const member of due) member.connectedAt = instant;
    await Promise.all(
      due.filter(({ installation }) => installation.hasSeat).map(({ installation }) => installation.connect()),
    );
    // Seats are given in the order of asking.
    for (const { installation } of due) {
      if (installation.wantsSeat) await installation.ask();
      if (installation.seat?.answer.whyNot === 'noSeatAvailable') this.refusals += 1;
    }
    for (const { installation } of this.members) installation.look();
    for (const { installation, today } of closing) {
      const act = today.find((one) => one.moment === moment && isEnd(one.act))?.act;
      if (act !== undefined) await installation.happen(act);
    }
  }

  /** Counts the state in which each session is in the middle of a day. */
  countDay(): void {
    for (const { installation } of this.members) {
      const { seat, isAsleep } = installation;
      this.world.tally.count(`days.${seat === null || isAsleep ? 'closed' : seat.state}`);
    }
  }

  /** How often nobody got a seat since this was asked last. */
  takeRefusals(): number {
    const refusals = this.refusals;
    this.refusals = 0;
    return refusals;
  }

  private isDue({ installation, connectedAt }: Member, instant: number): boolean {
    const { seat, isAsleep } = installation;
    if (seat === null || isAsleep) return false;
    const passed = instant - connectedAt;
    const { state } = seat.answer;
    if (state === 'active' || installation.wantsSeat) return passed >= restMoments.well;
    if (state === 'onHold') return passed >= restMoments.onHold;
    return passed >= restMoments.unheard;
  }
}

/** What happens after all else of its moment. */
function isEnd(act: ActName): boolean {
  return act === 'close' || act === 'sleep' || act === 'kill';
}
