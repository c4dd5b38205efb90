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
import {
  isSubjectOf,
  listTransitionsOfLicense,
  listTransitionsOfSubject,
  type TransitionRange,
} from './transition.queries.js';
import type { Transition } from './transition.schemas.js';

const cursor = new Cursor(z.int().min(1));

type Find = (session: Session, range: TransitionRange, countMax: number) => Promise<RecordedStep[]>;

@Injectable()
export class HistoryService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(HistorySettler) private readonly settler: HistorySettler,
  ) {}

  /** A page of what happened to a license. Throws `notFound`; a device or ticket of another license has no rows here. */
  async ofLicense(asker: TokenPrincipal, licenseId: string, query: LicenseHistoryQuery): Promise<Page<Transition>> {
    const range = rangeOf(query);
    const subjectId = query.deviceId ?? query.ticketId;
    await this.settler.settle((session) => requireSeenLicense(session, asker, licenseId));
    return this.page(range, query.limit, async (session, ...part) => {
      if (subjectId === undefined) return listTransitionsOfLicense(session, licenseId, query, ...part);
      if (!(await isSubjectOf(session, subjectId, licenseId))) return [];
      return listTransitionsOfSubject(session, subjectId, query, ...part);
    });
  }

  /** A page of what happened to a device. Throws `notFound`. */
  async ofDevice(asker: TokenPrincipal, deviceId: string, query: DeviceHistoryQuery): Promise<Page<Transition>> {
    const range = rangeOf(query);
    await this.settler.settle((session) => licenseOfSeenDevice(session, asker, deviceId));
    return this.page(range, query.limit, (session, ...part) =>
      listTransitionsOfSubject(session, deviceId, query, ...part),
    );
  }

  private async page(range: TransitionRange, limit: number, find: Find): Promise<Page<Transition>> {
    const rows = await this.database.read((session) => find(session, range, limit + 1));
    const { items, nextCursor } = cursor.page(rows, limit, (step) => step.sequence);
    return { items: items.map(presentTransition), nextCursor };
  }
}

/** Where a page begins: after the row that its cursor names, else at the place that was asked for, else at the end that comes first. */
function rangeOf({ cursor: text, order, startAt }: DeviceHistoryQuery | LicenseHistoryQuery): TransitionRange {
  const last = cursor.read(text);
  return order === 'newestFirst'
    ? { order, below: last ?? (startAt === undefined ? Number.MAX_SAFE_INTEGER : startAt + 1) }
    : { order, above: last ?? (startAt === undefined ? 0 : startAt - 1) };
}
