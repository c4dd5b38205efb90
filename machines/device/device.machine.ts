/**
 * The life of a device: registered, active on a seat, and the three ways in which it leaves the seat (R3). It never
 * looks at a clock: `expire` arrives as an event, and every event says when it happens.
 */
import { and, assign, setup } from 'xstate';
import type { StateMeta } from '../decision.js';
import type { DeviceEvent } from './device.events.js';

/** What a device remembers. Instants in milliseconds since 1970 UTC. */
export interface DeviceContext {
  /** The seat it occupies; null unless active. */
  seat: number | null;
  /** The setting's epoch when it took the seat, null where the setting was disabled, and unless active. */
  epoch: number | null;
  activatedAt: number | null;
  lastSeenAt: number | null;
  /** Last connection + check-in period; null unless active. */
  deactivationDate: number | null;
  /** The end of the last lease given, a whole second. */
  leaseExpiresAt: number | null;
}

/** A device that nobody has activated. */
export const newDevice: DeviceContext = {
  seat: null,
  epoch: null,
  activatedAt: null,
  lastSeenAt: null,
  deactivationDate: null,
  leaseExpiresAt: null,
};

/** R4: at `now >= deactivationDate` a device is overdue. */
export function isOverdue(deactivationDate: number | null, now: number): boolean {
  return deactivationDate !== null && now >= deactivationDate;
}

/** A lease ends at the deactivation date or with the validity, whichever is earlier, rounded down to the second. */
function leaseEnd(deactivationDate: number, validUntil: number | null): number {
  return Math.floor(Math.min(deactivationDate, validUntil ?? deactivationDate) / 1000) * 1000;
}

const license = ['licenseIsNotSuspended', 'licenseIsNotExpired', 'licenseIsNotRevoked'] as const;

/** From every state that holds no seat (R2). */
const takeLowestSeat = {
  description: 'The device takes the lowest free seat.',
  guard: and([...license, 'seatIsFree']),
  target: 'active',
  actions: ['takeSeat', 'connect'],
} as const;

type LicenseEvent = Extract<DeviceEvent, { licenseStatus: string }>;

export const deviceMachine = setup({
  types: {
    context: {} as DeviceContext,
    events: {} as DeviceEvent,
    meta: {} as StateMeta,
    input: {} as DeviceContext | undefined,
  },
  guards: {
    licenseIsNotSuspended: ({ event }) => (event as LicenseEvent).licenseStatus !== 'suspended',
    licenseIsNotExpired: ({ event }) => (event as LicenseEvent).licenseStatus !== 'expired',
    licenseIsNotRevoked: ({ event }) => (event as LicenseEvent).licenseStatus !== 'revoked',
    seatIsFree: ({ event }) => event.type === 'activate' && event.freeSeat !== null,
    isOverdue: ({ context, event }) => isOverdue(context.deactivationDate, event.at),
    remoteDeactivationIsNotDisabled: ({ event }) => event.type === 'remotelyDeactivate' && event.setting !== 'disabled',
    remoteDeactivationIsNotEnabling: ({ event }) => event.type === 'remotelyDeactivate' && event.setting !== 'enabling',
    activatedUnderCurrentEnabling: ({ context, event }) =>
      event.type === 'remotelyDeactivate' && context.epoch === event.epoch,
  },
  actions: {
    takeSeat: assign(({ event }) =>
      event.type === 'activate' ? { seat: event.freeSeat, epoch: event.epoch, activatedAt: event.at } : {},
    ),
    connect: assign(({ event }) => {
      const { at, checkInPeriodMillis, validUntil } = event as LicenseEvent;
      const deactivationDate = at + checkInPeriodMillis;
      return { lastSeenAt: at, deactivationDate, leaseExpiresAt: leaseEnd(deactivationDate, validUntil) };
    }),
    leaveSeat: assign({ seat: null, epoch: null, deactivationDate: null }),
    seen: assign(({ event }) => ({ lastSeenAt: event.at })),
  },
}).createMachine({
  id: 'device',
  description: 'One installation of licensed software, known by its fingerprint within a license.',
  context: ({ input }) => input ?? newDevice,
  initial: 'inactive',
  states: {
    inactive: {
      description: 'Registered, never activated. Holds no seat.',
      meta: { refusal: 'deviceNotActive' },
      on: {
        activate: takeLowestSeat,
      },
    },
    active: {
      description: 'Occupies a seat until it logs out, is deactivated, or is not heard of for a check-in period.',
      meta: { refusal: 'eventNotAllowed' },
      on: {
        activate: {
          description: 'It is active already: it keeps its seat and epoch, and its dates move.',
          guard: and([...license]),
          actions: ['connect'],
        },
        checkIn: {
          description: 'The deactivation date becomes now + the check-in period.',
          guard: and([...license]),
          actions: ['connect'],
        },
        logOut: {
          description: 'The seat is free at once.',
          target: 'loggedOut',
          actions: ['leaveSeat', 'seen'],
        },
        expire: {
          description: 'The seat is free from the deactivation date on.',
          guard: 'isOverdue',
          target: 'expired',
          actions: ['leaveSeat'],
        },
        remotelyDeactivate: {
          description: 'The seat is free at once; the device learns why at its next connection.',
          guard: and([
            'remoteDeactivationIsNotDisabled',
            'remoteDeactivationIsNotEnabling',
            'activatedUnderCurrentEnabling',
          ]),
          target: 'remotelyDeactivated',
          actions: ['leaveSeat'],
        },
        forceDeactivate: {
          description: 'The seat is free at once, whatever the setting says.',
          target: 'remotelyDeactivated',
          actions: ['leaveSeat'],
        },
      },
    },
    loggedOut: {
      description: 'Gave its seat back itself.',
      meta: { refusal: 'deviceNotActive' },
      on: {
        activate: takeLowestSeat,
        logOut: { description: 'It has logged out already.' },
      },
    },
    expired: {
      description: 'Was not heard of for a whole check-in period; its seat is free.',
      meta: { refusal: 'deviceNotActive' },
      on: {
        activate: takeLowestSeat,
      },
    },
    remotelyDeactivated: {
      description: 'Its owner or a support agent freed its seat; it has to log in again to run.',
      meta: { refusal: 'deviceNotActive' },
      on: {
        activate: takeLowestSeat,
        remotelyDeactivate: { description: 'It is deactivated already.' },
        forceDeactivate: { description: 'It is deactivated already.' },
      },
    },
  },
});

/** The states of a device. */
export const deviceStates = ['inactive', 'active', 'loggedOut', 'expired', 'remotelyDeactivated'] as const;
export type DeviceState = (typeof deviceStates)[number];
