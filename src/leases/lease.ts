/**
 * The lease: the signed proof that an active device keeps, so that it can run offline until it ends. This says what stands
 * in one, and neither decides when a lease ends nor signs it.
 */
import { hash } from 'node:crypto';
import { v7 } from 'uuid';
import { randomSixteen } from './random-sixteen.js';

/** The `typ` of a lease's header: a verifier asks for it, so that no other token of ours passes as a lease. */
export const leaseType = 'seatkeeper-lease+jwt';

/** The protected header of every lease under the key `kid`. */
export interface LeaseHeader {
  readonly typ: typeof leaseType;
  readonly alg: 'EdDSA';
  readonly kid: string;
}

/** The claims of a lease, in this order. Times are seconds since 1970 UTC, as in every JWT. */
export interface LeaseClaims {
  /** Who issued it: `SEATKEEPER_PUBLIC_URL`. */
  readonly iss: string;
  /** The device's id. */
  readonly sub: string;
  /** The license's id. */
  readonly lic: string;
  /** The SHA-256 of the device's fingerprint, base64url. */
  readonly fpr: string;
  /** The lease's own id, a UUIDv7. */
  readonly jti: string;
  readonly iat: number;
  readonly exp: number;
}

/** What a lease is about, as decided by the machines. */
export interface LeaseInput {
  readonly deviceId: string;
  readonly licenseId: string;
  readonly fingerprint: string;
  /** When it ends, in epoch milliseconds: a whole second, as the machines round it (R4, R8). */
  readonly leaseExpiresAt: number;
}

export function leaseHeader(kid: string): LeaseHeader {
  return { typ: leaseType, alg: 'EdDSA', kid };
}

/**
 * The claims of a lease given now, as JSON. Written piece by piece, since a general encoder takes twice as long: nothing in it
 * needs escaping but the issuer, as ids are UUIDs and a hash is base64url.
 *
 * @param issuer the `iss`, as JSON
 * @param now epoch milliseconds
 */
export function leaseClaimsJson(input: LeaseInput, issuer: string, now: number): string {
  const fpr = hash('sha256', input.fingerprint, 'base64url');
  const jti = v7({ msecs: now, random: randomSixteen() });
  const iat = Math.floor(now / 1000);
  const exp = input.leaseExpiresAt / 1000;
  return `{"iss":${issuer},"sub":"${input.deviceId}","lic":"${input.licenseId}","fpr":"${fpr}","jti":"${jti}","iat":${iat},"exp":${exp}}`;
}
