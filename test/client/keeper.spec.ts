/** What a seat does by itself: it connects in time, tries again, listens, and lets the machine sleep. The clock stands in the hand of the test. */
import type { Seat } from '../../src/client/seat.js';
import { until } from '../support/lives.js';
import { changeLicense } from '../support/scene.js';
import { startServer, type TestServer } from '../support/server.js';
import { FaultyProxy } from './faulty.proxy.js';
import { type SeatScene, seatScene } from './scene.js';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

let server: TestServer;
let proxy: FaultyProxy;
const open: Seat[] = [];

beforeAll(async () => {
  server = await startServer({ env: { SEATKEEPER_STREAM_HEARTBEAT: 'PT1S' } });
  proxy = await FaultyProxy.before(server.url);
});
afterEach(() => {
  for (const seat of open.splice(0)) seat.close();
  proxy.pass();
});
afterAll(async () => {
  await proxy.close();
  await server.stop();
});

async function automatic(more: Parameters<typeof seatScene>[2] = {}): Promise<SeatScene> {
  const scene = await seatScene(server, proxy, { automatic: true, ...more });
  open.push(scene.seat);
  return scene;
}

async function active(more: Parameters<typeof seatScene>[2] = {}): Promise<SeatScene> {
  const scene = await automatic(more);
  expect((await scene.seat.activate()).error).toBeNull();
  return scene;
}

const checkIns = (): number => proxy.seen.filter((line) => line.endsWith('/check-in')).length;
const streams = (): number => proxy.seen.filter((line) => line.endsWith('/stream')).length;
const activations = (): number => proxy.seen.filter((line) => line === 'POST /v1/devices').length;

/** Lets time pass, and what became due be answered. */
async function pass(scene: SeatScene, millis: number): Promise<void> {
  scene.clock.pass(millis);
  await scene.seat.settled();
}

describe('a seat that is left alone', () => {
  it('connects once a day where the period is thirty days', async () => {
    const scene = await active();
    const before = checkIns();
    const days: number[] = [];
    for (let hours = 1; hours <= 72; hours += 1) {
      await server.advance('PT1H');
      await pass(scene, hour);
      days.push(checkIns() - before);
    }
    expect([22, 23, 46, 47, 70, 71].map((hours) => days[hours])).toEqual([0, 1, 1, 2, 2, 3]);
    expect(scene.seat.answer.state).toBe('active');
  });

  it('connects four times a period where that is short', async () => {
    const scene = await active({ terms: { checkInPeriod: 'PT80S' } });
    const before = checkIns();
    for (let quarter = 0; quarter < 4; quarter += 1) {
      await server.advance('PT20S');
      await pass(scene, 20 * second);
      expect(checkIns() - before).toBe(quarter + 1);
    }
    expect(scene.seat.answer).toMatchObject({ state: 'active', mayRun: true });
  });

  it('asks nothing where it holds no seat', async () => {
    const scene = await automatic();
    const { length } = proxy.seen;
    scene.clock.pass(30 * day);
    expect([proxy.seen.length, scene.clock.waits]).toEqual([length, []]);
  });

  it('connects at once when the software starts again', async () => {
    const scene = await active();
    const before = checkIns();
    const again = await scene.restart();
    open.push(again);
    scene.clock.pass(0);
    await until('the server has answered', () => again.state === 'active');
    expect(checkIns()).toBe(before + 1);
  });

  it('goes on giving its seat back after a log-out that nobody heard', async () => {
    const scene = await active();
    proxy.fail('drop');
    await scene.seat.logOut();
    proxy.pass();
    const again = await scene.restart();
    open.push(again);
    expect(again.state).toBe('loggingOut');
    scene.clock.pass(0);
    await until('the seat is free', () => again.state === 'signedOut');
  });
});

describe('a server that does not answer', () => {
  it('is asked after 5 s, and then each time twice as late', async () => {
    const scene = await active();
    scene.clock.chance = 1;
    proxy.fail('drop');
    await scene.seat.checkIn();
    const gaps: number[] = [];
    for (let round = 0; round < 8; round += 1) {
      const before = checkIns();
      let gap = 0;
      for (; checkIns() === before && gap < 3 * hour; gap += second) await pass(scene, second);
      gaps.push(gap / second);
    }
    expect(gaps).toEqual([5, 10, 20, 40, 80, 160, 320, 640]);
    expect(scene.seat.answer).toMatchObject({ state: 'offline', mayRun: true });
  });

  it('is not asked again before the time that it has asked for', async () => {
    const scene = await active();
    scene.clock.chance = 0;
    proxy.fail('tooManyRequests');
    await scene.seat.checkIn();
    const before = checkIns();
    await pass(scene, 6 * second);
    expect(checkIns()).toBe(before);
    await pass(scene, second);
    expect(checkIns()).toBe(before + 1);
  });

  it('is found again by itself', async () => {
    const scene = await active();
    proxy.fail('drop');
    await scene.seat.checkIn();
    expect(scene.seat.state).toBe('offline');
    proxy.pass();
    scene.clock.pass(5 * second);
    await until('it is active', () => scene.seat.state === 'active');
  });
});

