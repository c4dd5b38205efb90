/**
 * The signing keys of a running server, in memory: loaded before it listens, read again now and then because another process
 * may have rotated them. It hands out keys and signs nothing.
 */
import type { Database } from '../persistence/database.js';
import type { Session } from '../persistence/session.js';
import { holdTopic } from '../persistence/topic.lock.js';
import type { KeySource } from './lease.signer.js';
import { type SigningKeyRow, erased, isBare, newRow, signingKeyOf, withPrivateKey } from './signing-key.mapper.js';
import { erasableKeys, eraseSuperseded } from './signing-key.rotation.js';
import { SigningKeySeal } from './signing-key.seal.js';
import { allSigningKeys, insertSigningKey, sealSigningKey } from './signing-key.statements.js';
import { type SigningKey, type UsableKey, keyThatSigns, newKeyPair, publishedKeys } from './signing-key.js';

/** What the keys are loaded from and with. */
export interface SigningKeysOptions {
  readonly database: Database;
  /** The 32 bytes of `SEATKEEPER_SECRET`, or null. */
  readonly secret: Uint8Array | null;
  /** Epoch milliseconds. */
  readonly now: number;
  /** Takes a sentence that the operator should read. */
  readonly notify: (sentence: string) => void;
}

export class SigningKeys implements KeySource {
  private reading: Promise<void> | null = null;

  private constructor(
    private keys: readonly SigningKey[],
    private readonly database: Database,
    private readonly seal: SigningKeySeal | null,
    private readonly notify: (sentence: string) => void,
  ) {}

  /**
   * Loads the keys at the start, in one transaction: makes the first where there is none, and encrypts what stands in the clear
   * where a secret is set now.
   *
   * @throws SigningKeysRefused where the keys are encrypted and the secret is missing or another; nothing is changed then
   */
  static async load({ database, secret, now, notify }: SigningKeysOptions): Promise<SigningKeys> {
    const seal = secret === null ? null : new SigningKeySeal(secret);
    const pair = await newKeyPair();
    const keys = await database.write(async (session) => {
      await holdTopic(session, 'signingKeys');
      const rows = await allSigningKeys(session);
      const known = rows.map((row) => signingKeyOf(row, seal));
      if (known.length === 0) {
        const row = newRow(pair, { createdAt: now, signsFrom: now }, seal);
        await insertSigningKey(session, row);
        return [signingKeyOf(row, seal)];
      }
      if (seal !== null && (await sealBare(session, rows, seal))) {
        notify(
          'SEATKEEPER_SECRET is set: the signing keys, which were in the database in the clear, are now encrypted with it.',
        );
      }
      await eraseSuperseded(session, known, now);
      return known;
    });
    return new SigningKeys(keys, database, seal, notify);
  }

  /** The key that signs at `now` (epoch milliseconds), from memory. */
  keyThatSigns(now: number): UsableKey {
    const key = keyThatSigns(this.keys, now);
    if (key === undefined) throw new Error('no signing key has its private half');
    return key;
  }

  /** The keys that verifiers need at `now` (epoch milliseconds), from memory. */
  published(now: number): SigningKey[] {
    return publishedKeys(this.keys, now);
  }

  /**
   * Reads the keys again and erases private halves whose time is over. Never fails: what is in memory stays where the
   * database cannot be read, and the operator is told. Calls that arrive meanwhile share one reading.
   */
  refresh(now: number): Promise<void> {
    this.reading ??= this.readAgain(now)
      .catch((error: unknown) => this.notify(`The signing keys could not be read again: ${String(error)}`))
      .finally(() => (this.reading = null));
    return this.reading;
  }

  private async readAgain(now: number): Promise<void> {
    const rows = await this.database.read(allSigningKeys);
    const held = new Map(this.keys.map((key) => [key.kid, key.privateKey]));
    const keys = rows.map((row) => {
      const privateKey = held.get(row.id) ?? null;
      return privateKey === null ? signingKeyOf(row, this.seal) : withPrivateKey(row, privateKey);
    });
    if (keyThatSigns(keys, now) === undefined) throw new Error('the database has none that can sign');
    const erasable = new Set(erasableKeys(keys, now).map((key) => key.kid));
    this.keys = keys.map((key) => (erasable.has(key.kid) ? { ...key, privateKey: null } : key));
    if (rows.some((row) => erasable.has(row.id) && row.privateKey !== erased)) {
      await this.database.write((session) => eraseSuperseded(session, keys, now));
    }
  }
}

async function sealBare(session: Session, rows: readonly SigningKeyRow[], seal: SigningKeySeal): Promise<boolean> {
  const bare = rows.filter(isBare);
  for (const row of bare) await sealSigningKey(session, row.id, seal.seal(row.id, row.privateKey));
  return bare.length > 0;
}
