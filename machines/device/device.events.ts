/** What can happen to a device, and the facts that each event hands to the guards. */
import type { LicenseStatus } from '../license/license.events.js';
import type { RemoteDeactivationState } from '../remote-deactivation/remote-deactivation.events.js';

/** What a connection needs to know of the license. Durations and instants in milliseconds. */
interface LicenseFacts {
  licenseStatus: LicenseStatus;
  checkInPeriodMillis: number;
  /** When the validity ends; null for a license without end. */
  validUntil: number | null;
}

export type DeviceEvent =
  | ({
      type: 'activate';
      at: number;
      /** The seat it would take: the lowest free one, or null where there is none. */
      freeSeat: number | null;
      /** The setting's epoch, or null while the setting is disabled. */
      epoch: number | null;
    } & LicenseFacts)
  | ({ type: 'checkIn'; at: number } & LicenseFacts)
  | { type: 'logOut'; at: number }
  | { type: 'expire'; at: number }
  | { type: 'remotelyDeactivate'; at: number; setting: RemoteDeactivationState; epoch: number }
  | { type: 'forceDeactivate'; at: number; ticketId: string };

export const deviceEvents = {
  activate: 'Client software asks for a seat on this device, with the license key.',
  checkIn: 'The periodic connection of an active device.',
  logOut: 'The device gives its seat back.',
  expire: 'Time passes: nothing was heard of the device until its deactivation date.',
  remotelyDeactivate: 'The owner frees the seat of a device that cannot be reached any more.',
  forceDeactivate: 'A support agent frees the seat, on a ticket, whatever the setting says.',
} as const satisfies Record<DeviceEvent['type'], string>;
