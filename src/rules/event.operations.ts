/**
 * Which operation of the interface puts which event to a machine: the one table by which the API documentation and the rules lead
 * to each other.
 */
import type {
  DeviceEvent,
  LicenseEvent,
  MachineId,
  RemoteDeactivationEvent,
  SupportTicketEvent,
} from '../../machines/index.js';

interface Events {
  device: DeviceEvent['type'];
  remoteDeactivation: RemoteDeactivationEvent['type'];
  license: LicenseEvent['type'];
  supportTicket: SupportTicketEvent['type'];
}

/** The operationId for each event of each machine; null for what time or another change brings, and nobody asks for. */
export const operationsOfEvents: { readonly [Id in MachineId]: Readonly<Record<Events[Id], string | null>> } = {
  device: {
    activate: 'activateDevice',
    checkIn: 'checkIn',
    logOut: 'logOut',
    expire: null,
    remotelyDeactivate: 'deactivateDevice',
    forceDeactivate: 'forceDeactivation',
  },
  remoteDeactivation: {
    enable: 'setRemoteDeactivation',
    blockingDeviceLeft: null,
    disable: 'setRemoteDeactivation',
    forceEnable: 'forceRemoteDeactivation',
  },
  license: {
    suspend: 'suspendLicense',
    reinstate: 'reinstateLicense',
    expire: null,
    renew: 'renewLicense',
    revoke: 'revokeLicense',
  },
  supportTicket: { resolve: 'moveTicket', reopen: 'moveTicket', close: 'moveTicket' },
};

/** The operation that puts an event to a machine; null where there is none. */
export function operationOf(machine: MachineId, event: string): string | null {
  const operations: Readonly<Record<string, string | null>> = operationsOfEvents[machine];
  return Object.hasOwn(operations, event) ? (operations[event] ?? null) : null;
}

/** The events of a machine that somebody can ask for, in its order. */
export function askedEventsOf(machine: MachineId): string[] {
  return Object.keys(operationsOfEvents[machine]).filter((event) => operationOf(machine, event) !== null);
}

/** An event of a machine. */
export interface MachineEvent {
  readonly machine: MachineId;
  readonly event: string;
}

/** The events that an operation puts to a machine, in the order of the machine. */
export function eventsOf(operationId: string): MachineEvent[] {
  return (Object.entries(operationsOfEvents) as [MachineId, Record<string, string | null>][]).flatMap(
    ([machine, operations]) =>
      Object.entries(operations)
        .filter(([, id]) => id === operationId)
        .map(([event]) => ({ machine, event })),
  );
}
