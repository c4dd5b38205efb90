/** Says which rules a single answer of the API breaks: what must hold within one snapshot, however much is going on. Pure. */
import { type Device, type License, type Seat } from '../support/representations.js';

/** R1, R6 in a license. */
export function brokenInLicense({ seats, activeDevices, remoteDeactivation }: License): string[] {
  const { state, blockingDeviceCount, blockingDevices, enabledAtLatest } = remoteDeactivation;
  return broken({
    'more active devices than seats (R1)': activeDevices > seats,
    'enabling without a blocking device, or blocked without enabling (R6)':
      (state === 'enabling') !== blockingDeviceCount > 0,
    'more blocking devices than active ones (R6)': blockingDeviceCount > activeDevices,
    'other blocking devices than it counts': blockingDevices.length !== Math.min(blockingDeviceCount, 20),
    'a latest date without waiting (R6)': (enabledAtLatest !== null) !== (state === 'enabling'),
  });
}

/** R1, R3 in the list of seats. */
export function brokenInSeats(seats: Seat[]): string[] {
  const occupants = seats.flatMap((seat) => (seat.device === null ? [] : [seat.device]));
  return broken({
    'seats are not numbered from 1': seats.some((seat, index) => seat.number !== index + 1),
    'one device on two seats (R3)': new Set(occupants.map((device) => device.id)).size !== occupants.length,
    'a device on a seat that is not its own (R3)': seats.some(
      (seat) => seat.device !== null && seat.device.seat !== seat.number,
    ),
    'a device on a seat that is not active (R3)': occupants.some((device) => device.state !== 'active'),
  });
}

/** R3, R7 in a list of devices of one license. */
export function brokenInDevices(devices: Device[]): string[] {
  const active = devices.filter((device) => device.state === 'active');
  const reasons = active.map((device) => device.remoteDeactivation.reason);
  const whole = ['remoteDeactivationDisabled', 'remoteDeactivationEnabling'];
  return broken({
    'active without a seat, or on one without being active (R3)': devices.some(
      (device) => (device.state === 'active') !== (device.seat !== null),
    ),
    'active without a deactivation date, or with one without being active (R4)': devices.some(
      (device) => (device.state === 'active') !== (device.deactivationDate !== null),
    ),
    'two devices on one seat (R3)': new Set(active.map((device) => device.seat)).size !== active.length,
    'the setting in two states at once (R7)': whole.some(
      (reason) => reasons.includes(reason) && reasons.some((one) => one !== reason),
    ),
    'a button on a device that is not active (R7)': devices.some(
      (device) => device.state !== 'active' && device.remoteDeactivation.allowed,
    ),
  });
}

function broken(rules: Record<string, boolean>): string[] {
  return Object.entries(rules).flatMap(([what, isBroken]) => (isBroken ? [what] : []));
}
