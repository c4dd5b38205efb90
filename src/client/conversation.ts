/**
 * What a session asks the server, and what the answers mean for it. Before a “no” that ends a session is believed, whoever says it
 * has to show the key that signed the lease: another server knows neither this device nor that key.
 */
import type { components } from './contract.js';
import type { OwnError, Refusal, SeatError } from './errors.js';
import type { Device, KeptSeat } from './kept.session.js';
import { keyIdOf, keySetIn, type KeySet, type Lease, type LeaseExpectation, verifyLease } from './lease.js';
import { leaseNotGood, notSeatkeeper } from './own-errors.js';
import { type Reply, send, type Way } from './transport.js';

/** What an answer means. */
export type Said =
  | { readonly meaning: 'confirmed'; readonly device: Device; readonly seat: KeptSeat }
  | { readonly meaning: 'refused' | 'held' | 'ended' | 'deactivated'; readonly error: Refusal }
  /** `error`: by somebody else, who may hold the seat now; null where it was given back, or nobody holds it. */
  | { readonly meaning: 'released'; readonly error: Refusal | null }
  | { readonly meaning: 'missed'; readonly error: SeatError };

type NewDevice = components['schemas']['NewDevice'];

/** Asks for a seat with the license key. */
export async function askForSeat(way: Way, licenseKey: string, device: NewDevice): Promise<Said> {
  const reply = await send(way, {
    method: 'POST',
    path: 'v1/devices',
    authorization: `License ${licenseKey}`,
    body: device,
  });
  if (reply.kind === 'missed') return missed(reply.error);
  if (reply.kind === 'refused') {
    return isPassing(reply.error) ? missed(reply.error) : { meaning: 'refused', error: reply.error };
  }
  const given = givenIn(reply.body);
  if (given === null || given.token === null) return missed(notSeatkeeper('unreadable', 200));
  const expected = {
    fingerprint: device.fingerprint,
    deviceId: given.device.id,
    licenseId: given.device.licenseId,
    issuer: null,
  };
  return confirmedBy(way, given.device, given.token, given.lease, { keys: [] }, expected);
}

/** Connects. @param seat what the server gave before @param fingerprint of this device */
export async function askToCheckIn(
  way: Way,
  seat: KeptSeat,
  fingerprint: string,
  appVersion: string | null | undefined,
): Promise<Said> {
  const reply = await send(way, {
    method: 'POST',
    path: `v1/devices/${seat.deviceId}/check-in`,
    authorization: `Bearer ${seat.token}`,
    body: { appVersion: appVersion ?? undefined },
  });
  if (reply.kind === 'missed') return missed(reply.error);
  if (reply.kind === 'refused') return meaningOf(way, seat, reply.error);
  const given = givenIn(reply.body);
  if (given === null) return missed(notSeatkeeper('unreadable', 200));
  const { deviceId, licenseId, issuer } = seat;
  return confirmedBy(way, given.device, seat.token, given.lease, seat.keys, {
    fingerprint,
    deviceId,
    licenseId,
    issuer,
  });
}

/** Gives the seat back. */
export async function askToLogOut(way: Way, seat: KeptSeat): Promise<Said> {
  const reply = await send(way, {
    method: 'POST',
    path: `v1/devices/${seat.deviceId}/log-out`,
    authorization: `Bearer ${seat.token}`,
  });
  if (reply.kind === 'missed') return missed(reply.error);
  if (reply.kind === 'accepted') {
    const { device } = (reply.body ?? {}) as { device?: { id?: unknown; state?: unknown } };
    const isDone = device?.id === seat.deviceId && device.state === 'loggedOut';
    return isDone ? { meaning: 'released', error: null } : missed(notSeatkeeper('unreadable', 200));
  }
  const said = await meaningOf(way, seat, reply.error);
  if (said.meaning !== 'ended' && said.meaning !== 'deactivated') return said;
  // Whoever does not hold the seat any more has nothing to give back; one whose token was ended may, and cannot.
  return { meaning: 'released', error: said.error.code === 'unauthenticated' ? said.error : null };
}

/** What a refusal of a device's own request means. */
async function meaningOf(way: Way, seat: KeptSeat, error: Refusal): Promise<Said> {
  const meaning = meaningsOf(error);
  if (meaning === null) return missed(error);
  const keys = await askForKeys(way);
  if ('error' in keys) return missed(keys.error);
  const isSameServer = keys.keys.some(({ kid }) => kid === keyIdOf(seat.lease));
  return isSameServer ? { meaning, error } : missed(notSeatkeeper('anotherServer', error.status));
}

/** Null where the refusal says nothing about the seat. */
function meaningsOf(error: Refusal): 'held' | 'ended' | 'deactivated' | null {
  switch (error.code) {
    case 'deviceNotActive':
      return error.state === 'remotelyDeactivated' ? 'deactivated' : 'ended';
    case 'unauthenticated':
    case 'licenseRevoked':
      return 'ended';
    case 'licenseSuspended':
    case 'licenseExpired':
      return 'held';
    default:
      return null;
  }
}

/** Whether a refusal of an activation is about the server at this moment, and not about the license or the request. */
function isPassing({ code }: Refusal): boolean {
  return code === 'tooManyRequests' || code === 'overloaded' || code === 'internalError';
}

async function confirmedBy(
  way: Way,
  device: Device,
  token: string,
  text: string,
  known: KeySet,
  expected: LeaseExpectation,
): Promise<Said> {
  if (device.id !== expected.deviceId || device.licenseId !== expected.licenseId)
    return missed(leaseNotGood('foreign'));
  let keys = known;
  let lease = await verifyLease(text, keys, expected);
  if (lease === 'unknownKey') {
    const fresh = await askForKeys(way);
    if ('error' in fresh) return missed(fresh.error);
    keys = fresh;
    lease = await verifyLease(text, keys, expected);
  }
  if (typeof lease === 'string') return missed(leaseNotGood(lease === 'unknownKey' ? 'forged' : lease));
  return { meaning: 'confirmed', device, seat: seatOf(token, text, lease, keys) };
}

function seatOf(token: string, text: string, lease: Lease, keys: KeySet): KeptSeat {
  return {
    deviceId: lease.deviceId,
    licenseId: lease.licenseId,
    token,
    lease: text,
    issuer: lease.issuer,
    leaseIssuedAt: lease.issuedAt,
    leaseExpiresAt: lease.expiresAt,
    keys,
  };
}

async function askForKeys(way: Way): Promise<KeySet | { readonly error: SeatError }> {
  const reply: Reply = await send(way, { method: 'GET', path: '.well-known/jwks.json' });
  if (reply.kind !== 'accepted') return { error: reply.error };
  return keySetIn(reply.body) ?? { error: notSeatkeeper('unreadable', 200) };
}

/** What an activation or a check-in gives; null where it is none. */
function givenIn(body: unknown): { device: Device; token: string | null; lease: string } | null {
  const { device, token, lease } = (body ?? {}) as { device?: Partial<Device>; token?: unknown; lease?: unknown };
  const isDevice = typeof device?.id === 'string' && typeof device.licenseId === 'string' && device.state === 'active';
  if (!isDevice || typeof lease !== 'string') return null;
  return { device: device as Device, token: typeof token === 'string' ? token : null, lease };
}

function missed(error: OwnError | Refusal): Said {
  return { meaning: 'missed', error };
}
