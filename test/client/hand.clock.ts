/** A machine's clock in the hand of a test: it stands still, and timers run when it is moved over them. */
import type { SeatClock } from '../../src/client/seat.clock.js';

interface Timer {
  readonly at: number;
  readonly work: () => void;
}

export class HandClock implements SeatClock {
  private time: number;
  /** What has passed, whatever the clock was set to meanwhile: timers go by it. */
  private passed = 0;
  private timers: Timer[] = [];
  /** The chance that is given each time. */
  chance = 0.5;

  /** @param time epoch milliseconds */
  constructor(time = 1_800_000_000_000) {
    this.time = time;
  }

  now = (): number => this.time;
  random = (): number => this.chance;

  schedule = (millis: number, work: () => void): (() => void) => {
    const timer = { at: this.passed + millis, work };
    this.timers.push(timer);
    return () => {
      this.timers = this.timers.filter((other) => other !== timer);
    };
  };

  /** How long until each timer runs, the next first. */
  get waits(): number[] {
    return this.timers.map(({ at }) => at - this.passed).sort((a, b) => a - b);
  }

  /** Lets time pass; timers run at their moments. */
  pass(millis: number): void {
    const end = this.passed + millis;
    for (;;) {
      const next = this.timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
      if (next === undefined) break;
      this.timers = this.timers.filter((other) => other !== next);
      const step = Math.max(next.at - this.passed, 0);
      this.passed += step;
      this.time += step;
      next.work();
    }
    this.time += end - this.passed;
    this.passed = end;
  }

  /** Sets the clock without time passing, as a person does. */
  set(time: number): void {
    this.time = time;
  }
}
