/** Two replicas on one PostgreSQL database: started together on an empty one, sweeping together, and writing to the same licenses. */
import { CookieJar, signedIn } from '../support/cookie-jar.js';
import { ClientLife, type KeyRing } from '../support/lives.js';
import { emptyPostgres, newPostgres, onPostgres } from '../support/postgres.js';
import { newLink } from '../support/process.js';
import {
  accepted,
  activate,
  addMember,
  checkIn,
  historyOfLicense,
  issueLicense,
  logOut,
  newOrganization,
  password,
} from '../support/scene.js';
import { operatorToken, startServer, type TestServer } from '../support/server.js';
import { findingsIn } from './doctor-finds.js';

const failuresPerMinute = 12;

const pair = (databaseUrl: string, env: Record<string, string> = {}): Promise<[TestServer, TestServer]> =>
  Promise.all([startServer({ databaseUrl, env }), startServer({ databaseUrl, env })]);

it('start together on an empty database: each migration once, one signing key, one operator token', async () => {
  const databaseUrl = await emptyPostgres();
  const servers = await pair(databaseUrl, { SEATKEEPER_OPERATOR_TOKEN: '' });
  try {
    const one = <Row>(sql: string) => onPostgres<Row>(databaseUrl, sql);
    expect(await one('SELECT name FROM migrations GROUP BY name HAVING count(*) > 1')).toEqual([]);
    expect(await one('SELECT id FROM signing_key')).toHaveLength(1);
    expect(await one('SELECT id FROM token')).toHaveLength(1);
    expect(await one('SELECT hash FROM sign_in_link')).toHaveLength(1);
    expect(servers.filter(({ output }) => /Operator token/.test(output))).toHaveLength(1);
  } finally {
    await Promise.all(servers.map((server) => server.stop()));
  }
});

