/**
 * What one license does to one client after the other: seats, devices and their tokens, as the README promises them to client software. A small
 * model of its own, which imports nothing of the server's; it knows no time, so histories must be shorter than a check-in period.
 */
import type { Model } from './operation.js';

export type SeatCall =
  /** Each activation has a number of its own, by which its token is known. */
  | { readonly kind: 'activate'; readonly fingerprint: string; readonly token: number }
  | { readonly kind: 'checkIn' | 'logOut'; readonly fingerprint: string; readonly token: number }
  | { readonly kind: 'remotelyDeactivate'; readonly fingerprint: string }
  | { readonly kind: 'readDevice'; readonly fingerprint: string }
  | { readonly kind: 'readSeats' };

export interface SeatedDevice {
  /** What it is while it has no seat. */
  readonly rest: 'loggedOut' | 'remotelyDeactivated';
  readonly seat: number | null;
  readonly connections: number;
  readonly inUse: number | null;
  readonly waiting: number | null;
}

export type Seats = ReadonlyMap<string, SeatedDevice>;

type Step = { state: Seats; answer: string };

/** The model of a license that has so many seats and whose setting is enabled. */
export function seatsModel(seats: number): Model<Seats, SeatCall> {
  return {
    initial: new Map(),
    step: (state, call) => step(seats, state, call),
    keyOf: (state) =>
      [...state]
        .map(([name, { rest, seat, connections, inUse, waiting }]) =>
          [name, rest, seat, connections, inUse, waiting].join(','),
        )
        .sort()
        .join(';'),
  };
}

/** How an answer about a device is written, by the model and by the recorder. */
export function shownDevice(state: string, seat: number | null, connections: number): string {
  return `${state} on ${seat ?? 'no seat'} after ${connections}`;
}

/** How a list of seats is written: who sits on the first, the second and so on. */
export function shownSeats(occupants: readonly (string | null)[]): string {
  return `seats: ${occupants.map((fingerprint) => fingerprint ?? '-').join(' ')}`;
}

export const unauthenticated = 'unauthenticated';
export const noSeatAvailable = 'noSeatAvailable';
export const notFound = 'notFound';
/** How the refusal `deviceNotActive` is written. */
export const notActive = (state: string): string => `deviceNotActive: ${state}`;

function step(seats: number, state: Seats, call: SeatCall): Step {
  switch (call.kind) {
    case 'readSeats':
      return { state, answer: shownSeats(occupantsOf(seats, state)) };
    case 'readDevice': {
      const device = state.get(call.fingerprint);
      return { state, answer: device === undefined ? notFound : shown(device) };
    }
    case 'activate':
      return activate(seats, state, call.fingerprint, call.token);
    case 'checkIn':
    case 'logOut':
      return asDevice(state, call);
    case 'remotelyDeactivate': {
      const device = state.get(call.fingerprint);
      if (device === undefined) return { state, answer: notFound };
      if (device.seat !== null) return left(state, call.fingerprint, { ...device, rest: 'remotelyDeactivated' });
      return { state, answer: device.rest === 'remotelyDeactivated' ? shown(device) : notActive(device.rest) };
    }
  }
}

function activate(seats: number, state: Seats, fingerprint: string, token: number): Step {
  const known = state.get(fingerprint);
  if (known !== undefined && known.seat !== null) {
    return put(state, fingerprint, { ...known, connections: known.connections + 1, waiting: token });
  }
  const seat = occupantsOf(seats, state).indexOf(null) + 1;
  if (seat === 0) return { state, answer: noSeatAvailable };
  const connections = known?.connections ?? 0;
  return put(state, fingerprint, { rest: 'loggedOut', seat, connections, inUse: null, waiting: token });
}

function asDevice(state: Seats, { kind, fingerprint, token }: Extract<SeatCall, { kind: 'checkIn' | 'logOut' }>): Step {
  const before = state.get(fingerprint);
  if (before === undefined || (before.inUse !== token && before.waiting !== token)) {
    return { state, answer: unauthenticated };
  }
  const device = before.waiting === token ? { ...before, inUse: token, waiting: null } : before;
  if (device.seat !== null) {
    if (kind === 'checkIn') return put(state, fingerprint, { ...device, connections: device.connections + 1 });
    return left(state, fingerprint, { ...device, rest: 'loggedOut' });
  }
  const confirmed = put(state, fingerprint, device);
  const isRepeat = kind === 'logOut' && device.rest === 'loggedOut';
  return isRepeat ? confirmed : { ...confirmed, answer: notActive(device.rest) };
}

function left(state: Seats, fingerprint: string, device: SeatedDevice): Step {
  return put(state, fingerprint, { ...device, seat: null });
}

function put(state: Seats, fingerprint: string, device: SeatedDevice): Step {
  return { state: new Map(state).set(fingerprint, device), answer: shown(device) };
}

function shown({ rest, seat, connections }: SeatedDevice): string {
  return shownDevice(seat === null ? rest : 'active', seat, connections);
}

function occupantsOf(seats: number, state: Seats): (string | null)[] {
  const occupants: (string | null)[] = Array.from({ length: seats }, () => null);
  for (const [fingerprint, { seat }] of state) if (seat !== null) occupants[seat - 1] = fingerprint;
  return occupants;
}
