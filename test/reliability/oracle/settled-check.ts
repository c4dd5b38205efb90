/**
 * Reads over HTTP what is settled now (license, seats, devices, tickets) and holds it against the oracle's world. Takes over from the server only
 * what the contract leaves open: version numbers that grew, and who of several moved devices got which seat.
 */
import { ok } from 'node:assert';
import { type Device, type License, type List, type Seat, type Ticket } from '../../support/representations.js';
import { accepted } from '../../support/scene.js';
import { type TestServer } from '../../support/server.js';
import { expectedDevice, expectedLicense, expectedTicket } from './representation.js';
import {
  known,
  type OracleDevice,
  type OracleLicense,
  type OracleTicket,
  sitting,
  type VersionMove,
  type World,
} from './world.js';
import { same } from './same.js';

/** Compares a license with its seats and devices. */
export async function compareLicense(server: TestServer, world: World, license: OracleLicense): Promise<void> {
  const path = `/v1/licenses/${license.id}`;
  const [seen, seats, devices, active] = await Promise.all([
    server.request<License>('GET', path),
    server.request<List<Seat>>('GET', `${path}/seats?limit=200`),
    server.request<List<Device>>('GET', `${path}/devices?limit=200`),
    server.request<List<Device>>('GET', `${path}/devices?state=active&limit=200`),
  ]);
  adoptMoves(license, accepted(seats).items);
  checkLicense(world, license, accepted(seen));
  for (const device of license.devices) {
    const actual = known(
      accepted(devices).items.find((one) => one.id === device.id),
      `device ${device.fingerprint} in the list`,
    );
    checkDevice(license, device, actual);
  }
  same(accepted(devices).items.length, license.devices.length, 'the number of devices');
  checkOrder(accepted(devices).items);
  same(
    accepted(active)
      .items.map((one) => one.id)
      .sort(),
    sitting(license)
      .map((one) => one.id)
      .sort(),
    'the active devices',
  );
  same(
    accepted(seats).items.map((seat) => ({ number: seat.number, id: seat.device?.id ?? null })),
    license.chairs.map((occupant, index) => ({
      number: index + 1,
      id: license.devices.find((one) => one.fingerprint === occupant)?.id ?? null,
    })),
    'the seats by number',
  );
  for (const { device } of accepted(seats).items) {
    if (device === null) continue;
    const model = known(
      license.devices.find((one) => one.id === device.id),
      'device on a seat',
    );
    checkDevice(license, model, device);
  }
}

export async function compareTickets(server: TestServer, world: World, license: OracleLicense): Promise<void> {
  for (const ticket of world.tickets) {
    if (world.licenses[ticket.license] !== license) continue;
    checkTicket(world, ticket, accepted(await server.request<Ticket>('GET', `/v1/support-tickets/${ticket.id}`)));
  }
}

export function checkLicense(world: World, license: OracleLicense, actual: License): void {
  const { version, ...rest } = actual;
  same(rest, expectedLicense(world, license), 'the license');
  checkVersion(license, version, `license ${license.id}`);
}

/** An `id` that the oracle cannot know, as in a dry run of a first activation, is taken as it comes. */
export function checkDevice(license: OracleLicense, device: OracleDevice, actual: Device): void {
  const { version, remoteDeactivation, ...rest } = actual;
  const { remedy, ...decision } = remoteDeactivation;
  const expected = expectedDevice(license, device);
  same({ ...rest, remoteDeactivation: decision }, { ...expected, id: device.id ?? actual.id }, 'the device');
  same(remedy === null ? 'none' : typeof remedy, decision.allowed ? 'none' : 'string', 'the remedy');
  checkVersion(device, version, `device ${device.fingerprint}`);
}

export function checkTicket(world: World, ticket: OracleTicket, actual: Ticket): void {
  const { version, createdBy, ...rest } = actual;
  same(rest, expectedTicket(world, ticket), 'the ticket');
  same(createdBy.kind, ticket.createdBy, 'createdBy');
  checkVersion(ticket, version, `ticket ${ticket.id}`);
}

function checkVersion(one: { version: number; versionMove: VersionMove }, seen: number, what: string): void {
  if (one.versionMove === 'stays') same(seen, one.version, `the version of ${what} stays`);
  if (one.versionMove === 'grows')
    ok(seen > one.version, `the version of ${what} grows from ${one.version}, not to ${seen}`);
  if (one.versionMove === 'may')
    ok(seen >= one.version, `the version of ${what} never goes back from ${one.version} to ${seen}`);
  one.version = seen;
  one.versionMove = 'stays';
}

/** Last seen first; devices never seen come last. */
function checkOrder(devices: Device[]): void {
  const seen = devices.map((device) => device.lastSeenAt ?? '');
  same(seen, seen.toSorted().reverse(), 'the devices, last seen first');
}

function adoptMoves(license: OracleLicense, seats: Seat[]): void {
  const moved = license.moved;
  license.moved = [];
  if (moved.length < 2) return;
  const placesOf = (fingerprint: string): number => license.chairs.indexOf(fingerprint);
  const places = moved.map(placesOf);
  const taken = places.map((index) => {
    const id = seats[index]?.device?.id;
    return license.devices.find((device) => device.id === id)?.fingerprint ?? null;
  });
  same(taken.toSorted(), moved.toSorted(), 'the moved devices sit on the lowest free seats');
  places.forEach((place, index) => (license.chairs[place] = taken[index] ?? null));
}
