/** Guessing a password: slow for who guesses, and no way to lock anybody else out. The addresses are those that a proxy tells. */
import { CookieJar } from '../support/cookie-jar.js';
import { expectProblem } from '../support/problem.js';
import { addMember, freshEmail, type MemberScene, newOrganization, password } from '../support/scene.js';
import { type Answer, startServer, type TestServer } from '../support/server.js';

let server: TestServer;
let organizationId: string;
let addresses = 0;

beforeAll(async () => {
  server = await startServer({ env: { SEATKEEPER_TRUST_PROXY: '1' } });
  organizationId = (await newOrganization(server)).id;
});
afterAll(() => server.stop());

const freshAddress = (): string => `198.51.100.${(addresses += 1)}`;

function attempt(who: { email: string }, said: string, address: string, jar = new CookieJar(server)): Promise<Answer> {
  const headers = { 'x-forwarded-for': address };
  return jar.request('POST', '/v1/session', { headers, body: { email: who.email, password: said } });
}

/** Guesses wrongly so many times; gives the statuses. */
async function guess(who: { email: string }, count: number, address: string, jar?: CookieJar): Promise<number[]> {
  const statuses: number[] = [];
  for (let index = 0; index < count; index += 1) {
    statuses.push((await attempt(who, `wrong password ${index}`, address, jar)).status);
  }
  return statuses;
}

const tenWrong = Array<number>(10).fill(401);

describe('ten wrong passwords from an address', () => {
  let member: MemberScene;
  const address = freshAddress();
  beforeAll(async () => {
    member = await addMember(server, organizationId, 'owner');
    expect(await guess(member, 12, address)).toEqual([...tenWrong, 429, 429]);
  });

  it('have the right one refused from there too, for a quarter of an hour', async () => {
    const answer = await attempt(member, password, address);
    const problem = expectProblem(answer, 429, 'tooManyRequests');
    expect(problem.detail).toBe('Too many wrong passwords were sent from here.');
    const seconds = Number(answer.headers.get('retry-after'));
    expect(seconds).toBeGreaterThan(800);
    expect(seconds).toBeLessThanOrEqual(900);
  });

  it('count however the address is written', async () => {
    expect((await attempt({ email: ` ${member.email.toUpperCase()}` }, password, address)).status).toBe(429);
  });

  it('lock the person out nowhere else', async () => {
    expect((await attempt(member, password, freshAddress())).status).toBe(200);
  });

  it('lock nobody else out there', async () => {
    const neighbour = await addMember(server, organizationId, 'reader');
    expect((await attempt(neighbour, password, address)).status).toBe(200);
  });
});

it('many at once are no way around it', async () => {
  const member = await addMember(server, organizationId, 'reader');
  const address = freshAddress();
  const answers = await Promise.all(
    Array.from({ length: 30 }, (_, index) => attempt(member, `wrong ${index}`, address)),
  );
  const statuses = answers.map(({ status }) => status).sort();
  expect(statuses).toEqual([...tenWrong, ...Array<number>(20).fill(429)]);
});

it('a right password begins the count anew', async () => {
  const member = await addMember(server, organizationId, 'reader');
  const address = freshAddress();
  for (let round = 0; round < 3; round += 1) {
    expect(await guess(member, 9, address)).toEqual(tenWrong.slice(1));
    expect((await attempt(member, password, address)).status).toBe(200);
  }
});

it('an address that nobody has is counted the same way', async () => {
  expect(await guess({ email: freshEmail() }, 11, freshAddress())).toEqual([...tenWrong, 429]);
});

describe('a browser in which the person has signed in before', () => {
  it('is let in, though somebody behind the same address guesses', async () => {
    const member = await addMember(server, organizationId, 'owner');
    const address = freshAddress();
    const known = new CookieJar(server);
    expect((await attempt(member, password, address, known)).status).toBe(200);
    await guess(member, 11, address);
    expect((await attempt(member, password, address)).status).toBe(429);
    expect((await attempt(member, password, address, known)).status).toBe(200);
    expect((await attempt(member, password, address, known)).status).toBe(200);
  });

  it('is counted itself, wherever it is', async () => {
    const member = await addMember(server, organizationId, 'owner');
    const known = new CookieJar(server);
    await attempt(member, password, freshAddress(), known);
    for (let index = 0; index < 10; index += 1) {
      expect((await attempt(member, 'wrong', freshAddress(), known)).status).toBe(401);
    }
    expect((await attempt(member, password, freshAddress(), known)).status).toBe(429);
    expect((await attempt(member, password, freshAddress())).status).toBe(200);
  });

  it('is known for who has signed in there, and for nobody else', async () => {
    const [one, other] = [
      await addMember(server, organizationId, 'owner'),
      await addMember(server, organizationId, 'reader'),
    ];
    const address = freshAddress();
    const known = new CookieJar(server);
    await attempt(one, password, address, known);
    await guess(other, 11, address);
    expect((await attempt(other, password, address, known)).status).toBe(429);
  });

  it('stays known for each of several who use it in turns', async () => {
    const [one, other] = [
      await addMember(server, organizationId, 'owner'),
      await addMember(server, organizationId, 'reader'),
    ];
    const address = freshAddress();
    const known = new CookieJar(server);
    await attempt(one, password, address, known);
    await attempt(other, password, address, known);
    await guess(one, 11, address);
    expect((await attempt(one, password, address, known)).status).toBe(200);
    await guess(other, 11, address);
    expect((await attempt(other, password, address, known)).status).toBe(200);
  });
});
