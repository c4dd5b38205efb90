/** What a signed lease holds, and how far leases reach, as the batch records it. */
import { createHash } from 'node:crypto';
import { calculateJwkThumbprint, decodeProtectedHeader, importJWK, jwtVerify } from 'jose';
import { type LeaseBound, LeaseSigner } from '../../src/leases/lease.signer.js';
import { type LeaseClaims, leaseType } from '../../src/leases/lease.js';
import { recordLeaseBound } from '../../src/leases/lease-bound.statement.js';
import { rotateSigningKey } from '../../src/leases/signing-key.rotation.js';
import type { SigningKeys } from '../../src/leases/signing-keys.js';
import { SqliteDatabase } from '../../src/persistence/sqlite.database.js';
import { day, freshFile, hour, leaseAt, loadKeys, minute, rowsOf, start } from './scene.js';

const issuer = { publicUrl: 'https://seats.example' };

describe('a signed lease', () => {
  let database: SqliteDatabase;
  let keys: SigningKeys;
  let signer: LeaseSigner;

  beforeEach(async () => {
    database = await SqliteDatabase.open(freshFile());
    keys = await loadKeys(database);
    signer = new LeaseSigner(keys, issuer);
  });
  afterEach(() => database.close());

  it('has the header of a lease and of nothing else', async () => {
    const { kid } = keys.keyThatSigns(start);
    expect(decodeProtectedHeader(signer.sign(leaseAt(start), start))).toEqual({ typ: leaseType, alg: 'EdDSA', kid });
    expect(leaseType).toBe('seatkeeper-lease+jwt');
    expect(kid).toBe(await calculateJwkThumbprint(keys.keyThatSigns(start).publicJwk));
  });

  it('says which device may run until when, and says nothing more', async () => {
    const claims = await verified(signer.sign(leaseAt(start), start));
    expect(claims).toEqual({
      iss: 'https://seats.example',
      sub: '01936f2a-5c3e-7b1d-8a4f-2d6c9e0b7a15',
      lic: '01936f2a-5c3e-7b1d-8a4f-2d6c9e0b7a16',
      fpr: createHash('sha256').update('machine-8f14e45f').digest('base64url'),
      jti: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/),
      iat: Date.UTC(2026, 10, 24, 9, 30, 0) / 1000,
      exp: Date.UTC(2026, 11, 24, 9, 30, 0) / 1000,
    });
    expect(parseInt(claims.jti.replace('-', '').slice(0, 12), 16)).toBe(start);
  });

  it('has an id of its own, each of thousands given in the same millisecond', async () => {
    const leases = Array.from({ length: 2_500 }, () => signer.sign(leaseAt(start), start));
    const ids = leases.map((lease) => JSON.parse(Buffer.from(lease.split('.')[1] ?? '', 'base64url').toString()).jti);
    expect(new Set(ids).size).toBe(2_500);
  });

  it('is signed for any fingerprint that the contract allows', async () => {
    for (const fingerprint of ['"quoted"\\back', '!~!~!~!~', 'x'.repeat(255)]) {
      const claims = await verified(signer.sign(leaseAt(start, { fingerprint }), start));
      expect(claims.fpr).toBe(createHash('sha256').update(fingerprint).digest('base64url'));
    }
  });

  it('verifies neither after its end, nor with a changed claim, nor as another kind of token', async () => {
    const lease = signer.sign(leaseAt(start), start);
    await expect(verified(lease, start + 30 * day)).rejects.toMatchObject({ code: 'ERR_JWT_EXPIRED' });
    const [header, payload = '', signature] = lease.split('.');
    const claims = { ...JSON.parse(Buffer.from(payload, 'base64url').toString()), exp: 9_999_999_999 };
    const longer = [header, Buffer.from(JSON.stringify(claims)).toString('base64url'), signature].join('.');
    await expect(verified(longer)).rejects.toMatchObject({ code: 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED' });
    await expect(verified(lease, start, 'at+jwt')).rejects.toMatchObject({ code: 'ERR_JWT_CLAIM_VALIDATION_FAILED' });
  });

  it('verifies with the public half of no other key', async () => {
    const other = await SqliteDatabase.open(freshFile());
    try {
      const lease = new LeaseSigner(await loadKeys(other), issuer).sign(leaseAt(start), start);
      await expect(verified(lease)).rejects.toMatchObject({ code: 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED' });
    } finally {
      await other.close();
    }
  });

  describe('and how far leases under a key reach', () => {
    it('is nothing to record before the first lease', () => {
      expect(signer.takeBoundToRecord()).toBeNull();
    });

    it('is recorded as the next full hour, and then not again for leases that end before', async () => {
      signer.sign(leaseAt(start), start);
      const bound = takenBound();
      expect(bound).toEqual({ kid: keys.keyThatSigns(start).kid, lastLeaseEndsAt: Date.UTC(2026, 11, 24, 10) });
      await record(bound);
      expect((await rowsOf(database))[0]?.lastLeaseEndsAt).toBe(bound.lastLeaseEndsAt);

      const before = start + 29 * minute;
      signer.sign(leaseAt(before), before);
      expect(signer.takeBoundToRecord()).toBeNull();
      const after = start + 31 * minute;
      signer.sign(leaseAt(after), after);
      expect(takenBound().lastLeaseEndsAt).toBe(bound.lastLeaseEndsAt + hour);
    });

    it('covers a lease that ends on the hour, and none after it', async () => {
      const leaseExpiresAt = Date.UTC(2026, 11, 24, 10);
      signer.sign(leaseAt(start, { leaseExpiresAt }), start);
      expect(takenBound().lastLeaseEndsAt).toBe(leaseExpiresAt);
      await record(takenBound());
      signer.sign(leaseAt(start, { leaseExpiresAt: leaseExpiresAt + 1000 }), start);
      expect(takenBound().lastLeaseEndsAt).toBe(leaseExpiresAt + hour);
    });

    it('is asked for again after a batch that was rolled back', async () => {
      signer.sign(leaseAt(start), start);
      const bound = takenBound();
      const rolledBack = database.write(async (session) => {
        await recordLeaseBound(session, bound);
        throw new Error('the batch fails');
      });
      await expect(rolledBack).rejects.toThrow('the batch fails');
      expect((await rowsOf(database))[0]?.lastLeaseEndsAt).toBeNull();
      expect(takenBound()).toEqual(bound);
    });

    it('is nothing to record after a restart where the database already says so', async () => {
      signer.sign(leaseAt(start), start);
      await record(takenBound());
      const restarted = new LeaseSigner(await loadKeys(database), issuer);
      restarted.sign(leaseAt(start), start);
      expect(restarted.takeBoundToRecord()).toBeNull();
    });

    it('never moves back, whoever records it', async () => {
      const { kid } = keys.keyThatSigns(start);
      await database.write((session) => recordLeaseBound(session, { kid, lastLeaseEndsAt: 2 * hour }));
      await database.write((session) => recordLeaseBound(session, { kid, lastLeaseEndsAt: hour }));
      expect((await rowsOf(database))[0]?.lastLeaseEndsAt).toBe(2 * hour);
    });

    it('is about the new key as soon as that signs', async () => {
      signer.sign(leaseAt(start), start);
      await record(takenBound());
      const { kid, signsFrom } = await rotateSigningKey(database, null, start);
      await keys.refresh(start);
      signer.sign(leaseAt(start), signsFrom);
      expect(takenBound().kid).toBe(kid);
    });
  });

  async function verified(lease: string, now = start, typ: string = leaseType): Promise<LeaseClaims> {
    const key = await importJWK({ ...keys.keyThatSigns(start).publicJwk }, 'EdDSA');
    const options = { typ, issuer: issuer.publicUrl, currentDate: new Date(now), algorithms: ['EdDSA'] };
    return (await jwtVerify<LeaseClaims>(lease, key, options)).payload;
  }

  function takenBound(): LeaseBound {
    const bound = signer.takeBoundToRecord();
    if (bound === null) throw new Error('there is nothing to record');
    return bound;
  }

  async function record(bound: LeaseBound): Promise<void> {
    await database.write((session) => recordLeaseBound(session, bound));
    signer.recorded(bound);
  }
});
