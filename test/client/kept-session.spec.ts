/** What a seat keeps between two runs, and what it reckons from it: a clock that is set right, and a store that is slow. */
import { memoryStore, type SeatStore } from '../../src/client/store.js';
import { startServer, type TestServer } from '../support/server.js';
import { FaultyProxy } from './faulty.proxy.js';
import { seatScene } from './scene.js';

const day = 86_400_000;

let server: TestServer;
let proxy: FaultyProxy;
beforeAll(async () => {
  server = await startServer();
  proxy = await FaultyProxy.before(server.url);
});
afterAll(async () => {
  await proxy.close();
  await server.stop();
});

it('goes on when a clock that was days behind is set right, while an answer that is played again stays an old one', async () => {
  const { seat, clock } = await seatScene(server, proxy);
  const right = clock.now();
  clock.set(right - 5 * day);
  expect((await seat.activate()).accepted).toBe(true);
  clock.set(right);
  // By what was reckoned from the wrong clock it is five days later than it is.
  expect(seat.answer.mayRun).toBe(true);
  const outcome = await seat.checkIn();
  expect({ accepted: outcome.accepted, error: outcome.error }).toEqual({ accepted: true, error: null });
  expect(seat.state).toBe('active');
  // Now it is really later, and the clock says so: what the server has said before is of the past.
  clock.pass(5 * day);
  expect(seat.answer.mayRun).toBe(true);
  const played = await seat.checkIn();
  expect(played.error).toMatchObject({ code: 'leaseNotGood', fault: 'outdated' });
  expect(seat.state).toBe('offline');
});

it('keeps what happened last, however long the store takes for what happened before', async () => {
  const memory = memoryStore();
  let release = (): void => undefined;
  let isSlow = false;
  let isAway = false;
  const store: SeatStore = {
    ...memory,
    write: async (text) => {
      if (isSlow) {
        isSlow = false;
        await new Promise<void>((resolve) => (release = resolve));
      }
      await memory.write(text);
    },
  };
  const { seat, clock, restart } = await seatScene(server, proxy, {
    store,
    fetch: (...given) => (isAway ? Promise.reject(new TypeError('away')) : fetch(...given)),
  });
  await seat.activate();
  isSlow = true;
  isAway = true;
  clock.pass(day / 2);
  // To look at the time is to keep it.
  expect(seat.answer.mayRun).toBe(true);
  const loggedOut = seat.logOut();
  for (let turn = 0; turn < 50; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  release();
  expect((await loggedOut).answer.state).toBe('loggingOut');
  await seat.whenKept();
  // It will be told to the server, and not go on.
  expect((await restart()).state).toBe('loggingOut');
});
