/**
 * Reads the history of licenses and devices. What time has done is part of it (R4), so it is written first where it is not yet;
 * that is the coordinator's to do, and where it takes nothing now, the history is shown as far as it is written.
 */
import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { TokenPrincipal } from '../auth/principal.js';
import { Clock } from '../clock/clock.js';
import { settlingOf } from '../coordinator/batch.js';
import { Coordinator } from '../coordinator/coordinator.js';
import type { RecordedStep } from '../coordinator/result.js';
import { Cursor, type Page } from '../http/cursor.js';
import { licenseOfSeenDevice, requireSeenLicense } from '../licenses/seen-license.queries.js';
import { Database } from '../persistence/database.js';
import type { Session } from '../persistence/session.js';
import { ProblemError } from '../problems/problem.js';
import { presentTransition } from './transition.presenter.js';
import type { DeviceHistoryQuery, LicenseHistoryQuery } from './history.query.js';
import { hasUnwritten, isDeviceOf, listTransitionsOfDevice, listTransitionsOfLicense } from './transition.queries.js';
import type { Transition } from './transition.schemas.js';

const cursor = new Cursor(z.int().min(1));

type Find = (session: Session, before: number, countMax: number) => Promise<RecordedStep[]>;

@Injectable()
export class HistoryService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Coordinator) private readonly coordinator: Coordinator,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** A page of what happened to a license, newest first. Throws `notFound`; a device of another license has no rows here. */
  async ofLicense(asker: TokenPrincipal, licenseId: string, query: LicenseHistoryQuery): Promise<Page<Transition>> {
    const before = cursor.read(query.cursor);
    const { deviceId } = query;
    const isUnwritten = await this.database.read(async (session) => {
      await requireSeenLicense(session, asker, licenseId);
      return this.isUnwritten(session, licenseId);
    });
    if (isUnwritten) await this.write(licenseId);
    return this.page(before, query.limit, async (session, ...range) => {
      if (deviceId === undefined) return listTransitionsOfLicense(session, licenseId, query, ...range);
      if (!(await isDeviceOf(session, deviceId, licenseId))) return [];
      return listTransitionsOfDevice(session, deviceId, query, ...range);
    });
  }

  /** A page of what happened to a device, newest first. Throws `notFound`. */
  async ofDevice(asker: TokenPrincipal, deviceId: string, query: DeviceHistoryQuery): Promise<Page<Transition>> {
    const before = cursor.read(query.cursor);
    const unwritten = await this.database.read(async (session) => {
      const licenseId = await licenseOfSeenDevice(session, asker, deviceId);
      return (await this.isUnwritten(session, licenseId)) ? licenseId : null;
    });
    if (unwritten !== null) await this.write(unwritten);
    return this.page(before, query.limit, (session, ...range) =>
      listTransitionsOfDevice(session, deviceId, query, ...range),
    );
  }

  private async isUnwritten(session: Session, licenseId: string): Promise<boolean> {
    return hasUnwritten(session, licenseId, await this.clock.nowIn(session));
  }

  private async write(licenseId: string): Promise<void> {
    try {
      await this.coordinator.submit(settlingOf(licenseId));
    } catch (error) {
      if (!(error instanceof ProblemError) || error.code !== 'overloaded') throw error;
    }
  }

  private async page(before: number | undefined, limit: number, find: Find): Promise<Page<Transition>> {
    const rows = await this.database.read((session) => find(session, before ?? Number.MAX_SAFE_INTEGER, limit + 1));
    const { items, nextCursor } = cursor.page(rows, limit, (step) => step.sequence);
    return { items: items.map(presentTransition), nextCursor };
  }
}
