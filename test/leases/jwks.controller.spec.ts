/** The public keys over HTTP, as a verifier of leases fetches them with a JOSE library. */
import { Global, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { SignJWT, createRemoteJWKSet, generateKeyPair, jwtVerify } from 'jose';
import { Clock } from '../../src/clock/clock.js';
import { Configuration, parseConfiguration } from '../../src/config/configuration.js';
import { leaseType } from '../../src/leases/lease.js';
import { LeaseSigner } from '../../src/leases/lease.signer.js';
import { recordLeaseBound } from '../../src/leases/lease-bound.statement.js';
import { LeasesModule } from '../../src/leases/leases.module.js';
import { rotateSigningKey } from '../../src/leases/signing-key.rotation.js';
import { SigningKeys } from '../../src/leases/signing-keys.js';
import { Database } from '../../src/persistence/database.js';
import { SqliteDatabase } from '../../src/persistence/sqlite.database.js';
import { freshFile, leaseAt, start } from './scene.js';

class ClockInHand extends Clock {
  instant = start;
  override now(): number {
    return this.instant;
  }
}

describe('GET /.well-known/jwks.json', () => {
  let database: SqliteDatabase;
  let clock: ClockInHand;
  let app: NestFastifyApplication;
  let address: URL;
  let signer: LeaseSigner;

  beforeEach(async () => {
    database = await SqliteDatabase.open(freshFile());
    clock = new ClockInHand();
    app = await NestFactory.create<NestFastifyApplication>(moduleOf(database, clock), new FastifyAdapter(), {
      logger: false,
    });
    await app.listen(0, '127.0.0.1');
    address = new URL('/.well-known/jwks.json', await app.getUrl());
    signer = app.get(LeaseSigner);
  });
  afterEach(async () => {
    await app.close();
    await database.close();
  });

  it('shows the public key, and says how long it may be kept', async () => {
    const response = await fetch(address);
    const { kid, publicJwk } = app.get(SigningKeys).keyThatSigns(start);
    expect(response.status).toBe(200);
    expect(response.headers.get('cache-control')).toBe('public, max-age=300');
    expect(response.headers.get('content-type')).toMatch(/^application\/jwk-set\+json\b/);
    expect(await response.json()).toEqual({
      keys: [{ kty: 'OKP', crv: 'Ed25519', x: publicJwk.x, kid, use: 'sig', alg: 'EdDSA' }],
    });
  });

  it('verifies leases before, during and after a rotation', async () => {
    const early = await give();
    await expect(verified(early)).resolves.toMatchObject({ protectedHeader: { typ: leaseType } });

    const { kid, signsFrom } = await rotateSigningKey(database, null, clock.instant);
    await fetch(address);
    clock.instant = signsFrom - 1;
    const between = await give();
    clock.instant = signsFrom;
    const late = await give();
    await expect(verified(late)).resolves.toMatchObject({ protectedHeader: { kid } });
    for (const lease of [early, between]) {
      const { protectedHeader } = await verified(lease);
      expect(protectedHeader.kid).not.toBe(kid);
    }
  });

  it('verifies with what a verifier fetched before the new key began to sign', async () => {
    const { kid, signsFrom } = await rotateSigningKey(database, null, start);
    const keySet = createRemoteJWKSet(address);
    await keySet.reload();
    clock.instant = signsFrom;
    await expect(verified(await give(), keySet)).resolves.toMatchObject({ protectedHeader: { kid } });
  });

  it('forgets the old key when the last lease under it has ended, so that nothing under it passes any more', async () => {
    const lease = await give();
    const { kid } = await rotateSigningKey(database, null, start);
    const [row] = await database.read((session) =>
      session.all<{ until: number }>('SELECT last_lease_ends_at AS until FROM signing_key ORDER BY signs_from'),
    );
    clock.instant = row?.until ?? 0;
    await expect(verified(lease)).rejects.toMatchObject({ code: 'ERR_JWKS_NO_MATCHING_KEY' });
    const { keys } = (await (await fetch(address)).json()) as { keys: { kid: string }[] };
    expect(keys.map((key) => key.kid)).toEqual([kid]);
  });

  it('verifies nothing that somebody else signed in the name of our key', async () => {
    const { kid } = app.get(SigningKeys).keyThatSigns(start);
    const { privateKey } = await generateKeyPair('EdDSA');
    const forged = await new SignJWT({ sub: 'a device' })
      .setProtectedHeader({ typ: leaseType, alg: 'EdDSA', kid })
      .setIssuer('https://seats.example')
      .setExpirationTime('30 days')
      .sign(privateKey);
    await expect(verified(forged)).rejects.toMatchObject({ code: 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED' });
    const unknownKey = await new SignJWT({})
      .setProtectedHeader({ typ: leaseType, alg: 'EdDSA', kid: 'another' })
      .sign(privateKey);
    await expect(verified(unknownKey)).rejects.toMatchObject({ code: 'ERR_JWKS_NO_MATCHING_KEY' });
  });

  /** Gives a lease as the batch does: signed, its bound recorded with it. */
  async function give(): Promise<string> {
    const lease = signer.sign(leaseAt(clock.instant), clock.instant);
    const bound = signer.takeBoundToRecord();
    if (bound !== null) {
      await database.write((session) => recordLeaseBound(session, bound));
      signer.recorded(bound);
    }
    return lease;
  }

  function verified(lease: string, keySet = createRemoteJWKSet(address)) {
    return jwtVerify(lease, keySet, {
      typ: leaseType,
      issuer: 'https://seats.example',
      currentDate: new Date(clock.instant),
    });
  }
});

function moduleOf(database: Database, clock: Clock): new () => object {
  const configuration = parseConfiguration({ SEATKEEPER_PUBLIC_URL: 'https://seats.example' });
  const provided = [
    { provide: Database, useValue: database },
    { provide: Clock, useValue: clock },
    { provide: Configuration, useValue: configuration },
  ];

  @Global()
  @Module({ providers: provided, exports: provided })
  class Around {}

  @Module({ imports: [Around, LeasesModule] })
  class Alone {}

  return Alone;
}
