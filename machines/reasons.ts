/**
 * Why the rules say no. A refusal's reason is a problem code; it comes from the first guard that is false, or else from
 * the state in which the event is not known. This table is the only place where guards become codes (R13).
 */

/** The reasons that machines and the rules between them give. */
export type Reason =
  | 'deviceNotActive'
  | 'licenseSuspended'
  | 'licenseExpired'
  | 'licenseRevoked'
  | 'noSeatAvailable'
  | 'remoteDeactivationDisabled'
  | 'remoteDeactivationEnabling'
  | 'devicePredatesRemoteDeactivation'
  | 'ticketNotApplicable'
  | 'supportAndUpgradeRequired'
  | 'seatsInUse'
  | 'eventNotAllowed';

/** What each guard asks, for people who look at the charts, and the reason it gives where it refuses. */
export const guards = {
  licenseIsNotSuspended: {
    description: 'The license is not suspended by the vendor.',
    reason: 'licenseSuspended',
  },
  licenseIsNotExpired: {
    description: 'The validity of the license has not ended.',
    reason: 'licenseExpired',
  },
  licenseIsNotRevoked: {
    description: 'The license is not revoked for good.',
    reason: 'licenseRevoked',
  },
  seatIsFree: {
    description: 'At least one seat of the license is free (R1).',
    reason: 'noSeatAvailable',
  },
  isOverdue: {
    description: 'The deactivation date has come: the device did not connect for a whole check-in period (R4).',
    reason: 'eventNotAllowed',
  },
  remoteDeactivationIsNotDisabled: {
    description: 'The remote deactivation setting of the license is not disabled (R7).',
    reason: 'remoteDeactivationDisabled',
  },
  remoteDeactivationIsNotEnabling: {
    description: 'The remote deactivation setting no longer waits for blocking devices (R6, R7).',
    reason: 'remoteDeactivationEnabling',
  },
  activatedUnderCurrentEnabling: {
    description: 'The device activated since the setting was last enabled, or while it was being enabled (R7).',
    reason: 'devicePredatesRemoteDeactivation',
  },
  noDeviceIsActive: {
    description: 'No device of the license is active, so there is nothing to wait for (R6).',
    reason: 'eventNotAllowed',
  },
  noBlockingDeviceRemains: {
    description: 'The device that left was the last blocking one (R6).',
    reason: 'eventNotAllowed',
  },
  validityHasEnded: {
    description: 'The validity of the license has ended.',
    reason: 'eventNotAllowed',
  },
  personAsks: {
    description: 'A person asks for the seat now; the software does not do so by itself (R8).',
    reason: 'eventNotAllowed',
  },
} as const satisfies Record<string, { description: string; reason: Reason }>;

/** The name of a guard of any machine. */
export type GuardName = keyof typeof guards;
