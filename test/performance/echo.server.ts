/**
 * The two baselines: a bare `node:http` server that reads a check-in-sized JSON body and answers check-in-sized JSON, and,
 * with `SIGN=1`, the same one signing a lease-sized text for each answer. It has no route, no check and no database.
 */
import { generateKeyPairSync, sign } from 'node:crypto';
import { createServer } from 'node:http';

const signs = process.env.SIGN === '1';
const { privateKey } = generateKeyPairSync('ed25519');
const id = '019ab0f2-8c1e-7d4a-9b62-3f5e7a1c2d90';
const header = base64({ alg: 'EdDSA', typ: 'seatkeeper-lease+jwt', kid: id });
const claims = {
  iss: 'http://127.0.0.1:3000',
  sub: id,
  lic: id,
  fpr: 'q3Zf0b7m1Hn4xKc9sVw2Yt6Rj8Lp5Du0Ga1Ei3Oo7Bk',
  jti: id,
  iat: 1795512600,
  exp: 1798104600,
};
const time = '2026-11-24T09:30:00.000Z';
const device = {
  id,
  licenseId: id,
  fingerprint: 'bench-0000000000000000',
  name: 'Workstation 000000',
  platform: 'linux-x64',
  appVersion: '',
  state: 'active',
  seat: 1,
  activatedAt: time,
  lastSeenAt: time,
  deactivationDate: time,
  leaseExpiresAt: time,
  checkInCount: 0,
  remoteDeactivation: { allowed: true, reason: null, remedy: null },
  endedBy: null,
  version: 1,
};
const text = `${header}.${base64(claims)}`;
const signature = sign(null, Buffer.from(text), privateKey).toString('base64url');
let count = 0;

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const body: unknown = chunks.length === 0 ? {} : JSON.parse(Buffer.concat(chunks).toString());
    const appVersion = typeof body === 'object' && body !== null && 'appVersion' in body ? body.appVersion : null;
    count += 1;
    const lease = `${text}.${signs ? sign(null, Buffer.from(text), privateKey).toString('base64url') : signature}`;
    const answer = JSON.stringify({ device: { ...device, appVersion, checkInCount: count }, lease });
    response.writeHead(200, {
      'content-type': 'application/json; charset=utf-8',
      'content-length': Buffer.byteLength(answer),
    });
    response.end(answer);
  });
});
server.listen(Number(process.env.PORT), '127.0.0.1');
process.once('SIGTERM', () => process.exit(0));

function base64(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
