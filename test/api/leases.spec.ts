/** The signed proof an active device keeps, verified as an integrator would: with a JOSE library and the published keys. */
import { createHash } from 'node:crypto';
import { createLocalJWKSet, decodeProtectedHeader, type JSONWebKeySet, jwtVerify } from 'jose';
import { day, later, now, wholeSecond } from '../support/clock.js';
import { type Device } from '../support/representations.js';
import { activate, freshFingerprint, issueLicense, logOut, readDevice } from '../support/scene.js';
import { startServer, type TestServer } from '../support/server.js';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

const seconds = (time: string) => Math.floor(Date.parse(time) / 1_000);

async function verify(lease: string) {
  const { body } = await server.request<JSONWebKeySet>('GET', '/.well-known/jwks.json', { auth: null });
  return jwtVerify(lease, createLocalJWKSet(body), {
    issuer: server.url,
    typ: 'seatkeeper-lease+jwt',
    algorithms: ['EdDSA', 'Ed25519'],
    currentDate: new Date(await now(server)),
  });
}

describe('a lease', () => {
  it('is signed with a published key that its header names', async () => {
    const { lease } = await activate(server, await issueLicense(server));
    const { body } = await server.request<JSONWebKeySet>('GET', '/.well-known/jwks.json', { auth: null });
    const header = decodeProtectedHeader(lease);
    expect(header).toEqual({ alg: 'EdDSA', typ: 'seatkeeper-lease+jwt', kid: expect.any(String) });
    expect(body.keys.map(({ kid }) => kid)).toContain(header.kid);
    await expect(verify(lease)).resolves.toBeDefined();
  });

  it('names the device, the license and the fingerprint, and when it begins and ends', async () => {
    const license = await issueLicense(server);
    const fingerprint = freshFingerprint();
    const { device, lease } = await activate(server, license, { fingerprint });
    const { payload } = await verify(lease);
    expect(payload).toEqual({
      iss: server.url,
      sub: device.id,
      lic: license.id,
      fpr: createHash('sha256').update(fingerprint).digest('base64url'),
      jti: expect.stringMatching(/\S/),
      iat: seconds(await now(server)),
      exp: seconds(device.deactivationDate ?? ''),
    });
  });

  it('ends at the deactivation date rounded down to the second, and the device shows that instant', async () => {
    await server.advance('PT0.123S');
    const { device, lease } = await activate(server, await issueLicense(server));
    const { payload } = await verify(lease);
    expect(device.leaseExpiresAt).toBe(wholeSecond(device.deactivationDate ?? ''));
    expect(payload.exp).toBe(seconds(device.leaseExpiresAt ?? ''));
  });

  it('ends with the validity of the license where that is earlier', async () => {
    const validUntil = later(await now(server), 3 * day + 456);
    const { device, lease } = await activate(server, await issueLicense(server, { validUntil }));
    const { payload } = await verify(lease);
    expect(device.leaseExpiresAt).toBe(wholeSecond(validUntil));
    expect(payload.exp).toBe(seconds(validUntil));
    expect(device.deactivationDate).toBe(later(await now(server), 30 * day));
  });

  it('is new at each connection, with an identifier of its own', async () => {
    const license = await issueLicense(server);
    const device = await activate(server, license);
    await server.advance('P10D');
    const answer = await server.request<{ device: Device; lease: string }>(
      'POST',
      `/v1/devices/${device.id}/check-in`,
      {
        auth: device.auth,
      },
    );
    const again = await activate(server, license, { fingerprint: device.fingerprint });
    const payloads = [];
    for (const lease of [device.lease, answer.body.lease, again.lease]) payloads.push((await verify(lease)).payload);
    expect(new Set(payloads.map(({ jti }) => jti)).size).toBe(3);
    expect(payloads[1]?.exp).toBe(seconds(answer.body.device.leaseExpiresAt ?? ''));
    expect(payloads[1]?.exp).toBeGreaterThan(payloads[0]?.exp ?? Infinity);
  });

  it('is remembered by its end after the activation has ended', async () => {
    const device = await activate(server, await issueLicense(server));
    await logOut(server, device);
    expect((await readDevice(server, device.id)).leaseExpiresAt).toBe(device.device.leaseExpiresAt);
    expect(device.device.leaseExpiresAt).not.toBeNull();
  });

  it('does not verify once a claim has been changed', async () => {
    const { lease } = await activate(server, await issueLicense(server));
    const [header, payload = '', signature] = lease.split('.');
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as { exp: number };
    const forged = Buffer.from(JSON.stringify({ ...claims, exp: claims.exp + 1 })).toString('base64url');
    await expect(verify([header, forged, signature].join('.'))).rejects.toThrow();
  });
});

describe('the published keys', () => {
  it('are public Ed25519 keys only, good for five minutes in a cache', async () => {
    const answer = await server.request<JSONWebKeySet>('GET', '/.well-known/jwks.json', { auth: null });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('cache-control')).toMatch(/\bmax-age=300\b/);
    expect(answer.headers.get('content-type')).toMatch(/\bjson\b/);
    expect(answer.body.keys.length).toBeGreaterThanOrEqual(1);
    for (const key of answer.body.keys) {
      expect(key).toMatchObject({ kty: 'OKP', crv: 'Ed25519', kid: expect.any(String), x: expect.any(String) });
      expect(key).not.toHaveProperty('d');
    }
  });

  it('stay the same over a restart, so that leases stay good', async () => {
    const { lease } = await activate(server, await issueLicense(server));
    await server.stop();
    await server.start();
    await expect(verify(lease)).resolves.toBeDefined();
  });
});
