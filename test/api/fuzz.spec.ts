/**
 * The contract under fire: requests generated from the OpenAPI document, for every operation, with every kind of credential.
 * The seed is printed; `SEATKEEPER_FUZZ_SEED=<seed>` repeats a run, `SEATKEEPER_FUZZ_RUNS` says how many requests each operation gets.
 */
import * as fc from 'fast-check';
import { type FuzzAnswer, FuzzClient, type FuzzPool, type OpenApiDocument, requestsFor } from '../support/fuzzing.js';
import { statusOfCode } from '../support/problem.js';
import {
  activate,
  addMember,
  checkIn,
  freshFingerprint,
  historyOfLicense,
  issueLicense,
  logOut,
  memberToken,
  newOrganization,
  openTicket,
  password,
  readLicense,
  register,
  supportToken,
} from '../support/scene.js';
import { operatorToken, startServer, type TestServer } from '../support/server.js';

const seed = Number(process.env.SEATKEEPER_FUZZ_SEED ?? Date.now() % 2 ** 31);
const numRuns = Number(process.env.SEATKEEPER_FUZZ_RUNS ?? 40);
const methods = ['get', 'put', 'post', 'patch', 'delete'];

let server: TestServer;
let client: FuzzClient;
let document: OpenApiDocument;
beforeAll(async () => {
  server = await startServer();
  client = new FuzzClient(server.port);
  document = (await server.request<OpenApiDocument>('GET', '/openapi.json')).body;
});
afterAll(async () => {
  client.close();
  await server.stop();
});

/** Two licenses with devices in several states, tickets and a credential of every kind. */
async function scene() {
  const { id: organizationId } = await newOrganization(server);
  const license = await issueLicense(server, { organizationId });
  const older = await issueLicense(server, { organizationId, remoteDeactivation: 'disabled' });
  const device = await activate(server, license);
  const loggedOut = await activate(server, older);
  await logOut(server, loggedOut);
  const registered = await register(server, license.id);
  const ticket = await openTicket(server, license.id);
  const spare = await memberToken(server, 'reader', organizationId);
  const members = [];
  for (const role of ['reader', 'editor', 'manager', 'owner'] as const) {
    members.push((await memberToken(server, role, organizationId)).auth);
  }
  const person = await addMember(server, organizationId, 'editor');
  const invited = await addMember(server, organizationId, 'reader', { invited: true });
  const stranger = await memberToken(server, 'owner', (await newOrganization(server)).id);
  const pool: FuzzPool = {
    ids: {
      licenses: [license.id, older.id],
      devices: [device.id, loggedOut.id, registered.id],
      'support-tickets': [ticket.id],
      tickets: [ticket.id],
      organizations: [organizationId],
      tokens: [spare.id],
      members: [person.id, invited.id],
    },
    texts: [
      person.email,
      password,
      invited.secret,
      spare.token,
      'fresh@example.test',
      device.fingerprint,
      freshFingerprint(),
      'Mapper Pro',
      'P30D',
      'PT90S',
      'PT0.001S',
      '2999-01-01T00:00:00.000Z',
      '2000-01-01T00:00:00.000Z',
      '1.2.3',
    ],
    credentials: [
      null,
      license.auth,
      older.auth,
      device.auth,
      loggedOut.auth,
      ...members,
      stranger.auth,
      (await supportToken(server)).auth,
      ...Array<string>(6).fill(`Bearer ${operatorToken}`),
    ],
  };
  return { pool, license };
}

/** Throws where an answer is not one that the contract allows. */
function expectContract(answer: FuzzAnswer): void {
  if (answer.status < 200 || answer.status >= 500) throw new Error(`status ${answer.status}: ${answer.text}`);
  if (answer.status < 400) return;
  if (!/^application\/problem\+json\b/.test(answer.contentType)) {
    throw new Error(`status ${answer.status} as ${answer.contentType}: ${answer.text}`);
  }
  const problem = JSON.parse(answer.text) as { code: string; status: number; detail: unknown; type: unknown };
  if (statusOfCode[problem.code] !== answer.status || problem.status !== answer.status) {
    throw new Error(`status ${answer.status} with ${answer.text}`);
  }
  if (typeof problem.detail !== 'string' || typeof problem.type !== 'string') throw new Error(answer.text);
  if (/node_modules|SQLITE_|\.js:\d+/.test(answer.text)) throw new Error(`tells too much: ${answer.text}`);
}

describe('whatever is sent', () => {
  it(`never fails the server, and every refusal is a problem document (seed ${seed})`, async () => {
    const statuses = new Map<number, number>();
    const failures: string[] = [];
    let operations = 0;
    for (const [path, item] of Object.entries(document.paths)) {
      for (const [method, operation] of Object.entries(item)) {
        if (!methods.includes(method)) continue;
        operations += 1;
        const { pool, license } = await scene();
        const property = fc.asyncProperty(requestsFor(method, path, operation, document, pool), async (request) => {
          const answer = await client.send(request);
          statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
          expectContract(answer);
        });
        const result = await fc.check(property, { seed, numRuns, interruptAfterTimeLimit: 20_000 });
        if (result.failed) failures.push(`${method.toUpperCase()} ${path}\n${fc.defaultReportMessage(result) ?? ''}`);
        const rows = await historyOfLicense(server, license.id);
        expect(rows.map(({ sequence }) => sequence)).toEqual(rows.map((_, index) => rows.length - index));
        const { activeDevices, seats } = await readLicense(server, license.id);
        expect(activeDevices).toBeLessThanOrEqual(seats);
      }
    }
    const counted = [...statuses].sort(([one], [two]) => one - two).map(([status, count]) => `${status}: ${count}`);
    console.info(`SEATKEEPER_FUZZ_SEED=${seed} SEATKEEPER_FUZZ_RUNS=${numRuns}; answers ${counted.join(', ')}`);
    expect(failures.join('\n\n')).toBe('');
    expect(operations).toBeGreaterThan(30);
    for (const status of [200, 201, 400, 401, 403, 404, 409, 415]) {
      expect([status, (statuses.get(status) ?? 0) > 0]).toEqual([status, true]);
    }
  }, 600_000);

  it('leaves a server that still works', async () => {
    const license = await issueLicense(server, { seats: 1 });
    const device = await activate(server, license);
    await checkIn(server, device);
    await logOut(server, device);
    expect((await activate(server, license)).device.seat).toBe(1);
    expect((await server.request('GET', '/health/ready')).status).toBe(200);
  });
});