describe('two replicas', () => {
  let databaseUrl: string;
  let one: TestServer;
  let other: TestServer;

  beforeAll(async () => {
    databaseUrl = await newPostgres();
    [one, other] = await pair(databaseUrl, {
      SEATKEEPER_SWEEP_INTERVAL: 'PT0.05S',
      SEATKEEPER_OPERATOR_TOKEN: operatorToken,
      SEATKEEPER_FAILED_CREDENTIALS_PER_MINUTE: String(failuresPerMinute),
    });
  });

  afterAll(async () => {
    await Promise.all([one.stop(), other.stop()]);
  });

  it('serve the same devices, under the same test clock', async () => {
    const license = await issueLicense(one);
    const device = await activate(one, license);
    await one.advance('P1D');
    const checkedIn = await checkIn(other, device);
    expect(checkedIn.lastSeenAt).toBe(accepted(await one.request<{ now: string }>('GET', '/v1/test-clock')).now);
    expect((await logOut(one, device)).state).toBe('loggedOut');
  });

  it('count the failed credentials of an address together', async () => {
    const knock = async (server: TestServer): Promise<number> =>
      (await server.request('GET', '/v1/licenses', { auth: 'Bearer ska_nobody-s-token-0123456789abcdefghij' })).status;
    const answers: number[] = [];
    for (let count = 0; count < failuresPerMinute; count += 1) answers.push(await knock(count % 2 === 0 ? one : other));
    expect(new Set(answers)).toEqual(new Set([401]));
    const refused = await Promise.all([knock(one), knock(other), knock(other), knock(one)]);
    expect(new Set(refused)).toEqual(new Set([429]));
    // Who has a credential goes on, from the same address.
    expect((await other.request('GET', '/v1/licenses')).status).toBe(200);
    const rows = await onPostgres<{ failures: number }>(databaseUrl, 'SELECT failures FROM failed_credential');
    expect(rows).toHaveLength(1);
  });

  it('share who is signed in, and who is not any more', async () => {
    const member = await addMember(one, (await newOrganization(one)).id, 'owner');
    const jar = await signedIn(one, member);
    const elsewhere = new CookieJar(other);
    elsewhere.cookies.set('seatkeeper_session', jar.cookies.get('seatkeeper_session') ?? '');
    expect(await elsewhere.isSignedIn()).toBe(true);
    await elsewhere.request('DELETE', '/v1/sessions');
    expect(await jar.isSignedIn()).toBe(false);
  });

  it('let in one of those who come with the same link through both at once', async () => {
    const { id } = await newOrganization(one);
    for (let round = 0; round < 5; round += 1) {
      const { secret } = await addMember(one, id, 'reader', { invited: true });
      const link = await newLink(one);
      const both = [one, other, one, other];
      const invited = await Promise.all(
        both.map((server) => server.request('POST', '/v1/invitations', { body: { secret, password } })),
      );
      const linked = await Promise.all(both.map((server) => server.request('POST', '/v1/session', { body: { link } })));
      for (const answers of [invited, linked]) {
        expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
      }
    }
  });

  it('count the wrong passwords for an address of a person together', async () => {
    const { email } = await addMember(one, (await newOrganization(one)).id, 'owner');
    const statuses: number[] = [];
    const say = async (server: TestServer, said: string): Promise<number> =>
      (await server.request('POST', '/v1/session', { body: { email, password: said } })).status;
    for (let count = 0; count < 10; count += 1) statuses.push(await say(count % 2 === 0 ? one : other, 'wrong'));
    // The address itself may have failed too often by now; who guesses is told so then.
    expect(statuses.every((status) => status === 401 || status === 429)).toBe(true);
    expect(await Promise.all([one, other].map((server) => say(server, password)))).toEqual([429, 429]);
    await onPostgres(databaseUrl, 'DELETE FROM failed_credential');
  });

  it('expire each device once, though both sweep', async () => {
    const licenses = await Promise.all(Array.from({ length: 8 }, () => issueLicense(one, { seats: 5 })));
    for (const license of licenses) for (let seat = 0; seat < 5; seat += 1) await activate(other, license);
    await one.advance('P31D');
    for (const { id } of licenses) {
      const expiries = (await historyOfLicense(other, id)).filter(({ event }) => event === 'expire');
      expect(expiries).toHaveLength(5);
      expect(new Set(expiries.map(({ subjectId }) => subjectId)).size).toBe(5);
    }
    expect(await findingsIn(databaseUrl)).toEqual([]);
  });

  it('sell no seat twice and stop each other never, while crowds live on the same licenses through both', async () => {
    const licenses = await Promise.all(Array.from({ length: 5 }, () => issueLicense(one, { seats: 4 })));
    const clients = licenses.flatMap((license) => {
      const ring: KeyRing = { key: license.key };
      return Array.from(
        { length: 8 },
        (_, index) => new ClientLife(index % 2 === 0 ? one : other, ring, ['noSeatAvailable']),
      );
    });
    await Promise.all(
      clients.map(async (client) => {
        for (let step = 0; step < 20; step += 1) await client.live();
      }),
    );
    expect(clients.flatMap(({ surprises }) => surprises)).toEqual([]);
    expect(await findingsIn(databaseUrl)).toEqual([]);
  });

  it('answer a creating request once, though both get it at the same time', async () => {
    const { id: organizationId } = await newOrganization(one);
    for (let attempt = 0; attempt < 20; attempt += 1) {
      const headers = { 'idempotency-key': `the-same-for-both-${attempt}` };
      const answers = await Promise.all(
        Array.from({ length: 10 }, (_, index) =>
          (index % 2 === 0 ? one : other).request('POST', '/v1/licenses', {
            headers,
            body: { organizationId, product: 'Mapper', seats: 2 },
          }),
        ),
      );
      expect([...new Set(answers.map(({ status, text }) => `${status} ${text}`))]).toEqual([
        expect.stringMatching(/^201 /),
      ]);
    }
  });

  it('work again by themselves after every connection to the database was ended', async () => {
    const license = await issueLicense(one);
    await onPostgres(
      databaseUrl,
      'SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
    );
    const device = await activate(other, license);
    expect((await checkIn(one, device)).state).toBe('active');
  });
});
