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

/** How often a refusal is decided again that has ceased to be true. */
const attemptsMax = 3;

@Injectable()
export class RefusalDetails {
  constructor(@Inject(Database) private readonly database: Database) {}

  /**
   * The accepted decision. Throws the problem, with everything it carries, for every other result; in a dry run also with
   * what a dry run says besides. What a refusal carries is looked up later than it was decided: where it has ceased to be true
   * by then, since a seat was given back beside it, `decide` is asked once more, which is harmless (R12).
   */
  async accepted(decide: () => Promise<Result>, wish: Wish): Promise<Accepted> {
    for (let attempt = 1; ; attempt += 1) {
      const result = await decide();
      if (result.kind !== 'decided' || result.outcome.kind !== 'refused') return acceptedOf(result);
      const { extras, isPast } = await this.database.read((session) => factsOf(session, result));
      if (isPast && attempt < attemptsMax) continue;
      return acceptedOf(result, { ...extras, ...previewOf(result, wish) });
    }
  }
}

/** What a refusal carries, and whether that says by now that it would not be refused any more. */
interface Facts {
  readonly extras: ProblemExtras;
  readonly isPast?: boolean;
}

async function factsOf(session: Session, { outcome, rows, now }: Decided): Promise<Facts> {
  if (outcome.kind !== 'refused') return { extras: {} };
  const { license, setting } = rows;
  switch (outcome.reason) {
    case 'deviceNotActive': {
      const device = outcome.subjectId === null ? undefined : rows.devices.get(outcome.subjectId);
      return { extras: { state: outcome.state, endedBy: presentEnding(device?.endedBy ?? null) } };
    }
    case 'noSeatAvailable': {
      const nextSeatFreeAt = await earliestDeactivationDate(session, license.id, now);
      const activeDevices = await countActiveDevices(session, license.id, now);
      return {
        extras: {
          seats: license.seats,
          activeDevices,
          nextSeatFreeAt: nextSeatFreeAt === null ? null : formatInstant(nextSeatFreeAt),
        },
        isPast: activeDevices < license.seats,
      };
    }
    case 'seatsInUse': {
      const devices = await earliestActiveDevices(session, license.id, now, namedDevicesMax);
      const deviceCount = await countActiveDevices(session, license.id, now);
      return {
        extras: { devices: devices.map(nameDevice), deviceCount },
        isPast: deviceCount < countWhenDecided(rows),
      };
    }
    case 'remoteDeactivationEnabling': {
      const { blockingDevices, blockingDeviceCount, enabledAtLatest } = await readRemoteDeactivation(
        session,
        license.id,
        setting,
        now,
      );
      return {
        extras: { blockingDevices, blockingDeviceCount, enabledAtLatest },
        isPast: blockingDeviceCount === 0,
      };
    }
    default:
      return { extras: {} };
  }
}

/** How many devices were active when the refusal was decided; all of them counted, since the change of seats asks for that. */
function countWhenDecided({ devices, elsewhere }: Decided['rows']): number {
  let count = elsewhere.active;
  for (const device of devices.values()) if (device.state === 'active') count += 1;
  return count;
}
