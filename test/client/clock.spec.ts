/** A clock that tells no time stops the software, whatever it says instead, until it tells one again; and what is known of a clock is told once. */
import { Seat } from '../../src/client/seat.js';
import { until } from '../support/lives.js';
import { startServer, type TestServer } from '../support/server.js';
import { FaultyProxy } from './faulty.proxy.js';
import { seatScene } from './scene.js';

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

const silent = { state: 'clockBehind', mayRun: false, until: null, whyNot: 'clockBehind' };
const noTimes = [NaN, Infinity, -Infinity, undefined, null, '2026-11-28', new Date(0)] as number[];

describe.each(noTimes)('a clock that says %p', (noTime) => {
  it('stops a session that was good, which goes on once the clock is right', async () => {
    const { seat, clock, restart } = await seatScene(server, proxy);
    await seat.activate();
    const time = clock.now();
    clock.set(noTime);
    expect(seat.answer).toMatchObject({ ...silent, detail: 'The clock of this machine tells no time.' });
    expect(seat.answer.whatToDo).toMatch(/^Set the clock right/);
    clock.set(time);
    expect(seat.answer).toMatchObject({ state: 'offline', mayRun: true, whyNot: null });
    clock.set(noTime);
    expect((await restart()).answer).toMatchObject(silent);
  });

  it('lets a seat be got and given back, and the software not run for a moment', async () => {
    const scene = await seatScene(server, proxy);
    const time = scene.clock.now();
    scene.clock.set(noTime);
    const told: boolean[] = [];
    scene.seat.subscribe(({ mayRun }) => told.push(mayRun));
    expect(await scene.seat.activate()).toMatchObject({ accepted: true, error: null, answer: silent });
    expect(await scene.seat.checkIn()).toMatchObject({ accepted: true, error: null, answer: silent });
    const seat = await scene.restart();
    expect(seat.storeError).toBeNull();
    expect(seat.answer).toMatchObject(silent);
    expect(told).not.toContain(true);
    // The difference to the server's is known from the next word of the server on.
    scene.clock.set(time);
    expect(await seat.checkIn()).toMatchObject({ accepted: true, answer: { state: 'active', mayRun: true } });
    scene.clock.set(noTime);
    expect(await seat.logOut()).toMatchObject({ accepted: true, answer: { state: 'signedOut' } });
  });

  it('does not have the server asked more than once a minute', async () => {
    const scene = await seatScene(server, proxy, { automatic: true });
    await scene.seat.activate();
    await scene.seat.settled();
    // While there is a time, what has passed goes by it.
    scene.clock.pass(1_000);
    scene.clock.set(noTime);
    const before = proxy.seen.filter((line) => line.endsWith('/check-in')).length;
    for (let second = 0; second < 180; second += 1) {
      scene.clock.pass(1_000);
      scene.clock.set(noTime);
      await scene.seat.settled();
    }
    scene.seat.close();
    expect(proxy.seen.filter((line) => line.endsWith('/check-in')).length - before).toBeLessThanOrEqual(3);
  });
});

describe('a clock that was turned back', () => {
  it('is told of once, also where who is told asks again', async () => {
    const { seat, clock } = await seatScene(server, proxy);
    await seat.activate();
    const told: string[] = [];
    seat.subscribe(({ state }) => told.push(`${state}, asked: ${seat.state}`));
    clock.set(clock.now() - 3_600_000);
    for (let look = 0; look < 5; look += 1) expect(seat.answer.whyNot).toBe('clockBehind');
    await until('it is told', () => told.length > 0);
    for (let look = 0; look < 5; look += 1) expect(seat.answer.whyNot).toBe('clockBehind');
    clock.set(NaN);
    expect(seat.answer.detail).toBe('The clock of this machine tells no time.');
    await until('that is told, too', () => told.length > 1);
    // All that could be told has been by now.
    expect((await seat.logOut()).accepted).toBe(true);
    const behind = 'clockBehind, asked: clockBehind';
    expect(told).toEqual([behind, behind, 'loggingOut, asked: loggingOut', 'signedOut, asked: signedOut']);
  });
});

it('is read through whatever object it is', async () => {
  const { options, clock } = await seatScene(server, proxy);
  class Clock {
    private readonly inner = clock;
    now(): number {
      return this.inner.now();
    }
    schedule(millis: number, work: () => void): () => void {
      return this.inner.schedule(millis, work);
    }
    random(): number {
      return this.inner.random();
    }
  }
  const seat = await Seat.open({ ...options, clock: new Clock(), automatic: true });
  expect(await seat.activate()).toMatchObject({ accepted: true, answer: { mayRun: true } });
  seat.close();
});
