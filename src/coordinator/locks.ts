/** What a batch has locked before it reads, and the check that nothing else is read for a decision. It locks nothing itself. */
import type { DeviceColumns } from '../devices/device.mapper.js';
import type { LicenseColumns } from '../licenses/license.mapper.js';

export interface Locks {
  readonly devices: ReadonlySet<string>;
  /** The rows of those that there are, as the statement has read them that has locked them. */
  readonly deviceRows: readonly DeviceColumns[];
  /** Rows of licenses that were read once everything was locked. */
  readonly licenseRows: readonly LicenseColumns[];
  /** Licenses that somebody else had locked, of those that can be left for later. */
  readonly busy: ReadonlySet<string>;
  /** No decision may be later than this, in epoch milliseconds: devices due by then are locked. */
  readonly horizon: number;
}

/** Where nobody else writes, nothing has to be locked. */
export const noLocks: Locks | null = null;

/** Something was to be read for a decision that had not been locked: load and decide again. */
export class LockMissed extends Error {
  readonly code = 'LOCK_MISSED';
}

/** Throws `LockMissed` for a device that may change while it is decided about. */
export function requireLocked(locks: Locks | null, deviceId: string): void {
  if (locks !== null && !locks.devices.has(deviceId)) throw new LockMissed(`device ${deviceId} was not locked`);
}

/** Throws `LockMissed` where so much time has passed that more devices may be due than were locked. */
export function requireWithinHorizon(locks: Locks | null, now: number): void {
  if (locks !== null && now > locks.horizon) throw new LockMissed('it took too long to lock');
}
