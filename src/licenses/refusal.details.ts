/**
 * What a refusal carries beyond its reason: how many seats, who blocks, who is active. Looked up after the decision, on the
 * read connection; it explains and never decides.
 */
import { Inject, Injectable } from '@nestjs/common';
import { formatInstant } from '../clock/instant.js';
import { type Accepted, acceptedOf } from '../coordinator/refusal.problem.js';
import type { Decided, Result } from '../coordinator/result.js';
import { presentEnding } from '../devices/device.presenter.js';
import { earliestActiveDevices, earliestDeactivationDate } from '../devices/device.queries.js';
import { previewOf, type Wish } from '../history/preview.js';
import { Database } from '../persistence/database.js';
import type { Session } from '../persistence/session.js';
import type { ProblemExtras } from '../problems/problem.js';
import {
  namedDevicesMax,
  nameDevice,
  readRemoteDeactivation,
} from '../remote-deactivation/remote-deactivation.presenter.js';
import { countActiveDevices } from './license.queries.js';

@Injectable()
export class RefusalDetails {
  constructor(@Inject(Database) private readonly database: Database) {}

  /**
   * The accepted decision. Throws the problem, with everything it carries, for every other result; in a dry run also with
   * what a dry run says besides.
   */
  async accepted(result: Result, wish: Wish): Promise<Accepted> {
    if (result.kind !== 'decided' || result.outcome.kind !== 'refused') return acceptedOf(result);
    const extras = await this.database.read((session) => extrasOf(session, result));
    return acceptedOf(result, { ...extras, ...previewOf(result, wish) });
  }
}

async function extrasOf(session: Session, { outcome, rows, now }: Decided): Promise<ProblemExtras> {
  if (outcome.kind !== 'refused') return {};
  const { license, setting } = rows;
  switch (outcome.reason) {
    case 'deviceNotActive': {
      const device = outcome.subjectId === null ? undefined : rows.devices.get(outcome.subjectId);
      return { state: outcome.state, endedBy: presentEnding(device?.endedBy ?? null) };
    }
    case 'noSeatAvailable': {
      const nextSeatFreeAt = await earliestDeactivationDate(session, license.id, now);
      return {
        seats: license.seats,
        activeDevices: await countActiveDevices(session, license.id, now),
        nextSeatFreeAt: nextSeatFreeAt === null ? null : formatInstant(nextSeatFreeAt),
      };
    }
    case 'seatsInUse': {
      const devices = await earliestActiveDevices(session, license.id, now, namedDevicesMax);
      return { devices: devices.map(nameDevice), deviceCount: await countActiveDevices(session, license.id, now) };
    }
    case 'remoteDeactivationEnabling': {
      const { blockingDevices, blockingDeviceCount, enabledAtLatest } = await readRemoteDeactivation(
        session,
        license.id,
        setting,
        now,
      );
      return { blockingDevices, blockingDeviceCount, enabledAtLatest };
    }
    default:
      return {};
  }
}
