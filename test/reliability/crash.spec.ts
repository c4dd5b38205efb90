/** A server with a crowd of clients is killed or asked to stop at any moment and started again on the same database. `CRASH_KILLS` says how often it is killed. */
import { ClientLife, type KeyRing, roll, until } from '../support/lives.js';
import { isOnPostgres } from '../support/postgres.js';
import { type Device } from '../support/representations.js';
import { issueLicense, readAll } from '../support/scene.js';
import { startServer, type TestServer } from '../support/server.js';
import { findingsIn } from './doctor-finds.js';
import { brokenRules } from './rules-in-file.js';
import { goOn, isAsAcknowledged, lossOf } from './survival.js';

/** Fewer on PostgreSQL, where what is stored does not die with the server; `faults.postgres.spec.ts` ends the database too. */
const kills = Number(process.env.CRASH_KILLS ?? (isOnPostgres() ? 4 : 15));

interface Crowd {
  licenses: { id: string }[];
  clients: ClientLife[];
}

/** A license on which everybody finds a seat, and one on which they do not. */
async function gather(server: TestServer, reckonedWith: string[]): Promise<Crowd> {
  const roomy = await issueLicense(server, { seats: 10 });
  const narrow = await issueLicense(server, { seats: 3 });
  const clientsOf = (ring: KeyRing, count: number): ClientLife[] =>
    Array.from({ length: count }, () => new ClientLife(server, ring, ['noSeatAvailable', ...reckonedWith]));
  return { licenses: [roomy, narrow], clients: [...clientsOf(roomy, 10), ...clientsOf(narrow, 6)] };
}

/** Every client lives until a request of its is not answered; the server is ended in between, after some acknowledgements. */
async function liveThroughEnd(crowd: Crowd, end: () => Promise<unknown>): Promise<void> {
  const acknowledged = (): number => crowd.clients.reduce((sum, client) => sum + client.acknowledged, 0);
  const enough = acknowledged() + 1 + roll(80);
  let hasEnded = false;
  const lives = crowd.clients.map(async (client) => {
    while (client.unanswered === null && !hasEnded) await client.live();
  });
  await until('the crowd is under way', () => acknowledged() >= enough);
  await end();
  hasEnded = true;
  await Promise.all(lives);
}

async function devicesByFingerprint(server: TestServer, crowd: Crowd): Promise<Map<string, Device>> {
  const lists = await Promise.all(
    crowd.licenses.map(({ id }) => readAll<Device>(server, `/v1/licenses/${id}/devices`)),
  );
  return new Map(lists.flat().map((device) => [device.fingerprint, device]));
}

describe('a server that is killed', () => {
  it(
    `has lost nothing that it acknowledged, ${kills} times`,
    async () => {
      const server = await startServer({ clock: 'system' });
      const crowd = await gather(server, []);
      for (let kill = 0; kill < kills; kill += 1) {
        await liveThroughEnd(crowd, () => server.kill());
        await server.start();
        const survivors = await devicesByFingerprint(server, crowd);
        for (const client of crowd.clients) {
          const actual = survivors.get(client.fingerprint);
          expect(lossOf(client, actual)).toBeNull();
          expect(await goOn(server, client, actual)).toBeNull();
        }
        expect(brokenRules(server.databaseUrl)).toEqual([]);
        expect(await findingsIn(server.databaseUrl)).toEqual([]);
        expect(crowd.clients.flatMap((client) => client.surprises)).toEqual([]);
      }
      await server.stop();
    },
    30_000 + kills * 10_000,
  );
});

describe('a server that is asked to stop', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)('answers all that it has accepted, and ends with 0 on %s', async (signal) => {
    const server = await startServer({ clock: 'system' });
    const crowd = await gather(server, ['overloaded']);
    const codes: (number | null)[] = [];
    await liveThroughEnd(crowd, async () => {
      const stopping = server.stop(signal).then((code) => codes.push(code));
      await until('it has ended', () => codes.length > 0, 20_000).catch(() => server.kill());
      await stopping;
    });
    expect(codes).toEqual([0]);
    expect(brokenRules(server.databaseUrl)).toEqual([]);
    expect(await findingsIn(server.databaseUrl)).toEqual([]);
    await server.start();
    const survivors = await devicesByFingerprint(server, crowd);
    for (const client of crowd.clients) {
      const actual = survivors.get(client.fingerprint);
      expect({ happenedUnanswered: !isAsAcknowledged(client, actual), client: client.device, actual }).toMatchObject({
        happenedUnanswered: false,
      });
    }
    expect(crowd.clients.flatMap((client) => client.surprises)).toEqual([]);
    await server.stop();
  });
});
