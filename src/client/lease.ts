/**
 * Whether a lease counts: signed by a key of the server, of this device and license, by this fingerprint, and not ended. It neither asks the server nor
 * reads a clock. See the server's description of a lease (`typ` `seatkeeper-lease+jwt`, EdDSA; RFC 7519, RFC 8037).
 */
import { compactVerify } from 'jose/jws/compact/verify';
import { importJWK } from 'jose/key/import';
import type { components } from './contract.js';
import type { LeaseFault } from './errors.js';

export type KeySet = components['schemas']['JsonWebKeySet'];

/** What stands in a lease. Instants in milliseconds since 1970 UTC. */
export interface Lease {
  readonly issuer: string;
  readonly deviceId: string;
  readonly licenseId: string;
  readonly issuedAt: number;
  readonly expiresAt: number;
}

/** What a lease has to say to be one of this session. */
export interface LeaseExpectation {
  readonly fingerprint: string;
  readonly deviceId: string;
  readonly licenseId: string;
  /** Null where none is known yet: the first lease says it. */
  readonly issuer: string | null;
}

const leaseType = 'seatkeeper-lease+jwt';

/** Reads a lease without verifying anything; null where it is none. */
export function readLease(text: string): { lease: Lease; fingerprintHash: string; keyId: string } | null {
  const [header = '', claims = ''] = text.split('.');
  try {
    const { typ, alg, kid } = jsonIn(header);
    const { iss, sub, lic, fpr, iat, exp } = jsonIn(claims);
    if (typ !== leaseType || alg !== 'EdDSA' || typeof kid !== 'string') return null;
    if (typeof iss !== 'string' || typeof sub !== 'string' || typeof lic !== 'string' || typeof fpr !== 'string')
      return null;
    if (!Number.isSafeInteger(iat) || !Number.isSafeInteger(exp)) return null;
    const lease = {
      issuer: iss,
      deviceId: sub,
      licenseId: lic,
      issuedAt: (iat as number) * 1000,
      expiresAt: (exp as number) * 1000,
    };
    return { lease, fingerprintHash: fpr, keyId: kid };
  } catch {
    return null;
  }
}

/** The key by which a lease says that it was signed; null where it says none. */
export function keyIdOf(text: string): string | null {
  return readLease(text)?.keyId ?? null;
}

/**
 * Verifies a lease, dates aside.
 *
 * @returns the lease, or what is wrong with it; `unknownKey` where it may have been signed with a key that is not in the set
 */
export async function verifyLease(
  text: string,
  keys: KeySet,
  expected: LeaseExpectation,
): Promise<Lease | LeaseFault | 'unknownKey'> {
  const read = readLease(text);
  if (read === null) return 'malformed';
  const { lease, fingerprintHash, keyId } = read;
  const key = keys.keys.find(({ kid }) => kid === keyId);
  if (key === undefined) return 'unknownKey';
  // As in a page that is not secure.
  if (crypto.subtle === undefined) return 'unsupported';
  try {
    const imported = await importJWK({ ...key }, 'EdDSA');
    await compactVerify(text, imported, { algorithms: ['EdDSA'] });
  } catch (error) {
    return (error as { code?: unknown }).code === 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED' ? 'forged' : faultOf(error);
  }
  if (fingerprintHash !== (await fingerprintHashOf(expected.fingerprint))) return 'otherFingerprint';
  const isOurs =
    lease.deviceId === expected.deviceId &&
    lease.licenseId === expected.licenseId &&
    (expected.issuer === null || lease.issuer === expected.issuer);
  return isOurs ? lease : 'foreign';
}

/** WebCrypto says `NotSupportedError` where it does not know the curve; what else fails is not signed as it says. */
function faultOf(error: unknown): LeaseFault {
  const name = (error as { name?: unknown }).name;
  return name === 'NotSupportedError' || name === 'JOSENotSupported' ? 'unsupported' : 'forged';
}

/** The key set in an answer of `/.well-known/jwks.json`; null where it is none. */
export function keySetIn(body: unknown): KeySet | null {
  const { keys } = (body ?? {}) as { keys?: unknown };
  if (!Array.isArray(keys)) return null;
  const isKey = (key: unknown): boolean => {
    const { kty, crv, x, kid } = (key ?? {}) as Record<string, unknown>;
    return kty === 'OKP' && crv === 'Ed25519' && typeof x === 'string' && typeof kid === 'string';
  };
  return keys.every(isKey) ? { keys: keys as KeySet['keys'] } : null;
}

async function fingerprintHashOf(fingerprint: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(fingerprint));
  return btoa(String.fromCharCode(...new Uint8Array(digest)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}

function jsonIn(part: string): Record<string, unknown> {
  const bytes = Uint8Array.from(atob(part.replaceAll('-', '+').replaceAll('_', '/')), (character) =>
    character.charCodeAt(0),
  );
  return JSON.parse(new TextDecoder().decode(bytes)) as Record<string, unknown>;
}
