/**
 * What is known of one license when something is decided about it: its own row, its setting, and those devices and
 * tickets that the decision is about. Plain data, never changed in place.
 */
import type { DeviceContext, DeviceState } from '../device/device.machine.js';
import type { LicenseStatus } from '../license/license.events.js';
import type { RemoteDeactivationState } from '../remote-deactivation/remote-deactivation.events.js';
import type { TicketStatus, TicketTopic } from '../support-ticket/support-ticket.events.js';

export interface LicenseRow {
  readonly id: string;
  readonly status: LicenseStatus;
  readonly seats: number;
  /** ISO 8601, as it was given. */
  readonly checkInPeriod: string;
  readonly checkInPeriodMillis: number;
  readonly validUntil: number | null;
  readonly supportAndUpgradeUntil: number | null;
  readonly keyHash: string;
  readonly keyHint: string;
  /** Grows with the license's own fields and status, not with devices or the setting. */
  readonly version: number;
}

export interface SettingRow {
  readonly state: RemoteDeactivationState;
  readonly epoch: number;
}

/** How the last activation of a device ended. */
export interface Ending {
  readonly kind: 'device' | 'expiry' | 'member' | 'support' | 'operator';
  readonly at: number;
  /** A person's words. */
  readonly reason: string | null;
}

export interface DeviceRow extends Readonly<DeviceContext> {
  readonly id: string;
  readonly licenseId: string;
  readonly fingerprint: string;
  readonly name: string | null;
  /** Whether a person gave the name; then the client's counts no more. */
  readonly namedByPerson: boolean;
  readonly platform: string | null;
  readonly appVersion: string | null;
  readonly state: DeviceState;
  /** Connections ever: check-ins, and activations while active. */
  readonly checkInCount: number;
  /** Connections since the device's last row in the history (R11). */
  readonly checkInsSinceRow: number;
  readonly endedBy: Ending | null;
  /** Grows with name and state, not with connections. */
  readonly version: number;
}

export interface TicketRow {
  readonly id: string;
  readonly licenseId: string;
  readonly deviceId: string | null;
  readonly topic: TicketTopic;
  readonly message: string;
  readonly status: TicketStatus;
  readonly createdAt: number;
  readonly createdBy: Actor;
  readonly version: number;
}

/** Who did something. */
export interface Actor {
  readonly kind: 'device' | 'licenseKey' | 'member' | 'support' | 'operator' | 'expiry' | 'system';
  readonly id: string | null;
  readonly name: string | null;
}

export interface Rows {
  readonly license: LicenseRow;
  readonly setting: SettingRow;
  /** By id: at least the device in question and every overdue one. */
  readonly devices: ReadonlyMap<string, DeviceRow>;
  /** By id: at least the ticket in question. */
  readonly tickets: ReadonlyMap<string, TicketRow>;
  /** The lowest free seats, ascending; at least as many as the commands to come can take, if there are. */
  readonly freeSeats: readonly number[];
  /** Active devices that are not among `devices`. The numbers may be lower bounds, but are 0 only if there is none. */
  readonly elsewhere: { readonly active: number; readonly blocking: number };
}
