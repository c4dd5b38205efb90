/** What is kept of a session between two runs of the software, as text. Whatever it reads is checked: a store may hold anything. */
import type { components } from './contract.js';
import type { SeatError } from './errors.js';
import { keySetIn, type KeySet } from './lease.js';
import { isSessionState, type SessionState } from './session.js';

export type Device = components['schemas']['Device'];

/** Why the software may not run, as it was learned. */
export interface Reason {
  readonly code: SeatError['code'] | 'leaseEnded' | 'loggedOut' | 'expired' | 'remotelyDeactivated' | 'clockBehind';
  readonly detail: string;
  readonly remedy: string | null;
  /** How the activation ended, where the server said so. */
  readonly endedBy: Device['endedBy'];
}

/** Instants are milliseconds since 1970 UTC, by the server's clock as far as it is known. */
export interface KeptSession {
  readonly serverUrl: string;
  readonly fingerprint: string;
  readonly state: SessionState;
  readonly reason: Reason | null;
  /** What the server gave; null where it gave nothing yet. */
  readonly seat: KeptSeat | null;
  /** The server's clock minus this machine's, at the last answer. */
  readonly offsetMillis: number;
  /** The latest moment that was seen. */
  readonly seenAt: number;
  /** When the server was last heard. */
  readonly heardAt: number;
}

export interface KeptSeat {
  readonly deviceId: string;
  readonly licenseId: string;
  readonly token: string;
  readonly lease: string;
  readonly issuer: string;
  readonly leaseIssuedAt: number;
  readonly leaseExpiresAt: number;
  readonly keys: KeySet;
}

const form = 'seatkeeper-session-1';

export function textOf(session: KeptSession): string {
  return `${JSON.stringify({ form, ...session }, null, 2)}\n`;
}

/** The session in a text; null where it is none, as after damage or by another version. */
export function sessionIn(text: string): KeptSession | null {
  let kept: Partial<Record<keyof KeptSession | 'form', unknown>>;
  try {
    kept = (JSON.parse(text) ?? {}) as typeof kept;
  } catch {
    return null;
  }
  const { serverUrl, fingerprint, state, reason, seat, offsetMillis, seenAt, heardAt } = kept;
  const isSound =
    kept.form === form &&
    typeof serverUrl === 'string' &&
    typeof fingerprint === 'string' &&
    isSessionState(state) &&
    [offsetMillis, seenAt, heardAt].every(Number.isFinite) &&
    (reason === null || isReason(reason)) &&
    (seat === null || isSeat(seat));
  if (!isSound) return null;
  return { serverUrl, fingerprint, state, reason, seat, offsetMillis, seenAt, heardAt } as KeptSession;
}

function isReason(value: unknown): boolean {
  const { code, detail } = (value ?? {}) as Record<string, unknown>;
  return typeof code === 'string' && typeof detail === 'string';
}

function isSeat(value: unknown): boolean {
  const seat = (value ?? {}) as Record<keyof KeptSeat, unknown>;
  return (
    [seat.deviceId, seat.licenseId, seat.token, seat.lease, seat.issuer].every((text) => typeof text === 'string') &&
    [seat.leaseIssuedAt, seat.leaseExpiresAt].every(Number.isFinite) &&
    keySetIn(seat.keys) !== null
  );
}
