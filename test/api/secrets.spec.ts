/** Secrets: shown once to whom they belong, and then neither in the log nor in the database, where only hashes are. */
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import { decodeJwt } from 'jose';
import { CookieJar } from '../support/cookie-jar.js';
import { newLink } from '../support/process.js';
import { expectProblem } from '../support/problem.js';
import { type AccessToken, type License } from '../support/representations.js';
import {
  activate,
  addMember,
  checkIn,
  issueLicense,
  issueToken,
  memberToken,
  password,
  unknownId,
} from '../support/scene.js';
import { operatorToken, startServer, type TestServer } from '../support/server.js';

const publicUrl = 'https://seats.example.test';
let server: TestServer;
const secrets: [what: string, text: string][] = [['the operator token', operatorToken]];

beforeAll(async () => {
  server = await startServer({
    env: {
      LOG_LEVEL: 'trace',
      SEATKEEPER_PUBLIC_URL: publicUrl,
      SEATKEEPER_SECRET: randomBytes(32).toString('base64'),
    },
  });
  const idempotencyKey = `idempotent-${randomBytes(16).toString('hex')}`;
  const license = await issueLicense(server);
  const member = await memberToken(server, 'owner', license.organizationId);
  const device = await activate(server, license);
  await checkIn(server, device);
  const again = await activate(server, license, { fingerprint: device.fingerprint });
  await checkIn(server, again);
  const headers = { 'idempotency-key': idempotencyKey };
  const issued = await server.request<{ license: License; key: string }>('POST', '/v1/licenses', {
    headers,
    body: { organizationId: license.organizationId, product: 'Mapper Pro', seats: 2 },
  });
  const given = await server.request<AccessToken>('POST', '/v1/tokens', {
    headers,
    body: { role: 'reader', organizationId: license.organizationId, name: 'CI' },
  });
  const replaced = await server.request<{ key: string }>('POST', `/v1/licenses/${license.id}/key`);
  const wrong = `License ${randomBytes(32).toString('base64url')}`;
  await server.request('POST', '/v1/devices', { auth: wrong, body: { fingerprint: 'fingerprint' } });
  await server.request('POST', '/v1/devices', { auth: license.auth, rawBody: `{"fingerprint": "${license.key}` });
  await server.request('GET', `/v1/licenses/${unknownId}`, { auth: member.auth });
  await server.request('DELETE', `/v1/tokens/${(await issueToken(server, 'support')).id}`);
  const owner = await addMember(server, license.organizationId, 'owner');
  const invited = await addMember(server, license.organizationId, 'reader', { invited: true });
  const jar = new CookieJar(server, publicUrl);
  await jar.signIn(owner);
  await jar.request('GET', '/v1/licenses');
  const link = await newLink(server);
  const wrongPassword = `wrong-${randomBytes(16).toString('hex')}`;
  await jar.request('POST', '/v1/session', { body: { email: owner.email, password: wrongPassword } });
  secrets.push(
    ['a password', password],
    ['a wrong password', wrongPassword],
    ['the secret of a session', jar.cookies.get('__Host-seatkeeper_session') ?? ''],
    ['the secret of a known browser', jar.cookies.get('__Host-seatkeeper_known') ?? ''],
    ['the secret of an invitation', invited.secret],
    ['the secret of a sign-in link', link],
    ['a license key', license.key],
    ['a license key given with an Idempotency-Key', issued.body.key],
    ['a replacing license key', replaced.body.key],
    ['an access token', member.token],
    ['an access token given with an Idempotency-Key', given.body.token],
    ['a device token', device.token],
    ['a second device token', again.token],
    ['an Idempotency-Key', idempotencyKey],
    ['a wrong license key', wrong.slice('License '.length)],
  );
  for (const [what, text] of secrets) if (text.length < 16) throw new Error(`${what} is too short: ${text}`);
});
afterAll(() => server.stop());

describe('a secret', () => {
  it('is not in the log, not even in the most talkative one', () => {
    expect(server.output.length).toBeGreaterThan(0);
    expect(secrets.filter(([, text]) => server.output.includes(text)).map(([what]) => what)).toEqual([]);
  });

  it('is not in the database file, nor beside it', () => {
    for (const file of [server.file, `${server.file}-wal`]) {
      if (!existsSync(file)) continue;
      const bytes = readFileSync(file);
      expect(secrets.filter(([, text]) => bytes.includes(text)).map(([what]) => what)).toEqual([]);
      expect(bytes.includes('PRIVATE KEY')).toBe(false);
    }
  });

  it('is in no cell of the database, neither as text nor encoded', () => {
    const database = new Database(server.file, { readonly: true });
    const tables = database.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").pluck().all() as string[];
    expect(tables).toEqual(expect.arrayContaining(['license', 'device', 'token', 'session', 'member', 'signing_key']));
    for (const table of tables) {
      for (const row of database.prepare(`SELECT * FROM "${table}"`).raw().all() as unknown[][]) {
        const cells = row.map((cell) => (Buffer.isBuffer(cell) ? cell.toString('latin1') : String(cell))).join('\n');
        const found = secrets.filter(([, text]) =>
          [text, Buffer.from(text).toString('base64').slice(0, 40), Buffer.from(text).toString('hex')].some((form) =>
            cells.includes(form),
          ),
        );
        expect([table, found.map(([what]) => what)]).toEqual([table, []]);
      }
    }
    database.close();
  });

  it('is not in the answers that follow', async () => {
    for (const path of ['/v1/licenses', '/v1/tokens', '/v1/organizations', '/metrics', '/.well-known/jwks.json']) {
      const { text } = await server.request('GET', path);
      expect(secrets.filter(([, secret]) => text.includes(secret)).map(([what]) => what)).toEqual([]);
    }
  });

  it('is not in a refusal that it caused', async () => {
    for (const [, text] of secrets) {
      const answer = await server.request('GET', `/v1/licenses/${unknownId}`, { auth: `License ${text}` });
      expect(answer.text).not.toContain(text);
    }
  });
});

describe('the public address', () => {
  it('is what leases and problem types name', async () => {
    const { lease } = await activate(server, await issueLicense(server));
    expect(decodeJwt(lease).iss).toBe(publicUrl);
    const problem = expectProblem(await server.request('GET', `/v1/licenses/${unknownId}`), 404, 'notFound');
    expect(problem.type).toBe(`${publicUrl}/problems/not-found`);
  });
});
