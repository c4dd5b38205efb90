/**
 * Loads what a batch has to know: for each command its license, its device, its ticket; for each license that is decided
 * about as a whole also its overdue devices, its lowest free seats and what is active besides. Decides nothing.
 */
import type { DeviceRow, Rows } from '../../machines/index.js';
import { deviceRecordOf } from '../devices/device.mapper.js';
import { licenseRecordOf } from '../licenses/license.mapper.js';
import type { Session } from '../persistence/session.js';
import { ticketOf } from '../support/support-ticket.mapper.js';
import {
  countDevicesOfOtherEpochs,
  countOccupiedSeats,
  loadDevices,
  loadDevicesAboveSeat,
  loadDevicesByFingerprint,
  loadFreeSeats,
  loadLicenses,
  loadOverdueDevices,
  loadTickets,
} from './statements.js';
import { type Locks, requireLocked } from './locks.js';
import { isLone, overduePerBatchMax, smallestSeats, type Submission } from './submission.js';
import { LicenseWorld, loneRows, World } from './world.js';

/** What was loaded, and which licenses have more overdue devices than one batch takes. */
export interface Loaded {
  readonly world: World;
  /** Only `settle` may be decided about these: they are not settled completely. */
  readonly crowded: ReadonlySet<string>;
}

/**
 * Loads for these submissions at `now`, of all licenses together at most `overdueMax` overdue devices that nobody has named.
 * Nothing is loaded twice.
 *
 * @param locks what was locked before; null where nothing has to be
 * @throws LockMissed for a device that is not among them
 */
export async function load(
  session: Session,
  submissions: readonly Submission[],
  now: number,
  locks: Locks | null,
  overdueMax = overduePerBatchMax,
): Promise<Loaded> {
  const world = new World();
  await loadNamedTickets(session, world, submissions);
  await loadNamedDevices(session, world, submissions, locks);
  const commandsOf = groupByLicense(world, submissions);
  await loadNamedLicenses(session, world, [...commandsOf.keys()], locks);
  const crowded = new Set<string>();
  let room = overdueMax;
  for (const [licenseId, group] of commandsOf) {
    if (!world.licenses.has(licenseId)) continue;
    if (group.every(isLone)) {
      await addLoneDevices(session, world, licenseId, group, now);
      continue;
    }
    const overdue = await addLicense(session, world, licenseId, group, now, room);
    if (overdue > room) crowded.add(licenseId);
    room = Math.max(0, room - overdue);
  }
  for (const id of world.records.keys()) requireLocked(locks, id);
  return { world, crowded };
}

/** The license of a submission; undefined where what it is about does not exist. */
export function licenseIdOf(world: World, { address }: Submission): string | undefined {
  switch (address.by) {
    case 'license':
      return address.id;
    case 'device':
      return world.records.get(address.id)?.device.licenseId;
    case 'ticket':
      return world.tickets.get(address.id)?.licenseId;
  }
}

async function loadNamedTickets(session: Session, world: World, submissions: readonly Submission[]): Promise<void> {
  const ids = new Set<string>();
  for (const { command } of submissions) if ('ticketId' in command) ids.add(command.ticketId);
  if (ids.size === 0) return;
  for (const row of await loadTickets(session, [...ids])) world.tickets.set(row.id, ticketOf(row));
}

async function loadNamedDevices(
  session: Session,
  world: World,
  submissions: readonly Submission[],
  locks: Locks | null,
): Promise<void> {
  const ids = new Set<string>();
  const pairs = new Map<string, [string, string]>();
  for (const { command, address } of submissions) {
    if (address.by === 'device') ids.add(address.id);
    if (command.type === 'openTicket' && command.deviceId !== null) ids.add(command.deviceId);
    if ('fingerprint' in command) pairs.set(`${address.id} ${command.fingerprint}`, [address.id, command.fingerprint]);
  }
  const rows = locks === null ? [] : locks.deviceRows.filter(({ id }) => ids.has(id));
  const others = locks === null ? [...ids] : [...ids].filter((id) => !locks.devices.has(id));
  rows.push(...(await loadDevices(session, others)));
  if (pairs.size > 0) rows.push(...(await loadDevicesByFingerprint(session, [...pairs.values()])));
  for (const row of rows) if (!world.records.has(row.id)) world.records.set(row.id, deviceRecordOf(row));
}

async function loadNamedLicenses(
  session: Session,
  world: World,
  ids: readonly string[],
  locks: Locks | null,
): Promise<void> {
  for (const row of locks?.licenseRows ?? []) world.licenses.set(row.id, licenseRecordOf(row));
  const others = ids.filter((id) => !world.licenses.has(id));
  for (const row of await loadLicenses(session, others)) world.licenses.set(row.id, licenseRecordOf(row));
}

