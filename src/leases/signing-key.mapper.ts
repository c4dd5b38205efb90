/** A row of `signing_key` and the key in memory: opens what is sealed, and says in a sentence why it cannot. */
import { type KeyObject, createPrivateKey } from 'node:crypto';
import type { SigningKeyEntity } from './signing-key.entity.js';
import type { SigningKeySeal } from './signing-key.seal.js';
import { type PrivateJwk, type PublicJwk, type SigningKey, publicHalf } from './signing-key.js';
import { SigningKeysRefused } from './signing-keys.refused.js';

/** A row of `signing_key`. */
export type SigningKeyRow = SigningKeyEntity;

/** What stands in the place of a private half that was erased. */
export const erased = '';

/**
 * The key of a row.
 *
 * @param seal null where no `SEATKEEPER_SECRET` is set
 * @throws SigningKeysRefused where it is sealed and the secret is missing or another, or where it is damaged
 */
export function signingKeyOf(row: SigningKeyRow, seal: SigningKeySeal | null): SigningKey {
  return withPrivateKey(row, row.privateKey === erased ? null : privateKeyOf(row, seal));
}

/** The key of a row whose private half is known already. */
export function withPrivateKey(row: SigningKeyRow, privateKey: KeyObject | null): SigningKey {
  const { id, createdAt, signsFrom, lastLeaseEndsAt } = row;
  return { kid: id, publicJwk: publicJwkOf(row), privateKey, createdAt, signsFrom, lastLeaseEndsAt };
}

/** The row of a new key, which no lease was signed with. Instants are epoch milliseconds. */
export function newRow(
  { kid, privateJwk }: { kid: string; privateJwk: PrivateJwk },
  { createdAt, signsFrom }: { createdAt: number; signsFrom: number },
  seal: SigningKeySeal | null,
): SigningKeyRow {
  const text = JSON.stringify(privateJwk);
  return {
    id: kid,
    publicJwk: JSON.stringify(publicHalf(privateJwk)),
    privateKey: seal === null ? text : seal.seal(kid, text),
    sealed: seal !== null,
    createdAt,
    signsFrom,
    lastLeaseEndsAt: null,
  };
}

/** Whether the private half stands in the row in the clear. */
export function isBare(row: SigningKeyRow): boolean {
  return row.privateKey !== erased && !row.sealed;
}

function publicJwkOf(row: SigningKeyRow): PublicJwk {
  try {
    return publicHalf(JSON.parse(row.publicJwk) as PublicJwk);
  } catch {
    throw damaged(row);
  }
}

function privateKeyOf(row: SigningKeyRow, seal: SigningKeySeal | null): KeyObject {
  const text = row.sealed ? openedText(row, seal) : row.privateKey;
  const { x } = publicJwkOf(row);
  try {
    const privateJwk = JSON.parse(text) as PrivateJwk;
    if (privateJwk.x === x) return createPrivateKey({ key: { ...privateJwk }, format: 'jwk' });
  } catch {
    // Not passed on: the parser's own sentence would repeat a piece of the key.
  }
  throw damaged(row);
}

function damaged(row: SigningKeyRow): SigningKeysRefused {
  return new SigningKeysRefused(
    `The signing key ${row.id} in the database is damaged. Restore a backup of the database.`,
  );
}

function openedText(row: SigningKeyRow, seal: SigningKeySeal | null): string {
  if (seal === null) {
    throw new SigningKeysRefused(
      'The signing keys in the database are encrypted, and SEATKEEPER_SECRET is not set: set it to the secret they were encrypted with.',
    );
  }
  const text = seal.open(row.id, row.privateKey);
  if (text !== null) return text;
  throw new SigningKeysRefused(
    'SEATKEEPER_SECRET is not the secret that the signing keys in the database were encrypted with: set it to that one.',
  );
}
