/**
 * Writes down what time has done: overdue devices and ended validities become rows and history. Nobody waits for it, since
 * every reader and every decision settles for itself (R4); it only keeps the unwritten from growing.
 */
import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Clock } from '../clock/clock.js';
import { Configuration } from '../config/configuration.js';
import { Database } from '../persistence/database.js';
import { settlingOf } from './batch.js';
import { Coordinator } from './coordinator.js';
import { hasStaleLooks, loadDueLicenses, postponeLooks } from './statements.js';

const licensesPerRound = 50;
const looksPerRound = 2_000;

@Injectable()
export class Sweep implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('Sweep');
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;

  constructor(
    @Inject(Coordinator) private readonly coordinator: Coordinator,
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Configuration) private readonly configuration: Configuration,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.tick(), this.configuration.sweepIntervalMillis).unref();
  }

  async onModuleDestroy(): Promise<void> {
    clearInterval(this.timer);
    await this.running;
  }

  /**
   * Sweeps until nothing that is due by now is left.
   *
   * @param rivals whether to wait for licenses that somebody else is at work on, or to leave those to them
   * @throws with `overloaded` where the coordinator takes nothing
   */
  async sweep(rivals: 'wait' | 'leave' = 'wait'): Promise<void> {
    const now = await this.database.read((session) => this.clock.nowIn(session));
    for (;;) {
      const { due, present } = await this.database.read(async (session) => ({
        due: await loadDueLicenses(session, now, licensesPerRound),
        present: await this.clock.nowIn(session),
      }));
      // A clock that was set back meanwhile would never let them be written.
      if (due.length === 0 || present < now) break;
      const canWait = rivals === 'leave';
      const results = await Promise.all(due.map((id) => this.coordinator.submit(settlingOf(id, canWait))));
      if (results.every(({ kind }) => kind === 'busy')) break;
    }
    const hasStale = await this.database.read((session) => hasStaleLooks(session, now));
    if (!hasStale) return;
    while ((await this.coordinator.record((session) => postponeLooks(session, now, looksPerRound))) === looksPerRound);
  }

  /** One sweep at a time; a failure is told, and the next tick tries again. */
  private async tick(): Promise<void> {
    this.running ??= this.sweep('leave')
      .then(() => this.coordinator.flushRefusals())
      .catch((error: unknown) => this.logger.warn(`a sweep failed: ${String(error)}`))
      .finally(() => (this.running = undefined));
    await this.running;
  }
}
