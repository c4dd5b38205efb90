/**
 * What time has done is part of the history (R4), so it is written before the history is shown where it is not yet. That is the
 * coordinator's to do; where it takes nothing now, the history is shown as far as it is written.
 */
import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../clock/clock.js';
import { settlingOf } from '../coordinator/batch.js';
import { Coordinator } from '../coordinator/coordinator.js';
import { Database } from '../persistence/database.js';
import type { Session } from '../persistence/session.js';
import { ProblemError } from '../problems/problem.js';
import { hasUnwritten } from './transition.queries.js';

@Injectable()
export class HistorySettler {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Coordinator) private readonly coordinator: Coordinator,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /**
   * Has written what is due on a license.
   *
   * @param find gives the license, or throws `notFound`
   */
  async settle(find: (session: Session) => Promise<string>): Promise<void> {
    const unwritten = await this.database.read(async (session) => {
      const licenseId = await find(session);
      const now = await this.clock.nowIn(session);
      return (await hasUnwritten(session, licenseId, now)) ? licenseId : null;
    });
    if (unwritten !== null) await this.write(unwritten);
  }

  private async write(licenseId: string): Promise<void> {
    try {
      await this.coordinator.submit(settlingOf(licenseId));
    } catch (error) {
      if (!(error instanceof ProblemError) || error.code !== 'overloaded') throw error;
    }
  }
}
