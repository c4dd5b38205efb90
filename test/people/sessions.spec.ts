/** How long sessions, links and known browsers last, on rows that the test makes older. */
import { hashSecret } from '../../src/auth/secret.js';
import { Assembly, type AssemblyAnswer, day } from '../support/assembly.js';
import { until } from '../support/lives.js';

const organizationId = '01936f2a-0000-7000-8000-0000000000aa';
const memberId = '01936f2a-0000-7000-8000-0000000000bb';
const password = 'correct horse battery';
const email = 'olivia@acme.test';
const hour = 3_600_000;

let assembly: Assembly;
let operator: string;

beforeAll(async () => {
  assembly = await Assembly.start();
  await assembly.insertOrganization(organizationId);
  operator = await assembly.insertToken('01936f2a-0000-7000-8000-0000000000cc', 'operator');
  const path = `/v1/organizations/${organizationId}/members`;
  const { body } = await assembly.request('POST', path, operator, { email, role: 'owner', password });
  await run('UPDATE member SET id = ? WHERE id = ?', memberId, String(body['id']));
});
afterAll(() => assembly.stop());

const run = (sql: string, ...values: (string | number)[]) =>
  assembly.database.write((session) => session.run(sql, values));
const all = <Row>(sql: string, ...values: (string | number)[]) =>
  assembly.database.read((session) => session.all<Row>(sql, values));

/** The value of a cookie in an answer. */
function cookieIn(answer: AssemblyAnswer, name: string): string {
  const line = answer.headers.getSetCookie().find((found) => found.startsWith(`${name}=`)) ?? '';
  return line.slice(name.length + 1).split(';')[0] ?? '';
}

/** Signs in; gives the session's secret. */
async function signIn(proof: object = { email, password }): Promise<string> {
  const answer = await assembly.request('POST', '/v1/session', null, proof);
  expect(answer.status).toBe(200);
  return cookieIn(answer, 'seatkeeper_session');
}

const statusOf = async (secret: string): Promise<number> =>
  (await assembly.request('GET', '/v1/session', null, undefined, { cookie: `seatkeeper_session=${secret}` })).status;

interface Row {
  last_used_at: number;
  ends_at: number;
  created_at: number;
}
const rowOf = async (secret: string): Promise<Row | undefined> =>
  (await all<Row>('SELECT * FROM session WHERE hash = ?', hashSecret(secret)))[0];

describe('a session', () => {
  it('is stored as a hash only', async () => {
    const secret = await signIn();
    const cells = JSON.stringify(await all('SELECT * FROM session'));
    expect(cells).toContain(hashSecret(secret));
    expect(cells).not.toContain(secret);
  });

  it('ends thirty days after the signing in, in system time', async () => {
    const secret = await signIn();
    const row = await rowOf(secret);
    expect((row?.ends_at ?? 0) - (row?.created_at ?? 0)).toBe(30 * day);
    expect(Math.abs((row?.created_at ?? 0) - Date.now())).toBeLessThan(60_000);
    await run('UPDATE session SET ends_at = ? WHERE hash = ?', Date.now() + 60_000, hashSecret(secret));
    expect(await statusOf(secret)).toBe(200);
    await run('UPDATE session SET ends_at = ? WHERE hash = ?', Date.now(), hashSecret(secret));
    expect(await statusOf(secret)).toBe(401);
  });

  it('ends seven days after its last use', async () => {
    const [used, unused] = [await signIn(), await signIn()];
    const age = (secret: string, millis: number) =>
      run('UPDATE session SET last_used_at = ? WHERE hash = ?', Date.now() - millis, hashSecret(secret));
    await age(used, 7 * day - 60_000);
    await age(unused, 7 * day);
    expect([await statusOf(used), await statusOf(unused)]).toEqual([200, 401]);
  });

  it('has its use written down at most once an hour', async () => {
    const secret = await signIn();
    const used = Date.now() - hour + 60_000;
    await run('UPDATE session SET last_used_at = ? WHERE hash = ?', used, hashSecret(secret));
    await statusOf(secret);
    // A write in the same queue comes behind any that the request has caused.
    await assembly.coordinator.record(() => Promise.resolve());
    expect((await rowOf(secret))?.last_used_at).toBe(used);
    await run('UPDATE session SET last_used_at = ? WHERE hash = ?', Date.now() - hour, hashSecret(secret));
    await Promise.all([statusOf(secret), statusOf(secret), statusOf(secret)]);
    await until('its use is written down', async () => ((await rowOf(secret))?.last_used_at ?? 0) > used);
  });

  it('that has ended is removed when others begin', async () => {
    const secret = await signIn();
    await run('UPDATE session SET ends_at = 1 WHERE hash = ?', hashSecret(secret));
    await signIn();
    expect(await rowOf(secret)).toBeUndefined();
  });

  it('goes with the member and with the token, by the database itself', async () => {
    const token = await assembly.insertToken('01936f2a-0000-7000-8000-0000000000dd', 'support');
    const secret = await signIn({ token });
    await run(`DELETE FROM token WHERE name = 'The support'`);
    expect(await rowOf(secret)).toBeUndefined();
  });
});

describe('an invitation', () => {
  it('ends after seven days, in system time', async () => {
    const path = `/v1/organizations/${organizationId}/members/${memberId}/invitation`;
    const { body } = await assembly.request('POST', path, operator);
    const secret = String(body['url']).split('#')[1] ?? '';
    const look = async () => (await assembly.request('POST', '/v1/invitations/look', null, { secret })).status;
    expect(await look()).toBe(200);
    await run('UPDATE sign_in_link SET ends_at = ? WHERE hash = ?', Date.now(), hashSecret(secret));
    expect(await look()).toBe(401);
    const accepted = await assembly.request('POST', '/v1/invitations', null, { secret, password });
    expect(accepted.status).toBe(401);
  });
});

describe('a known browser', () => {
  it('is one for 180 days, and has a new secret after each signing in', async () => {
    const signedIn = async (known: string) =>
      cookieIn(
        await assembly.request(
          'POST',
          '/v1/session',
          null,
          { email, password },
          { cookie: `seatkeeper_known=${known}` },
        ),
        'seatkeeper_known',
      );
    const first = await signedIn('skb_none');
    const second = await signedIn(first);
    expect(second).not.toBe(first);
    const rows = await all<{ hash: string; ends_at: number }>('SELECT * FROM known_browser');
    const hashes = rows.map(({ hash }) => hash);
    expect([hashes.includes(hashSecret(first)), hashes.includes(hashSecret(second))]).toEqual([false, true]);
    const [row] = rows.filter(({ hash }) => hash === hashSecret(second));
    expect(Math.abs((row?.ends_at ?? 0) - Date.now() - 180 * day)).toBeLessThan(60_000);
  });

  it('is one of fifty for each member at most', async () => {
    for (let count = 0; count < 55; count += 1) {
      await run('INSERT INTO known_browser VALUES (?, ?, ?)', `old ${count}`, memberId, Date.now() + 1_000_000 + count);
    }
    await signIn();
    expect(await all('SELECT 1 FROM known_browser WHERE member_id = ?', memberId)).toHaveLength(50);
  });
});
