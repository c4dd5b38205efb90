/**
 * Writes what a batch has decided, in the order that the constraints need: seats to free, seats to claim, devices, and the
 * history with the change that it tells (R11). Decides nothing.
 */
import type { DeviceRow } from '../../machines/index.js';
import type { DeviceRecord } from '../devices/device.mapper.js';
import { recordLeaseBound } from '../leases/lease-bound.statement.js';
import type { LeaseBound } from '../leases/lease.signer.js';
import type { Session } from '../persistence/session.js';
import type { RecordedStep } from './result.js';
import {
  addSeats,
  appendSteps,
  claimSeats,
  freeSeats,
  removeSeatsAbove,
  saveConnections,
  saveDevices,
  saveLicense,
  saveSetting,
  saveTicket,
  saveTokens,
  type Seating,
} from './statements.js';
import type { LicenseWorld, World } from './world.js';

/** Writes the differences between what was loaded and what is now, the steps, and how far leases reach. */
export async function save(
  session: Session,
  world: World,
  steps: readonly RecordedStep[],
  leaseBound: LeaseBound | null,
): Promise<void> {
  const connected: DeviceRecord[] = [];
  const retokened: DeviceRecord[] = [];
  const changed: DeviceRecord[] = [];
  const freed: Seating[] = [];
  const claimed: Seating[] = [];
  for (const { before, after, tokens } of world.changedDevices()) {
    const sweepAt = sweepAtOf(before, after);
    const record = { device: after, tokenHash: tokens.tokenHash, nextTokenHash: tokens.nextTokenHash, sweepAt };
    if (before !== undefined && isConnection(before, record)) {
      connected.push(record);
      if (before.tokenHash !== tokens.tokenHash || before.nextTokenHash !== tokens.nextTokenHash)
        retokened.push(record);
      continue;
    }
    changed.push(record);
    const seatBefore = before?.device.seat ?? null;
    if (seatBefore === after.seat) continue;
    const { licenseId, id: deviceId } = after;
    if (seatBefore !== null) freed.push({ licenseId, number: seatBefore, deviceId });
    if (after.seat !== null) claimed.push({ licenseId, number: after.seat, deviceId });
  }
  for (const place of world.locked.values()) await growSeats(session, place);
  await freeSeats(session, freed);
  await claimSeats(session, claimed);
  await saveDevices(session, changed);
  await saveConnections(session, connected);
  await saveTokens(session, retokened);
  for (const place of world.locked.values()) await saveLicenseOf(session, place);
  for (const ticket of world.changedTickets()) await saveTicket(session, ticket);
  await appendSteps(session, steps);
  if (leaseBound !== null) await recordLeaseBound(session, leaseBound);
}

/** When the sweep looks at the device: never after its deactivation date, and moved as rarely as that allows. */
function sweepAtOf(before: DeviceRecord | undefined, { deactivationDate }: DeviceRow): number | null {
  if (deactivationDate === null) return null;
  const sweepAt = before?.sweepAt ?? null;
  return sweepAt === null ? deactivationDate : Math.min(sweepAt, deactivationDate);
}

/** Whether only dates and a counter moved, so that no index is touched. */
function isConnection(before: DeviceRecord, after: DeviceRecord): boolean {
  return (
    before.device.version === after.device.version &&
    before.device.platform === after.device.platform &&
    before.device.namedByPerson === after.device.namedByPerson &&
    before.device.seat === after.device.seat &&
    before.sweepAt === after.sweepAt
  );
}

async function growSeats(session: Session, { loaded, rows }: LicenseWorld): Promise<void> {
  const { seats } = rows.license;
  if (seats > loaded.license.seats) await addSeats(session, rows.license.id, loaded.license.seats + 1, seats);
}

async function saveLicenseOf(session: Session, place: LicenseWorld): Promise<void> {
  const { loaded, rows, lastSequence } = place;
  if (rows.setting !== loaded.setting) await saveSetting(session, rows.license.id, rows.setting);
  if (rows.license !== loaded.license || lastSequence !== place.record.lastSequence) {
    await saveLicense(session, { license: rows.license, lastSequence });
  }
  if (rows.license.seats < loaded.license.seats) await removeSeatsAbove(session, rows.license.id, rows.license.seats);
}
