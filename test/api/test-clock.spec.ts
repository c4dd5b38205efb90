/** The test clock: it stands still, moves forward when told, and answers when everything due by then is done. */
import { later, now, timePattern } from '../support/clock.js';
import { expectProblem } from '../support/problem.js';
import { activate, historyOfDevice, issueLicense } from '../support/scene.js';
import { startServer, type TestServer } from '../support/server.js';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

const advance = (duration: unknown) =>
  server.request<{ now: string }>('POST', '/v1/test-clock', { body: { advance: duration } });

describe('the test clock', () => {
  it('starts at system time', async () => {
    const time = await now(server);
    expect(time).toMatch(timePattern);
    expect(Math.abs(Date.parse(time) - Date.now())).toBeLessThan(60_000);
  });

  it('stands still', async () => {
    const first = await now(server);
    await activate(server, await issueLicense(server));
    expect(await now(server)).toBe(first);
  });

  it.each([
    ['PT0.001S', 1],
    ['PT1.5S', 1_500],
    ['PT90M', 5_400_000],
    ['P1DT1H1M1.001S', 90_061_001],
    ['P366D', 31_622_400_000],
  ])('moves forward by %s when told to', async (duration, millis) => {
    const before = await now(server);
    const answer = await advance(duration);
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({ now: later(before, millis) });
    expect(await now(server)).toBe(answer.body.now);
  });

  it.each(['P367D', 'P366DT0.001S', '-P1D', 'PT0.0001S', 'P1M', 'P', '', 86_400, null, undefined])(
    'does not move by %j',
    async (duration) => {
      const before = await now(server);
      expectProblem(await advance(duration), 400, 'invalidRequest');
      expect(await now(server)).toBe(before);
    },
  );

  it('answers after everything due by then has been written', async () => {
    const device = await activate(server, await issueLicense(server));
    await server.advance('P40D');
    expect((await historyOfDevice(server, device.id))[0]).toMatchObject({
      event: 'expire',
      at: device.device.deactivationDate,
      recordedAt: await now(server),
    });
  });

  it('survives a restart', async () => {
    await server.advance('P100D');
    const before = await now(server);
    await server.stop();
    await server.start();
    expect(await now(server)).toBe(before);
  });
});
