/**
 * Locks what a batch is about, before anything else of it is read: the licenses that are decided about as a whole, in the order of their ids,
 * then every device that may be loaded, likewise. A check-in locks its device only. So no two batches wait in a circle.
 */
import { hasRivals, type Session } from '../persistence/session.js';
import {
  findAboveSeat,
  findFingerprints,
  findOverdue,
  licensesOfDevices,
  licensesOfTickets,
  lockDevices,
  lockFreeLicenses,
  lockLicenses,
} from './lock.statements.js';
import type { Clock } from '../clock/clock.js';
import { type Locks, noLocks } from './locks.js';
import { loadLicenses, loadLicensesOfDevices } from './statements.js';
import { isLone, overduePerBatchMax, smallestSeats, type Submission } from './submission.js';

/** How long after the locking began the decision may be, in milliseconds: devices that are due by then are locked too. */
const horizonMillis = 10_000;

/**
 * Locks for these submissions.
 *
 * @returns the locks, and the time as it was when they were held, in epoch milliseconds
 */
export async function lock(
  session: Session,
  submissions: readonly Submission[],
  clock: Clock,
): Promise<{ locks: Locks | null; now: number }> {
  if (!hasRivals(session)) return { locks: noLocks, now: await clock.holdNow(session) };
  const groups = await groupsOf(session, submissions);
  // Of a check-in's license no overdue device is looked at, so no horizon is needed.
  const horizon = groups.size === 0 ? Infinity : (await clock.nowIn(session)) + horizonMillis;
  const patient = [...groups].filter(([, group]) => !group.every(({ canWait }) => canWait === true)).map(([id]) => id);
  const optional = [...groups.keys()].filter((id) => !patient.includes(id));
  await lockLicenses(session, patient.sort());
  // Whoever skips what is locked waits for nobody.
  const free = await lockFreeLicenses(session, optional);
  const busy = new Set(optional.filter((id) => !free.includes(id)));
  const devices = new Set<string>();
  const lone = submissions.filter(isLone).map(({ address }) => address.id);
  for (const { address } of submissions) if (address.by === 'device') devices.add(address.id);
  const locked = [...groups].filter(([id]) => !busy.has(id));
  for (const id of await findConcerned(session, locked, horizon)) devices.add(id);
  // These go out together, and each is done once the one before it is: the time and the licenses are read under the locks.
  const [deviceRows, now, ofDevices, ofWhole] = await Promise.all([
    lockDevices(session, [...devices].sort()),
    clock.holdNow(session),
    loadLicensesOfDevices(session, lone),
    loadLicenses(
      session,
      locked.map(([id]) => id),
    ),
  ]);
  return { locks: { devices, deviceRows, licenseRows: [...ofDevices, ...ofWhole], busy, horizon }, now };
}

/** The submissions about each license as a whole. */
async function groupsOf(session: Session, submissions: readonly Submission[]): Promise<Map<string, Submission[]>> {
  const whole = submissions.filter((submission) => !isLone(submission));
  const addressed = (by: 'device' | 'ticket') =>
    whole.filter(({ address }) => address.by === by).map(({ address }) => address.id);
  const ofDevices = await licensesOfDevices(session, addressed('device'));
  const ofTickets = await licensesOfTickets(session, addressed('ticket'));
  const groups = new Map<string, Submission[]>();
  for (const submission of whole) {
    const { by, id } = submission.address;
    const licenseId = by === 'license' ? id : (by === 'device' ? ofDevices : ofTickets).get(id);
    if (licenseId === undefined) continue;
    const group = groups.get(licenseId);
    if (group === undefined) groups.set(licenseId, [submission]);
    else group.push(submission);
  }
  return groups;
}

/** The devices of locked licenses that may be loaded beside those that are addressed. */
async function findConcerned(
  session: Session,
  groups: readonly (readonly [string, readonly Submission[]])[],
  horizon: number,
): Promise<string[]> {
  const found: string[] = [];
  const pairs: [string, string][] = [];
  for (const [licenseId, group] of groups) {
    for (const { command } of group) {
      if ('fingerprint' in command) pairs.push([licenseId, command.fingerprint]);
      if (command.type === 'openTicket' && command.deviceId !== null) found.push(command.deviceId);
    }
    const shrinksTo = smallestSeats(group);
    if (shrinksTo !== undefined) found.push(...(await findAboveSeat(session, licenseId, shrinksTo)));
  }
  const ids = groups.map(([licenseId]) => licenseId);
  found.push(...(await findOverdue(session, ids, horizon, overduePerBatchMax + 1)));
  found.push(...(await findFingerprints(session, pairs)));
  return found;
}
