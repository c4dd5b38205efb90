/**
 * Lets what time does to a license that somebody listens to be written at its very date, and not only at the next sweep. It keeps the date
 * of each such license; what is due then, the coordinator decides as always.
 */
import { Inject, Injectable, Logger } from '@nestjs/common';
import { Clock } from '../clock/clock.js';
import { settlingOf } from '../coordinator/batch.js';
import { Coordinator } from '../coordinator/coordinator.js';
import { hasUnwritten } from '../history/transition.queries.js';
import { Database } from '../persistence/database.js';
import type { Session } from '../persistence/session.js';
import type { WatchedLicense } from './watched.license.js';

/** So many are looked at in one go; what is left waits for the next, or for the sweep. */
const perTurnMax = 50;

@Injectable()
export class DueWatch {
  private readonly logger = new Logger('DueWatch');
  private isBusy = false;

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Coordinator) private readonly coordinator: Coordinator,
  ) {}

  /** Settles what is due by now, and notes when each license is due again. Never rejects; a second call while one runs does nothing. */
  async settleDue(licenses: Iterable<WatchedLicense>): Promise<void> {
    if (this.isBusy) return;
    const now = this.clock.now();
    const due: WatchedLicense[] = [];
    for (const license of licenses) if (license.dueAt <= now && due.length < perTurnMax) due.push(license);
    if (due.length === 0) return;
    this.isBusy = true;
    try {
      const unwritten = await this.database.read(async (session) => {
        const found: string[] = [];
        for (const { id } of due) if (await hasUnwritten(session, id, now)) found.push(id);
        return found;
      });
      await Promise.all(unwritten.map((id) => this.coordinator.submit(settlingOf(id))));
      await this.database.read(async (session) => {
        const after = await this.clock.nowIn(session);
        for (const license of due) license.dueAt = await nextDate(session, license.id, after);
      });
    } catch (error) {
      // Tried again at the next tick; the sweep writes it in any case.
      this.logger.warn(`what is due could not be written: ${String(error)}`);
    } finally {
      this.isBusy = false;
    }
  }
}

/**
 * The earliest date after `now` (epoch milliseconds) at which time does something to a license; infinity where there is none. Devices that
 * connect move their date on, and those whose period has become shorter may be due earlier than the sweep's index says: then the sweep
 * writes it.
 */
export async function nextDate(session: Session, licenseId: string, now: number): Promise<number> {
  const [row] = await session.all<{ look: number | null; date: number | null; end: number | null }>(
    `SELECT (SELECT min(sweep_at) FROM device WHERE license_id = ? AND state = 'active' AND sweep_at > ?) AS look,
       (SELECT min(deactivation_date) FROM device
          WHERE license_id = ? AND state = 'active' AND sweep_at <= ? AND deactivation_date > ?) AS date,
       (SELECT valid_until FROM license WHERE id = ? AND status = 'active' AND valid_until > ?) AS "end"`,
    [licenseId, now, licenseId, now, now, licenseId, now],
  );
  const dates = [row?.look, row?.date, row?.end].filter((date) => date !== null && date !== undefined);
  return Math.min(Infinity, ...dates.map(Number));
}
