/** The setting as it is shown: its state and, while enabling, who is waited for and until when at the latest (R6). */
import type { DeviceRow, SettingRow } from '../../machines/index.js';
import { formatInstant } from '../clock/instant.js';
import { findBlockingDevices } from '../licenses/license.queries.js';
import type { Session } from '../persistence/session.js';
import type { RemoteDeactivationRepresentation } from './remote-deactivation.schemas.js';

/** How many devices a list inside an answer holds at most. */
export const namedDevicesMax = 20;

/** The representation of a settled setting. */
export async function readRemoteDeactivation(
  session: Session,
  licenseId: string,
  setting: SettingRow,
  now: number,
): Promise<RemoteDeactivationRepresentation> {
  if (setting.state !== 'enabling') {
    return { state: setting.state, blockingDevices: [], blockingDeviceCount: 0, enabledAtLatest: null };
  }
  const blocking = await findBlockingDevices(session, licenseId, setting.epoch, now, namedDevicesMax);
  return {
    state: setting.state,
    blockingDevices: blocking.earliest.map(nameDevice),
    blockingDeviceCount: blocking.count,
    enabledAtLatest: blocking.latest === null ? null : formatInstant(blocking.latest),
  };
}

/** A device as lists inside an answer name it. */
export function nameDevice(device: DeviceRow): RemoteDeactivationRepresentation['blockingDevices'][number] {
  if (device.deactivationDate === null) throw new Error(`device ${device.id} is not active`);
  return { id: device.id, name: device.name, deactivationDate: formatInstant(device.deactivationDate) };
}
