/**
 * The device as a model: what can be said to it, with every combination of facts that its guards tell apart. The current
 * epoch of the setting is always 2, so a device's own is current (2), other (1) or none.
 */
import { type DeviceContext, type DeviceEvent, deviceMachine, licenseStatuses } from '../../../machines/index.js';
import { machineModel } from './machine.model.js';

export const currentEpoch = 2;
const epochs = [currentEpoch, 1, null];
const hour = 3_600_000;
const at = 1_800_000_000_000;

/** Whether a device's epoch is the setting's. */
export function epochClass(epoch: number | null): 'current' | 'other' | 'none' {
  if (epoch === null) return 'none';
  return epoch === currentEpoch ? 'current' : 'other';
}

/** The facts of a connection under each status of the license. */
const licenses = licenseStatuses.map((licenseStatus) => ({
  licenseStatus,
  checkInPeriodMillis: hour,
  validUntil: null,
}));

export const deviceModelEvents: DeviceEvent[] = [
  ...licenses.flatMap((license) =>
    [1, null].flatMap((freeSeat) =>
      epochs.map((epoch) => ({ type: 'activate', at, freeSeat, epoch, ...license }) as const),
    ),
  ),
  ...licenses.map((license) => ({ type: 'checkIn', at, ...license }) as const),
  { type: 'logOut', at },
  { type: 'expire', at: at + hour - 1 },
  { type: 'expire', at: at + hour },
  ...(['enabled', 'enabling', 'disabled'] as const).map(
    (setting) => ({ type: 'remotelyDeactivate', at, setting, epoch: currentEpoch }) as const,
  ),
  { type: 'forceDeactivate', at, ticketId: 'ticket' },
];

/** What the guards read of a device, and nothing else: its state and whose epoch it has. */
export function deviceKey({ value, context }: { value: unknown; context: DeviceContext }): string {
  return value === 'active' ? `active, epoch ${epochClass(context.epoch)}` : String(value);
}

/** `events` are all of `deviceModelEvents` unless some cannot be arranged where the paths are walked. */
export function deviceModel(events: DeviceEvent[] = deviceModelEvents) {
  return machineModel(deviceMachine, { events, serializeState: deviceKey });
}
