/** What the tests of leases start from: an empty database of their own, and a moment. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LeaseInput } from '../../src/leases/lease.js';
import type { SigningKeyRow } from '../../src/leases/signing-key.mapper.js';
import { allSigningKeys } from '../../src/leases/signing-key.statements.js';
import { SigningKeys } from '../../src/leases/signing-keys.js';
import type { Database } from '../../src/persistence/database.js';

export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;

/** The moment at which the tests begin: half past nine and a fraction of a second. */
export const start = Date.UTC(2026, 10, 24, 9, 30, 0, 250);

export const secret = Buffer.alloc(32, 7);
export const otherSecret = Buffer.alloc(32, 8);

export function freshFile(): string {
  return join(mkdtempSync(join(tmpdir(), 'leases-')), 'seatkeeper.sqlite');
}

/** A lease given at `now` for thirty days. */
export function leaseAt(now: number, more: Partial<LeaseInput> = {}): LeaseInput {
  return {
    deviceId: '01936f2a-5c3e-7b1d-8a4f-2d6c9e0b7a15',
    licenseId: '01936f2a-5c3e-7b1d-8a4f-2d6c9e0b7a16',
    fingerprint: 'machine-8f14e45f',
    leaseExpiresAt: Math.floor((now + 30 * day) / 1000) * 1000,
    ...more,
  };
}

/** Starts as a server would; what it tells the operator goes to `told`. */
export function loadKeys(
  database: Database,
  { secret = null, now = start, told = [] }: { secret?: Buffer | null; now?: number; told?: string[] } = {},
): Promise<SigningKeys> {
  return SigningKeys.load({ database, secret, now, notify: (sentence) => told.push(sentence) });
}

export function rowsOf(database: Database): Promise<SigningKeyRow[]> {
  return database.read(allSigningKeys);
}
