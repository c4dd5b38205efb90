/**
 * A key that signs leases, as the server holds it in memory, and which of several is the one for a given moment. It knows
 * neither the database nor how a private half is sealed there.
 */
import { type KeyObject, generateKeyPairSync } from 'node:crypto';
import { calculateJwkThumbprint } from 'jose';

/** A public key as the JWKS shows it. */
export interface PublicJwk {
  readonly kty: 'OKP';
  readonly crv: 'Ed25519';
  readonly x: string;
}

/** The same key with its private half. */
export interface PrivateJwk extends PublicJwk {
  readonly d: string;
}

/** A signing key. Instants are epoch milliseconds. */
export interface SigningKey {
  /** The RFC 7638 thumbprint of the public key. */
  readonly kid: string;
  readonly publicJwk: PublicJwk;
  /** Null once it was erased. */
  readonly privateKey: KeyObject | null;
  readonly createdAt: number;
  /** From when on it signs. */
  readonly signsFrom: number;
  /** No recorded lease under it ends later; null while none was given. */
  readonly lastLeaseEndsAt: number | null;
}

/** A signing key that has its private half. */
export type UsableKey = SigningKey & { readonly privateKey: KeyObject };

/** How long a new key is public before it signs, and an old one at least stays when it no longer does: ten minutes. */
export const publishedAheadMillis = 10 * 60_000;

/** Makes a key pair; gives its private JWK, of which the public one is a part, and the `kid`. */
export async function newKeyPair(): Promise<{ kid: string; privateJwk: PrivateJwk }> {
  const { x, d } = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
  if (x === undefined || d === undefined) throw new Error('an Ed25519 key without x or d');
  const privateJwk: PrivateJwk = { kty: 'OKP', crv: 'Ed25519', x, d };
  return { kid: await calculateJwkThumbprint(publicHalf(privateJwk)), privateJwk };
}

export function publicHalf({ kty, crv, x }: PublicJwk): PublicJwk {
  return { kty, crv, x };
}

/** Oldest first, by the moment from which they sign; the same for every process. */
export function bySigningOrder(one: SigningKey, other: SigningKey): number {
  return one.signsFrom - other.signsFrom || one.createdAt - other.createdAt || (one.kid < other.kid ? -1 : 1);
}

/**
 * The key that signs at `now` (epoch milliseconds): the newest whose time has come. Where none has, because the machine's
 * clock was set back, the one whose time comes first, so that devices do not go without leases.
 *
 * @param keys in signing order
 * @returns undefined where no key has a private half
 */
export function keyThatSigns(keys: readonly SigningKey[], now: number): UsableKey | undefined {
  const usable = keys.filter(isUsable);
  return usable.findLast((key) => key.signsFrom <= now) ?? usable[0];
}

/** The keys that a newer one has replaced at `now`, with the moment of that. `keys` are in signing order. */
export function supersededKeys(keys: readonly SigningKey[], now: number): { key: SigningKey; since: number }[] {
  return keys.flatMap((key, index) => {
    const successor = keys[index + 1];
    return successor !== undefined && successor.signsFrom <= now ? [{ key, since: successor.signsFrom }] : [];
  });
}

/**
 * The keys that verifiers need at `now`: the one that signs, those to come, and those replaced under which a lease may
 * still hold. A replaced key stays ten minutes in any case, for the batch that was signing at that moment.
 */
export function publishedKeys(keys: readonly SigningKey[], now: number): SigningKey[] {
  const superseded = new Map(supersededKeys(keys, now).map(({ key, since }) => [key, since]));
  return keys.filter((key) => {
    const since = superseded.get(key);
    if (since === undefined) return true;
    return now < Math.max(since + publishedAheadMillis, key.lastLeaseEndsAt ?? 0);
  });
}

function isUsable(key: SigningKey): key is UsableKey {
  return key.privateKey !== null;
}
