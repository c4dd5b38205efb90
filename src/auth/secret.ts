/**
 * Secrets that the server gives out (device tokens, access tokens, license keys, links, what is in cookies) and the hash under which it knows them. A
 * secret leaves the process once, in the answer that makes it; it is never stored, logged or shown again.
 */
import { hash, randomBytes } from 'node:crypto';

/** What a secret begins with, so that people and secret scanners see what it opens. */
export const secretPrefixes = {
  deviceToken: 'skd_',
  accessToken: 'ska_',
  licenseKey: 'skl_',
  session: 'sks_',
  knownBrowser: 'skb_',
  link: 'sko_',
} as const;

export type SecretPrefix = (typeof secretPrefixes)[keyof typeof secretPrefixes];

const randomByteCount = 32;
const hintLength = 6;

/** A new secret: the prefix and 256 random bits in base64url, 43 characters. */
export function newSecret(prefix: SecretPrefix): string {
  return prefix + randomBytes(randomByteCount).toString('base64url');
}

/**
 * The SHA-256 of a secret, base64url, as it is stored. A fast hash is enough for 256 random bits; only what people think up
 * needs a slow one. Secrets are found by an index over this hash and never compared character by character: how long that
 * search takes says something about hashes, which nobody can steer without inverting SHA-256, so it needs no constant time.
 */
export function hashSecret(secret: string): string {
  return hash('sha256', secret, 'base64url');
}

/** The last characters of a secret, by which people recognize it (`License.keyHint`). */
export function hintOf(secret: string): string {
  return secret.slice(-hintLength);
}