describe('a machine that sleeps', () => {
  it('connects when it wakes, and learns what became of its seat', async () => {
    const scene = await active({ terms: { checkInPeriod: 'P3D' } });
    await server.advance('P4D');
    // Timers stand still while a machine sleeps, and its clock does not.
    scene.clock.set(scene.clock.now() + 4 * day);
    expect(scene.seat.answer).toMatchObject({ state: 'ended', mayRun: false, whyNot: 'leaseEnded' });
    scene.clock.pass(minute);
    await until('the server has said it', () => scene.seat.answer.whyNot === 'expired');
    expect(scene.seat.answer.endedBy).toMatchObject({ kind: 'expiry' });
  });

  it('never activates by itself', async () => {
    const scene = await active({ terms: { checkInPeriod: 'P3D' } });
    const before = activations();
    await server.advance('P4D');
    scene.clock.set(scene.clock.now() + 4 * day);
    scene.clock.pass(minute);
    await until('the server has said it', () => scene.seat.answer.whyNot === 'expired');
    scene.clock.pass(2 * hour);
    expect(activations()).toBe(before);
  });
});

describe('a license on hold', () => {
  it('lets the session go on by itself once it is in order', async () => {
    const scene = await active();
    await changeLicense(server, scene.license.id, 'suspend');
    await scene.seat.checkIn();
    expect(scene.seat.answer).toMatchObject({ state: 'onHold', mayRun: false, whyNot: 'licenseSuspended' });
    await changeLicense(server, scene.license.id, 'reinstate');
    scene.clock.pass(5 * second);
    await until('it is active', () => scene.seat.state === 'active');
  });
});

describe('a license that has ended', () => {
  it('is named as the reason, though its lease has ended with it, and lets the session go on once it is renewed', async () => {
    const { now } = (await server.request<{ now: string }>('GET', '/v1/test-clock')).body;
    const validUntil = new Date(Date.parse(now) + day).toISOString();
    const scene = await active({ terms: { validUntil } });
    await server.advance('P1D');
    await scene.seat.checkIn();
    await pass(scene, 2 * day);
    expect(scene.seat.answer).toMatchObject({ state: 'onHold', mayRun: false, whyNot: 'licenseExpired' });
    expect((await scene.restart()).answer).toMatchObject({ state: 'onHold', whyNot: 'licenseExpired' });
    open.push(scene.seat);
    await changeLicense(server, scene.license.id, 'renew', { validUntil: null });
    await pass(scene, 0);
    expect(scene.seat.answer).toMatchObject({ state: 'active', mayRun: true });
  });
});

describe('the stream', () => {
  it('tells at once that the seat was freed', async () => {
    const scene = await active();
    const before = checkIns();
    const told: string[] = [];
    scene.seat.subscribe(({ state }) => told.push(state));
    await until('it listens', () => streams() > 0);
    await server.request('POST', `/v1/devices/${scene.seat.device?.id}/remote-deactivation`);
    await until('it asks', () => {
      scene.clock.pass(0);
      return checkIns() > before;
    });
    await until('it knows', () => scene.seat.answer.whyNot === 'remotelyDeactivated');
    expect(told).toEqual(['deactivated']);
  });

  it('is not believed: what it tells is asked for', async () => {
    const { fetch } = globalThis;
    const lie = 'event: device\ndata: {"state":"remotelyDeactivated"}\n\n';
    const lying: typeof fetch = async (address, ...given) =>
      String(address).endsWith('/stream')
        ? new Response(lie, { headers: { 'content-type': 'text/event-stream' } })
        : fetch(address, ...given);
    const scene = await active({ fetch: lying });
    const before = checkIns();
    await until('it asks', () => {
      scene.clock.pass(0);
      return checkIns() > before;
    });
    await scene.seat.settled();
    expect(scene.seat.answer).toMatchObject({ state: 'active', mayRun: true });
  });

  it('is opened again where it was lost, later each time, and the session goes on meanwhile', async () => {
    const before = streams();
    proxy.fail('page', /stream/);
    const scene = await active();
    scene.clock.chance = 1;
    await until('it was tried', () => streams() === before + 1);
    for (const [index, wait] of [2, 4, 8, 16].entries()) {
      await until('it is to be opened again', () => scene.clock.waits.includes(wait * second) || index === 0);
      scene.clock.pass(wait * second);
      await until('it was tried again', () => streams() === before + 2 + index);
    }
    expect(scene.seat.answer).toMatchObject({ state: 'active', mayRun: true });
  });

  it('is closed with the seat, and all timers with it', async () => {
    const scene = await active();
    await until('it listens', () => streams() > 0);
    scene.seat.close();
    await until('nothing is waited for', () => scene.clock.waits.length === 0);
    expect(await scene.seat.checkIn()).toMatchObject({ accepted: false, error: { code: 'closed' } });
    expect((await scene.seat.activate()).accepted).toBe(false);
  });

  it('ends with the signal that was handed in', async () => {
    const ending = new AbortController();
    const scene = await active({ signal: ending.signal });
    ending.abort();
    await until('nothing is waited for', () => scene.clock.waits.length === 0);
  });
});
