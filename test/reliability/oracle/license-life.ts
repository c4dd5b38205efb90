/** The oracle's license: suspended, reinstated, renewed, revoked, changed, its key replaced, and its seats counted anew. Changes the given world only. */
import { refusal, type Reply } from './reply.js';
import { deviceOf, known, type OracleLicense, seatOf, sitting, statusOf, type World } from './world.js';

export type IfMatch = 'current' | 'any' | 'stale' | 'missing';

/** `POST /v1/licenses/{id}/suspend`, `reinstate` or `revoke`. */
export function changeStanding(world: World, at: number, event: 'suspend' | 'reinstate' | 'revoke'): Reply {
  const license = known(world.licenses[at], 'license');
  const from = statusOf(license, world.now);
  const repeats = { suspend: 'suspended', reinstate: 'active', revoke: 'revoked' }[event] === from;
  const allowed = { suspend: from === 'active', reinstate: from === 'suspended', revoke: from !== 'revoked' }[event];
  if (!repeats && !allowed) return refusal(409, 'eventNotAllowed', { state: from, event });
  if (allowed) {
    license.suspended = event === 'suspend';
    license.revoked = event === 'revoke';
    licenseRow(world, license, event, from);
  }
  return { status: 200, shows: { of: 'license', license: at, withKey: false } };
}

/** `POST /v1/licenses/{id}/renew`; `validUntil` null is without end. */
export function renew(world: World, at: number, validUntil: number | null): Reply {
  const license = known(world.licenses[at], 'license');
  if (validUntil !== null && validUntil <= world.now) return refusal(400, 'invalidRequest');
  const from = statusOf(license, world.now);
  if (from === 'revoked') return refusal(409, 'eventNotAllowed', { state: 'revoked', event: 'renew' });
  if (license.validUntil !== validUntil) {
    license.validUntil = validUntil;
    licenseRow(world, license, 'renew', from);
  }
  return { status: 200, shows: { of: 'license', license: at, withKey: false } };
}

/** `PATCH /v1/licenses/{id}` with fewer, more or as many seats, or another check-in period. */
export function changeTerms(
  world: World,
  at: number,
  terms: { seats?: number; checkInPeriod?: string },
  ifMatch: IfMatch,
): Reply {
  const license = known(world.licenses[at], 'license');
  if (ifMatch === 'missing') return refusal(428, 'versionRequired');
  if (ifMatch === 'stale') return refusal(412, 'versionMismatch');
  const seats = terms.seats ?? license.chairs.length;
  const active = sitting(license);
  if (seats < active.length) return refusal(409, 'seatsInUse', { deviceCount: active.length });
  const period = terms.checkInPeriod ?? license.checkInPeriod;
  const changes = seats !== license.chairs.length || period !== license.checkInPeriod;
  resize(world, license, seats);
  license.checkInPeriod = period;
  if (changes) licenseRow(world, license, 'change', statusOf(license, world.now));
  return { status: 200, shows: { of: 'license', license: at, withKey: false } };
}

/** `POST /v1/licenses/{id}/key`: the walk adds the new key when it has seen it. */
export function replaceKey(world: World, at: number, by: string): Reply {
  const license = known(world.licenses[at], 'license');
  const status = statusOf(license, world.now);
  license.versionMove = 'grows';
  license.rows.push({
    machine: 'license',
    subject: 'license',
    from: status,
    to: status,
    at: world.now,
    note: null,
    actor: [by],
    ticketId: null,
  });
  return { status: 201, shows: { of: 'license', license: at, withKey: true } };
}

/** The highest seats go; who sat there moves to the lowest free ones that stay. */
function resize(world: World, license: OracleLicense, seats: number): void {
  const moving = license.chairs.slice(seats).filter((occupant) => occupant !== null);
  license.chairs = Array.from({ length: seats }, (_, index) => license.chairs[index] ?? null);
  license.moved = moving;
  for (const fingerprint of moving) {
    license.chairs[license.chairs.indexOf(null)] = fingerprint;
    const device = known(deviceOf(license, fingerprint), 'device');
    known(seatOf(license, fingerprint), 'seat');
    device.versionMove = 'may';
    license.rows.push({
      machine: 'device',
      subject: fingerprint,
      event: 'reseat',
      from: 'active',
      to: 'active',
      at: world.now,
      note: null,
      actor: ['operator'],
      ticketId: null,
    });
  }
}

function licenseRow(world: World, license: OracleLicense, event: string, from: string): void {
  license.versionMove = 'grows';
  license.rows.push({
    machine: 'license',
    subject: 'license',
    event,
    from,
    to: statusOf(license, world.now),
    at: world.now,
    note: null,
    actor: ['operator'],
    ticketId: null,
  });
}
