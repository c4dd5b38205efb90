/**
 * Makes signing keys: the first, and the one that follows at a rotation; and erases private halves whose time is over. Each is
 * a step within a transaction that somebody else began.
 */
import type { Database } from '../persistence/database.js';
import type { Session } from '../persistence/session.js';
import { holdTopic } from '../persistence/topic.lock.js';
import { isBare, newRow, signingKeyOf } from './signing-key.mapper.js';
import { SigningKeySeal } from './signing-key.seal.js';
import { allSigningKeys, erasePrivateHalf, insertSigningKey } from './signing-key.statements.js';
import { type SigningKey, newKeyPair, publishedAheadMillis, supersededKeys } from './signing-key.js';
import { SigningKeysRefused } from './signing-keys.refused.js';

/** A rotation that was committed. */
export interface Rotation {
  readonly kid: string;
  /** From when on the new key signs, in epoch milliseconds. */
  readonly signsFrom: number;
}

/**
 * Rotates: adds a key that is public at once and signs ten minutes later, or at once where there is none yet. Servers that run
 * on the same database notice by themselves.
 *
 * @param secret `SEATKEEPER_SECRET`, as the server has it, or null
 * @param now epoch milliseconds
 * @throws SigningKeysRefused where the secret does not fit the keys that are there
 */
export async function rotateSigningKey(database: Database, secret: Uint8Array | null, now: number): Promise<Rotation> {
  const seal = secret === null ? null : new SigningKeySeal(secret);
  const pair = await newKeyPair();
  return database.write(async (session) => {
    await holdTopic(session, 'signingKeys');
    const rows = await allSigningKeys(session);
    if (seal !== null && rows.some(isBare)) {
      // A server that runs without the secret could not read the new key, so sealing is for its next start.
      throw new SigningKeysRefused(
        'SEATKEEPER_SECRET is set, and the signing keys in the database are not encrypted: restart the server with it first, which encrypts them.',
      );
    }
    const keys = rows.map((row) => signingKeyOf(row, seal));
    await eraseSuperseded(session, keys, now);
    const row = newRow(pair, { createdAt: now, signsFrom: keys.length === 0 ? now : now + publishedAheadMillis }, seal);
    await insertSigningKey(session, row);
    return { kid: row.id, signsFrom: row.signsFrom };
  });
}

/** The keys whose private half is no longer needed at `now`: those that a newer key has replaced. */
export function erasableKeys(keys: readonly SigningKey[], now: number): SigningKey[] {
  return supersededKeys(keys, now)
    .map(({ key }) => key)
    .filter((key) => key.privateKey !== null);
}

/** Erases the private halves that are no longer needed at `now`; the public ones stay for the leases that still hold. */
export async function eraseSuperseded(session: Session, keys: readonly SigningKey[], now: number): Promise<void> {
  for (const key of erasableKeys(keys, now)) await erasePrivateHalf(session, key.kid);
}