function groupByLicense(world: World, submissions: readonly Submission[]): Map<string, Submission[]> {
  const groups = new Map<string, Submission[]>();
  for (const submission of submissions) {
    const id = licenseIdOf(world, submission);
    if (id === undefined) continue;
    const group = groups.get(id);
    if (group === undefined) groups.set(id, [submission]);
    else group.push(submission);
  }
  return groups;
}

async function addLoneDevices(
  session: Session,
  world: World,
  licenseId: string,
  group: readonly Submission[],
  now: number,
): Promise<void> {
  const record = present(world.licenses.get(licenseId));
  const { license, setting } = record;
  for (const { address } of group) {
    const device = world.records.get(address.id)?.device;
    if (device === undefined || world.lone.has(device.id)) continue;
    const blocking =
      setting.state === 'enabling'
        ? (await countDevicesOfOtherEpochs(session, licenseId, setting.epoch, now, 2)) -
          (isBlocking(device, setting.epoch) && (device.deactivationDate ?? 0) > now ? 1 : 0)
        : 0;
    world.lone.set(device.id, new LicenseWorld(record, loneRows(license, setting, device, blocking)));
  }
}

/** Loads a license as a whole. Gives how many overdue devices it has, or one more than the `overdueMax` that were loaded. */
async function addLicense(
  session: Session,
  world: World,
  licenseId: string,
  group: readonly Submission[],
  now: number,
  overdueMax: number,
): Promise<number> {
  const record = present(world.licenses.get(licenseId));
  const overdue = await loadOverdueDevices(session, licenseId, now, overdueMax + 1);
  const extra = overdue.slice(0, overdueMax);
  const shrinksTo = smallestSeats(group);
  if (shrinksTo !== undefined) extra.push(...(await loadDevicesAboveSeat(session, licenseId, shrinksTo)));
  for (const row of extra) if (!world.records.has(row.id)) world.records.set(row.id, deviceRecordOf(row));

  const devices = new Map<string, DeviceRow>();
  for (const { device } of world.records.values()) if (device.licenseId === licenseId) devices.set(device.id, device);
  const rows: Rows = {
    license: record.license,
    setting: record.setting,
    devices,
    tickets: world.tickets,
    freeSeats: await loadSeatsFor(session, licenseId, group, devices.size, shrinksTo),
    elsewhere: {
      active: await countActiveElsewhere(session, licenseId, group, devices),
      blocking: await countBlockingElsewhere(session, licenseId, record.setting, devices),
    },
  };
  world.locked.set(licenseId, new LicenseWorld(record, rows));
  return overdue.length;
}

/** As many of the lowest free seats as these commands can take. */
function loadSeatsFor(
  session: Session,
  licenseId: string,
  group: readonly Submission[],
  loadedDevices: number,
  shrinksTo: number | undefined,
): Promise<number[]> | number[] {
  const activations = group.filter(({ command }) => command.type === 'activate').length;
  const wanted = activations + (shrinksTo === undefined ? 0 : loadedDevices);
  return wanted === 0 ? [] : loadFreeSeats(session, licenseId, wanted);
}

/** Only commands that depend on how many devices are active pay for counting them. */
async function countActiveElsewhere(
  session: Session,
  licenseId: string,
  group: readonly Submission[],
  devices: ReadonlyMap<string, DeviceRow>,
): Promise<number> {
  if (!group.some(({ command }) => command.type === 'enable' || command.type === 'change')) return 0;
  let loadedActive = 0;
  for (const device of devices.values()) if (device.state === 'active') loadedActive += 1;
  return (await countOccupiedSeats(session, licenseId)) - loadedActive;
}

async function countBlockingElsewhere(
  session: Session,
  licenseId: string,
  setting: Rows['setting'],
  devices: ReadonlyMap<string, DeviceRow>,
): Promise<number> {
  if (setting.state !== 'enabling') return 0;
  let loadedBlocking = 0;
  for (const device of devices.values()) if (isBlocking(device, setting.epoch)) loadedBlocking += 1;
  const found = await countDevicesOfOtherEpochs(session, licenseId, setting.epoch, 0, loadedBlocking + 1);
  return found - loadedBlocking;
}

function isBlocking(device: DeviceRow, epoch: number): boolean {
  return device.state === 'active' && device.epoch !== epoch;
}

function present<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error('a license of this batch was not loaded');
  return value;
}
