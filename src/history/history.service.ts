/** Reads the history of licenses and devices, settled first. It writes nothing itself. */
import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { TokenPrincipal } from '../auth/principal.js';
import type { RecordedStep } from '../coordinator/result.js';
import { Cursor, type Page } from '../http/cursor.js';
import { licenseOfSeenDevice, requireSeenLicense } from '../licenses/seen-license.queries.js';
import { Database } from '../persistence/database.js';
import type { Session } from '../persistence/session.js';
import type { DeviceHistoryQuery, LicenseHistoryQuery } from './history.query.js';
import { HistorySettler } from './history.settler.js';
import { presentTransition } from './transition.presenter.js';
import { isSubjectOf, listTransitionsOfLicense, listTransitionsOfSubject } from './transition.queries.js';
import type { Transition } from './transition.schemas.js';

const cursor = new Cursor(z.int().min(1));

type Find = (session: Session, before: number, countMax: number) => Promise<RecordedStep[]>;

@Injectable()
export class HistoryService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(HistorySettler) private readonly settler: HistorySettler,
  ) {}

  /** A page of what happened to a license, newest first. Throws `notFound`; a device or ticket of another license has no rows here. */
  async ofLicense(asker: TokenPrincipal, licenseId: string, query: LicenseHistoryQuery): Promise<Page<Transition>> {
    const before = cursor.read(query.cursor);
    const subjectId = query.deviceId ?? query.ticketId;
    await this.settler.settle((session) => requireSeenLicense(session, asker, licenseId));
    return this.page(before, query.limit, async (session, ...range) => {
      if (subjectId === undefined) return listTransitionsOfLicense(session, licenseId, query, ...range);
      if (!(await isSubjectOf(session, subjectId, licenseId))) return [];
      return listTransitionsOfSubject(session, subjectId, query, ...range);
    });
  }

  /** A page of what happened to a device, newest first. Throws `notFound`. */
  async ofDevice(asker: TokenPrincipal, deviceId: string, query: DeviceHistoryQuery): Promise<Page<Transition>> {
    const before = cursor.read(query.cursor);
    await this.settler.settle((session) => licenseOfSeenDevice(session, asker, deviceId));
    return this.page(before, query.limit, (session, ...range) =>
      listTransitionsOfSubject(session, deviceId, query, ...range),
    );
  }

  private async page(before: number | undefined, limit: number, find: Find): Promise<Page<Transition>> {
    const rows = await this.database.read((session) => find(session, before ?? Number.MAX_SAFE_INTEGER, limit + 1));
    const { items, nextCursor } = cursor.page(rows, limit, (step) => step.sequence);
    return { items: items.map(presentTransition), nextCursor };
  }
}
