/**
 * Signs leases, one call per lease, on the hot path: with everything about a key prepared once, and, where there is a signing
 * thread, beside the COMMIT of the batch that gives them. It also
 * knows until when leases under a key can hold, which the batch records with them. It never reads the database.
 */
import { sign } from 'node:crypto';
import { type LeaseInput, leaseClaimsJson, leaseHeader } from './lease.js';
import type { UsableKey } from './signing-key.js';
import type { SigningThread } from './signing.thread.js';

/** Where the signer gets the key for a moment (epoch milliseconds). Asked for each lease, so it answers from memory. */
export interface KeySource {
  keyThatSigns(now: number): UsableKey;
}

/** Where the `iss` comes from. */
export interface Issuer {
  /** `SEATKEEPER_PUBLIC_URL`, or the listening address. */
  readonly publicUrl: string;
}

/** No lease under the key `kid` ends after `lastLeaseEndsAt` (epoch milliseconds, a full hour). */
export interface LeaseBound {
  readonly kid: string;
  readonly lastLeaseEndsAt: number;
}

/** What is kept per key: the encoded header with its dot, and how far leases under it reach, as signed and as recorded. */
interface KeyInUse {
  readonly header: string;
  signedUntil: number;
  recordedUntil: number;
}

/** A lease on its way: its text is fixed, its signature may still be made elsewhere. */
export interface PendingLease {
  /** The signed lease, in compact form. */
  compact(): string;
}

const hourMillis = 60 * 60_000;

export class LeaseSigner {
  private readonly inUse = new Map<string, KeyInUse>();
  /** The key of the latest lease. */
  private latest: UsableKey | null = null;

  /**
   * @param issuer gives the `iss`; asked for each lease, as the listening address is known only once the server listens
   * @param thread signs beside this one, or null
   */
  constructor(
    private readonly keys: KeySource,
    private readonly issuer: Issuer,
    private readonly thread: SigningThread | null = null,
  ) {}

  /** As `begin`, and in compact form at once. */
  sign(input: LeaseInput, now: number): string {
    return this.begin(input, now).compact();
  }

  /**
   * A lease, to be signed while its batch is written: `signBegun` lets the signing thread start.
   *
   * @param now epoch milliseconds; chooses the key and is the `iat`
   */
  begin(input: LeaseInput, now: number): PendingLease {
    const key = this.keys.keyThatSigns(now);
    const inUse = this.inUse.get(key.kid) ?? this.takeIntoUse(key);
    const claims = leaseClaimsJson(input, JSON.stringify(this.issuer.publicUrl), now);
    const text = inUse.header + Buffer.from(claims).toString('base64url');
    if (input.leaseExpiresAt > inUse.signedUntil) inUse.signedUntil = input.leaseExpiresAt;
    this.latest = key;
    const { thread } = this;
    const posted = thread?.post(text, key) ?? null;
    return {
      compact: () => {
        const signature = posted === null ? null : (thread?.collect(posted) ?? null);
        return `${text}.${signature ?? signatureOf(text, key)}`;
      },
    };
  }

  /** Lets the signing thread work on the leases that were begun. */
  signBegun(): void {
    this.thread?.call();
  }

  /**
   * What the batch has to record in the transaction that its leases belong to, or null where what is recorded covers them.
   * Rounded up to the full hour, so that there is something to record about once an hour and not with every batch.
   * It is asked for again until `recorded` says that it was committed, so a batch that is rolled back loses nothing.
   * It is about the key of the latest lease: a batch has one `now`, hence one key, and leases that were rolled back were
   * never sent.
   */
  takeBoundToRecord(): LeaseBound | null {
    if (this.latest === null) return null;
    const inUse = this.inUse.get(this.latest.kid) ?? this.takeIntoUse(this.latest);
    const recordedUntil = Math.max(inUse.recordedUntil, this.latest.lastLeaseEndsAt ?? 0);
    if (inUse.signedUntil <= recordedUntil) return null;
    return { kid: this.latest.kid, lastLeaseEndsAt: Math.ceil(inUse.signedUntil / hourMillis) * hourMillis };
  }

  /** To be called after the COMMIT of the transaction that wrote this bound. */
  recorded(bound: LeaseBound): void {
    const inUse = this.inUse.get(bound.kid);
    if (inUse !== undefined) inUse.recordedUntil = Math.max(inUse.recordedUntil, bound.lastLeaseEndsAt);
  }

  private takeIntoUse(key: UsableKey): KeyInUse {
    const header = Buffer.from(JSON.stringify(leaseHeader(key.kid))).toString('base64url');
    const inUse = { header: `${header}.`, signedUntil: 0, recordedUntil: 0 };
    this.inUse.set(key.kid, inUse);
    return inUse;
  }
}

function signatureOf(text: string, key: UsableKey): string {
  return sign(null, Buffer.from(text, 'latin1'), key.privateKey).toString('base64url');
}
