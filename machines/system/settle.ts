/**
 * What time has done already, whether or not anything was written: overdue devices are expired at their deactivation
 * date, an `enabling` without blocking devices is enabled, a license past its validity is expired (R4, R6).
 */
import { isOverdue } from '../device/device.machine.js';
import { hasEnded } from '../license/license.machine.js';
import { Draft, expiry, system } from './draft.js';
import type { Rows } from './rows.js';
import type { Step } from './step.js';

/** Settles the rows at `now`, in the order in which it happened. The same rows come back where nothing was due. */
export function settle(rows: Rows, now: number): { rows: Rows; steps: readonly Step[] } {
  const draft = new Draft(rows);
  settleDraft(draft, rows, now);
  return { rows: draft.rows, steps: draft.steps };
}

/** Settles a draft of the rows. */
export function settleDraft(draft: Draft, rows: Rows, now: number): void {
  const due = dueExpiries(rows, now);
  for (const { at, deviceId } of due) {
    if (deviceId === null) draft.sendToLicense({ type: 'expire', at: now }, { actor: expiry, at });
    else draft.sendToDevice(deviceId, { type: 'expire', at: now }, { actor: expiry, at });
  }
  if (draft.rows.setting.state === 'enabling' && draft.blockingDevices() === 0) {
    draft.sendToSetting({ type: 'blockingDeviceLeft', at: now, remaining: 0 }, { actor: system, at: now });
  }
}

interface DueExpiry {
  at: number;
  /** Null for the license itself. */
  deviceId: string | null;
  seat: number;
}

function dueExpiries(rows: Rows, now: number): DueExpiry[] {
  const due: DueExpiry[] = [];
  const { validUntil } = rows.license;
  if (validUntil !== null && hasEnded(validUntil, now)) {
    due.push({ at: validUntil, deviceId: null, seat: 0 });
  }
  for (const device of rows.devices.values()) {
    const { deactivationDate, seat } = device;
    if (deactivationDate !== null && isOverdue(deactivationDate, now)) {
      due.push({ at: deactivationDate, deviceId: device.id, seat: seat ?? 0 });
    }
  }
  return due.length < 2 ? due : due.sort((a, b) => a.at - b.at || a.seat - b.seat);
}
