/**
 * What streams send of rows and representations. A representation has a mark beside its text: equal marks mean that nothing but dates
 * and counters of check-ins differ, and check-ins push nothing.
 */
import { createHash } from 'node:crypto';
import type { RecordedStep } from '../coordinator/result.js';
import type { DeviceRepresentation } from '../devices/device.schemas.js';
import { presentTransition } from '../history/transition.presenter.js';
import type { LicenseRepresentation } from '../licenses/license.schemas.js';
import type { RemoteDeactivationRepresentation } from '../remote-deactivation/remote-deactivation.schemas.js';
import { eventBlock } from './event.block.js';

/** Who listens: people and programs of an organization or the vendor, or a device itself. */
export type Audience = 'people' | 'device';

/** A representation as it is sent. */
export interface ShownBlock {
  readonly text: string;
  readonly mark: string;
}

/** The block of a history row. A device is told what kind of actor it was, as in `endedBy`, and not which person. */
export function rowBlock(step: RecordedStep, audience: Audience): string {
  const row = presentTransition(step);
  const isPersonal = audience === 'device' && row.actor.kind !== 'device';
  const shown = isPersonal ? { ...row, actor: { kind: row.actor.kind, id: null, name: null }, ticketId: null } : row;
  return eventBlock('transition', shown, step.sequence);
}

/** The block of a device. */
export function deviceBlock(device: DeviceRepresentation): ShownBlock {
  const { lastSeenAt: _seen, deactivationDate: _date, leaseExpiresAt: _lease, checkInCount: _count, ...rest } = device;
  const { appVersion: _version, ...lasting } = rest;
  return { text: eventBlock('device', device), mark: markOf(lasting) };
}

/** The block of a license. */
export function licenseBlock(license: LicenseRepresentation): ShownBlock {
  const lasting = { ...license, remoteDeactivation: lastingOf(license.remoteDeactivation) };
  return { text: eventBlock('license', license), mark: markOf(lasting) };
}

/** The block of a setting. */
export function settingBlock(setting: RemoteDeactivationRepresentation): ShownBlock {
  return { text: eventBlock('remoteDeactivation', setting), mark: markOf(lastingOf(setting)) };
}

function lastingOf({ state, blockingDevices, blockingDeviceCount }: RemoteDeactivationRepresentation): object {
  return { state, blockingDeviceCount, blockingDevices: blockingDevices.map(({ id, name }) => [id, name]) };
}

/** Short, because each open stream keeps some. */
function markOf(value: object): string {
  return createHash('sha1').update(JSON.stringify(value)).digest('base64');
}
