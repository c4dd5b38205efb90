/** The keys of a server: made at the first start, encrypted where a secret is set, rotated by another process. */
import { LeaseSigner } from '../../src/leases/lease.signer.js';
import { recordLeaseBound } from '../../src/leases/lease-bound.statement.js';
import { rotateSigningKey } from '../../src/leases/signing-key.rotation.js';
import { type SigningKeys } from '../../src/leases/signing-keys.js';
import { SigningKeysRefused } from '../../src/leases/signing-keys.refused.js';
import { SqliteDatabase } from '../../src/persistence/sqlite.database.js';
import { day, freshFile, leaseAt, loadKeys, minute, otherSecret, rowsOf, secret, start } from './scene.js';

describe('the signing keys of a server', () => {
  let file: string;
  let database: SqliteDatabase;

  beforeEach(async () => {
    file = freshFile();
    database = await SqliteDatabase.open(file);
  });
  afterEach(() => database.close());

  describe('at the start', () => {
    it('are one, made at the first start, which signs at once', async () => {
      const keys = await loadKeys(database);
      const rows = await rowsOf(database);
      expect(rows).toHaveLength(1);
      expect(rows[0]).toMatchObject({ createdAt: start, signsFrom: start, lastLeaseEndsAt: null, sealed: false });
      expect(keys.keyThatSigns(start).kid).toBe(rows[0]?.id);
    });

    it('are the same at the next start', async () => {
      const { kid } = (await loadKeys(database)).keyThatSigns(start);
      expect((await loadKeys(database, { now: start + day })).keyThatSigns(start + day).kid).toBe(kid);
      expect(await rowsOf(database)).toHaveLength(1);
    });

    it('are one also where several servers start at once on an empty database', async () => {
      const other = await SqliteDatabase.open(file);
      try {
        const loaded = await Promise.all([loadKeys(database), loadKeys(other), loadKeys(database)]);
        expect(new Set(loaded.map((keys) => keys.keyThatSigns(start).kid)).size).toBe(1);
      } finally {
        await other.close();
      }
    });
  });

  describe('with a secret', () => {
    it('are in the database encrypted only', async () => {
      const { kid } = (await loadKeys(database, { secret })).keyThatSigns(start);
      const [row] = await rowsOf(database);
      expect(row).toMatchObject({ id: kid, sealed: true });
      expect(row?.privateKey).not.toMatch(/"d"|kty/);
      expect(Buffer.from(row?.privateKey ?? '', 'base64url').toString('latin1')).not.toMatch(/"d"|kty/);
      expect((await loadKeys(database, { secret })).keyThatSigns(start).kid).toBe(kid);
    });

    it('stop the start where it is another or missing, and stay as they were', async () => {
      await loadKeys(database, { secret });
      const rows = await rowsOf(database);
      for (const wrong of [otherSecret, null]) {
        const starting = loadKeys(database, { secret: wrong });
        await expect(starting).rejects.toThrow(SigningKeysRefused);
        await expect(starting).rejects.toThrow(/^[^\n]*SEATKEEPER_SECRET[^\n]*\.$/);
      }
      expect(await rowsOf(database)).toEqual(rows);
    });

    it('stop a rotation where it is another or missing, and stay as they were', async () => {
      await loadKeys(database, { secret });
      const rows = await rowsOf(database);
      for (const wrong of [otherSecret, null]) {
        await expect(rotateSigningKey(database, wrong, start)).rejects.toThrow(/SEATKEEPER_SECRET/);
      }
      expect(await rowsOf(database)).toEqual(rows);
    });

    it('that is new are encrypted at the start, which says so once', async () => {
      const { kid } = (await loadKeys(database)).keyThatSigns(start);
      const told: string[] = [];
      const keys = await loadKeys(database, { secret, told });
      expect(keys.keyThatSigns(start).kid).toBe(kid);
      expect(told).toEqual([expect.stringMatching(/^SEATKEEPER_SECRET is set: .+ encrypted with it\.$/)]);
      expect(await rowsOf(database)).toEqual([expect.objectContaining({ id: kid, sealed: true })]);
      await loadKeys(database, { secret, told });
      expect(told).toHaveLength(1);
    });

    it('that is wrong for one key leave the others in the clear', async () => {
      await loadKeys(database, { secret });
      const other = await SqliteDatabase.open(freshFile());
      await loadKeys(other);
      const [bare] = await rowsOf(other);
      await other.close();
      await database.write((session) =>
        session.run(`INSERT INTO signing_key VALUES (?, ?, ?, FALSE, ?, ?, NULL)`, [
          bare?.id ?? '',
          bare?.publicJwk ?? '',
          bare?.privateKey ?? '',
          start + 1,
          start + 1,
        ]),
      );
      await expect(loadKeys(database, { secret: otherSecret })).rejects.toThrow(/SEATKEEPER_SECRET/);
      expect((await rowsOf(database))[1]).toEqual({ ...bare, createdAt: start + 1, signsFrom: start + 1 });
    });

    it('that only the rotation has are not rotated, since the server could not read the new one', async () => {
      await loadKeys(database);
      await expect(rotateSigningKey(database, secret, start)).rejects.toThrow(/SEATKEEPER_SECRET.*restart the server/);
      expect(await rowsOf(database)).toHaveLength(1);
    });
  });

  it('stop the start where one is damaged, without a piece of it in the sentence', async () => {
    await loadKeys(database);
    const [row] = await rowsOf(database);
    const { d } = JSON.parse(row?.privateKey ?? '{}') as { d: string };
    const another = JSON.stringify({ ...JSON.parse(row?.privateKey ?? '{}'), x: d });
    for (const damaged of [`{"kty":"OKP","d":"${d}`, '{}', 'null', another]) {
      await database.write((session) => session.run('UPDATE signing_key SET private_key = ?', [damaged]));
      const starting = loadKeys(database);
      await expect(starting).rejects.toThrow(`The signing key ${row?.id} in the database is damaged.`);
      await expect(starting).rejects.not.toThrow(d);
    }
  });

  describe('rotated by another process', () => {
    let keys: SigningKeys;
    let oldKid: string;

    beforeEach(async () => {
      keys = await loadKeys(database);
      oldKid = keys.keyThatSigns(start).kid;
    });

    it('are noticed when read again, and the new one signs ten minutes later', async () => {
      const { kid, signsFrom } = await rotateElsewhere(start + day);
      expect(signsFrom).toBe(start + day + 10 * minute);
      await keys.refresh(start + day);
      expect(publicKids(start + day)).toEqual([oldKid, kid]);
      expect(keys.keyThatSigns(signsFrom - 1).kid).toBe(oldKid);
      expect(keys.keyThatSigns(signsFrom).kid).toBe(kid);
    });

    it('keep the old public key until the last lease under it has ended', async () => {
      const signer = new LeaseSigner(keys, { publicUrl: 'https://seats.example' });
      signer.sign(leaseAt(start), start);
      const bound = signer.takeBoundToRecord();
      if (bound === null) throw new Error('there is nothing to record');
      await database.write((session) => recordLeaseBound(session, bound));
      const { kid } = await rotateElsewhere(start);
      await keys.refresh(bound.lastLeaseEndsAt - 1);
      expect(publicKids(bound.lastLeaseEndsAt - 1)).toEqual([oldKid, kid]);
      expect(publicKids(bound.lastLeaseEndsAt)).toEqual([kid]);
    });

    it('lose the private half of the old key once the new one signs, and not before', async () => {
      const { kid, signsFrom } = await rotateElsewhere(start);
      await keys.refresh(signsFrom - 1);
      expect(await kidsWithPrivateHalf()).toEqual([oldKid, kid]);
      await keys.refresh(signsFrom);
      expect(await kidsWithPrivateHalf()).toEqual([kid]);
      expect((await loadKeys(database, { now: signsFrom })).keyThatSigns(signsFrom).kid).toBe(kid);
    });

    it('lose it also at a start and at the next rotation', async () => {
      const second = await rotateElsewhere(start);
      await loadKeys(database, { now: second.signsFrom });
      expect(await kidsWithPrivateHalf()).toEqual([second.kid]);
      const third = await rotateElsewhere(start + day);
      const fourth = await rotateElsewhere(start + 2 * day);
      expect(await kidsWithPrivateHalf()).toEqual([third.kid, fourth.kid]);
    });

    it('follow each other when rotated twice within ten minutes', async () => {
      const second = await rotateElsewhere(start);
      const third = await rotateElsewhere(start + minute);
      await keys.refresh(start + minute);
      expect(publicKids(start + minute)).toEqual([oldKid, second.kid, third.kid]);
      expect(keys.keyThatSigns(second.signsFrom).kid).toBe(second.kid);
      expect(keys.keyThatSigns(third.signsFrom).kid).toBe(third.kid);
    });

    it('are encrypted where the server has a secret', async () => {
      await loadKeys(database, { secret });
      const { kid } = await rotateSigningKey(database, secret, start);
      expect((await rowsOf(database)).map((row) => row.sealed)).toEqual([true, true]);
      const sealed = await loadKeys(database, { secret });
      expect(sealed.keyThatSigns(start + 10 * minute).kid).toBe(kid);
    });

    it('are made where there is none yet, to sign at once', async () => {
      const empty = await SqliteDatabase.open(freshFile());
      try {
        const { kid, signsFrom } = await rotateSigningKey(empty, null, start);
        expect(signsFrom).toBe(start);
        expect((await loadKeys(empty)).keyThatSigns(start).kid).toBe(kid);
      } finally {
        await empty.close();
      }
    });

    async function rotateElsewhere(now: number): Promise<{ kid: string; signsFrom: number }> {
      const other = await SqliteDatabase.open(file);
      try {
        return await rotateSigningKey(other, null, now);
      } finally {
        await other.close();
      }
    }

    function publicKids(now: number): string[] {
      return keys.published(now).map((key) => key.kid);
    }

    async function kidsWithPrivateHalf(): Promise<string[]> {
      return (await rowsOf(database)).filter((row) => row.privateKey !== '').map((row) => row.id);
    }
  });

  it('go on from memory where the database cannot be read, and tell the operator', async () => {
    const gone = await SqliteDatabase.open(freshFile());
    const told: string[] = [];
    const keys = await loadKeys(gone, { told });
    const { kid } = keys.keyThatSigns(start);
    await gone.close();
    await keys.refresh(start);
    expect(keys.keyThatSigns(start).kid).toBe(kid);
    expect(told).toEqual([expect.stringMatching(/^The signing keys could not be read again: /)]);
  });
});
