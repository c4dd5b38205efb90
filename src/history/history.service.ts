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
import { hasUnwritten, listTransitionsOfDevice, listTransitionsOfLicense } from './transition.queries.js';
import type { Transition } from './transition.schemas.js';

const cursor = new Cursor(z.int().min(1));

type Find = (session: Session, subjectId: string, before: number, countMax: number) => Promise<RecordedStep[]>;

@Injectable()
export class HistoryService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Coordinator) private readonly coordinator: Coordinator,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** A page of everything that happened to a license, newest first. Throws `notFound`. */
  async ofLicense(
    asker: TokenPrincipal,
    licenseId: string,
    limit: number,
    after: string | undefined,
  ): Promise<Page<Transition>> {
    const before = cursor.read(after);
    const isUnwritten = await this.database.read(async (session) => {
      await requireSeenLicense(session, asker, licenseId);
      return this.isUnwritten(session, licenseId);
    });
    if (isUnwritten) await this.write(licenseId);
    return this.page(listTransitionsOfLicense, licenseId, before, limit);
  }

  /** A page of what happened to a device, newest first. Throws `notFound`. */
  async ofDevice(
    asker: TokenPrincipal,
    deviceId: string,
    limit: number,
    after: string | undefined,
  ): Promise<Page<Transition>> {
    const before = cursor.read(after);
    const unwritten = await this.database.read(async (session) => {
      const licenseId = await licenseOfSeenDevice(session, asker, deviceId);
      return (await this.isUnwritten(session, licenseId)) ? licenseId : null;
    });
    if (unwritten !== null) await this.write(unwritten);
    return this.page(listTransitionsOfDevice, deviceId, before, limit);
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

  private async page(
    find: Find,
    subjectId: string,
    before: number | undefined,
    limit: number,
  ): Promise<Page<Transition>> {
    const rows = await this.database.read((session) =>
      find(session, subjectId, before ?? Number.MAX_SAFE_INTEGER, limit + 1),
    );
    const { items, nextCursor } = cursor.page(rows, limit, (step) => step.sequence);
    return { items: items.map(presentTransition), nextCursor };
  }
}
