/** The setting as a model: enabled with and without active devices, left by one of two blocking devices and by the last. */
import { type RemoteDeactivationEvent, remoteDeactivationMachine } from '../../../machines/index.js';
import { machineModel } from './machine.model.js';

const at = 1_800_000_000_000;

export const remoteDeactivationModelEvents: RemoteDeactivationEvent[] = [
  { type: 'enable', at, activeDevices: 0 },
  { type: 'enable', at, activeDevices: 2 },
  { type: 'blockingDeviceLeft', at, remaining: 1 },
  { type: 'blockingDeviceLeft', at, remaining: 0 },
  { type: 'disable', at },
  { type: 'forceEnable', at, ticketId: 'ticket' },
];

/** The guards read the event's facts only, so the state alone is the key. */
export function remoteDeactivationKey({ value }: { value: unknown }): string {
  return String(value);
}

/** An `enabling` has a blocking device, so nobody enables it while nothing is active. */
function canHappen({ value }: { value: unknown }, event: RemoteDeactivationEvent): boolean {
  return !(value === 'enabling' && event.type === 'enable' && event.activeDevices === 0);
}

export function remoteDeactivationModel() {
  return machineModel(remoteDeactivationMachine, {
    events: remoteDeactivationModelEvents,
    filterEvents: canHappen,
    serializeState: remoteDeactivationKey,
  });
}
