/** A seat among others, and in hands that are not careful: two on one store, listeners that throw, options that make no sense. */
import { jest } from '@jest/globals';
import { Seat } from '../../src/client/seat.js';
import { memoryStore } from '../../src/client/store.js';
import { until } from '../support/lives.js';
import { readDevice } from '../support/scene.js';
import { startServer, type TestServer } from '../support/server.js';
import { FaultyProxy } from './faulty.proxy.js';
import { seatScene } from './scene.js';

let server: TestServer;
let proxy: FaultyProxy;

beforeAll(async () => {
  server = await startServer();
  proxy = await FaultyProxy.before(server.url);
});
afterEach(() => proxy.pass());
afterAll(async () => {
  await proxy.close();
  await server.stop();
});

describe('two seats on one store that activate at once', () => {
  it.each([0, 1])('give the seat back, or say that they could not: number %i', async (index) => {
    const scene = await seatScene(server, proxy);
    const seats = [scene.seat, await Seat.open(scene.options)];
    await Promise.all(seats.map((seat) => seat.activate()));
    const id = seats[0]?.device?.id ?? '';
    const outcome = await seats[index]?.logOut();
    const { state } = await readDevice(server, id);
    expect(outcome?.answer.mayRun).toBe(false);
    // What was said is what is so.
    expect([outcome?.accepted, state]).toEqual(outcome?.error === null ? [true, 'loggedOut'] : [false, 'active']);
    if (outcome?.error !== null) expect(outcome?.error).toMatchObject({ code: 'unauthenticated', isAnswer: true });
  });

  it('find the token of the other in the store, where theirs has ended', async () => {
    const scene = await seatScene(server, proxy);
    await scene.seat.activate();
    const old = await Seat.open(scene.options);
    const { store } = scene;
    const text = (await store.read()) ?? '';
    // The other one has lost its memory, activates anew and uses its new token.
    await store.clear();
    await scene.restart();
    await scene.seat.activate();
    await scene.seat.checkIn();
    expect(await store.read()).not.toBe(text);
    expect(await old.logOut()).toMatchObject({ accepted: true, answer: { state: 'signedOut' } });
    expect((await readDevice(server, scene.seat.device?.id ?? '')).state).toBe('loggedOut');
  });
});

describe('a seat whose token ends while the other has not kept its own yet', () => {
  it('looks again, and goes on with what the other has kept', async () => {
    const scene = await seatScene(server, proxy);
    const first = scene.seat;
    let isUsed = (): void => undefined;
    const used = new Promise<void>((resolve) => (isUsed = resolve));
    let release = (): void => undefined;
    const released = new Promise<void>((resolve) => (release = resolve));
    const second = await Seat.open({
      ...scene.options,
      fetch: async (address, given) => {
        const response = await fetch(address, given);
        if (String(address).endsWith('/check-in')) {
          isUsed();
          await released;
        }
        return response;
      },
    });
    await first.activate();
    await first.whenKept();
    const text = (await scene.store.read()) ?? '';
    await second.activate();
    await second.whenKept();
    // The first one has kept its token last, and the second one is the first to use its own.
    await scene.store.write(text);
    const connecting = second.checkIn();
    await used;
    let asked = 0;
    const third = await Seat.open({
      ...scene.options,
      fetch: async (address, given) => {
        if (String(address).endsWith('/check-in')) asked += 1;
        if (asked === 2) {
          release();
          await connecting;
          await second.whenKept();
        }
        return fetch(address, given);
      },
    });
    expect(await third.checkIn()).toMatchObject({ accepted: true, error: null, answer: { state: 'active' } });
    expect((await scene.restart()).lease).toBe(third.lease);
    expect((await second.checkIn()).accepted).toBe(true);
  });

  it('believes it where nobody has kept another', async () => {
    const scene = await seatScene(server, proxy);
    await scene.seat.activate();
    await (async () => {
      const clone = await Seat.open({ ...scene.options, store: memoryStore() });
      await clone.activate();
      await clone.checkIn();
    })();
    expect(await scene.seat.checkIn()).toMatchObject({
      accepted: false,
      error: { code: 'unauthenticated', isAnswer: true },
      answer: { state: 'ended', mayRun: false },
    });
  });
});

describe('a listener that throws', () => {
  it('changes nothing for the seat, for who asked, and for other listeners', async () => {
    const complaints = jest.spyOn(console, 'error').mockImplementation(() => undefined);
    const scene = await seatScene(server, proxy);
    const told: string[] = [];
    scene.seat.subscribe(() => {
      throw new Error('boom');
    });
    scene.seat.subscribe(({ state }) => told.push(state));
    expect(await scene.seat.activate()).toMatchObject({ accepted: true, answer: { state: 'active' } });
    expect(await scene.seat.logOut()).toMatchObject({ accepted: true, answer: { state: 'signedOut' } });
    expect(told).toEqual(['activating', 'active', 'loggingOut', 'signedOut']);
    expect(complaints).toHaveBeenCalledTimes(4);
    complaints.mockRestore();
  });
});

describe('what a person asks for', () => {
  it.each([null, {}, { askedByPerson: 'no' }, { askedByPerson: 1 }, { askedByPerson: null }])(
    'is not asked for by %j',
    async (said) => {
      const scene = await seatScene(server, proxy);
      await scene.seat.activate();
      await server.request('POST', `/v1/devices/${scene.seat.device?.id}/remote-deactivation`);
      await scene.seat.checkIn();
      expect((await scene.seat.activate(said as object)).error).toMatchObject({ code: 'personMustAsk' });
    },
  );
});

describe('a seat that was closed', () => {
  it('while it was being asked for is no more, and what was kept goes on at the next start', async () => {
    const scene = await seatScene(server, proxy);
    await scene.seat.activate();
    await server.request('POST', `/v1/devices/${scene.seat.device?.id}/remote-deactivation`);
    await scene.seat.checkIn();
    proxy.hold(/^POST \/v1\/devices$/);
    const asked = scene.seat.activate({ askedByPerson: true });
    await until('it is being asked for', () => proxy.holds === 1);
    expect(scene.seat.state).toBe('activating');
    scene.seat.close();
    const answer = { state: 'signedOut', mayRun: false, whyNot: 'closed', detail: 'The session was closed.' };
    expect(scene.seat.answer).toMatchObject(answer);
    expect(await asked).toMatchObject({ accepted: false, error: { code: 'closed' }, answer });
    proxy.release();
    // A person has asked, and got nothing: a deactivated device goes on asking for a person.
    expect((await scene.restart()).answer.whyNot).toBe('remotelyDeactivated');
  });

  it('says so to whatever is asked, and nothing is asked of the server', async () => {
    const scene = await seatScene(server, proxy);
    const { seat } = scene;
    const { length } = proxy.seen;
    // What was asked for just before has not begun.
    const asked = seat.activate();
    seat.close();
    const closed = { accepted: false, error: { code: 'closed', isAnswer: false }, answer: { state: 'signedOut' } };
    expect(await asked).toMatchObject(closed);
    expect(await seat.activate({ askedByPerson: true })).toMatchObject(closed);
    expect(await seat.checkIn()).toMatchObject(closed);
    expect(await seat.logOut()).toMatchObject(closed);
    expect(proxy.seen.length).toBe(length);
  });

  it('keeps nothing any more, while its lease goes on to be judged by time', async () => {
    const scene = await seatScene(server, proxy, { terms: { checkInPeriod: 'P1D' } });
    const { seat } = scene;
    await seat.activate();
    seat.close();
    await scene.store.write('of another');
    scene.clock.pass(3_600_000);
    expect(seat.answer).toMatchObject({ state: 'active', mayRun: true });
    scene.clock.pass(24 * 3_600_000);
    expect(seat.answer).toMatchObject({ state: 'ended', mayRun: false, whyNot: 'leaseEnded' });
    await seat.whenKept();
    expect(await scene.store.read()).toBe('of another');
  });

  it('is not logged out by being asked to', async () => {
    const scene = await seatScene(server, proxy);
    await scene.seat.activate();
    scene.seat.close();
    expect(await scene.seat.logOut()).toMatchObject({ accepted: false, error: { code: 'closed' } });
    expect((await scene.restart()).answer).toMatchObject({ state: 'offline', mayRun: true });
  });
});

describe('options', () => {
  it.each([
    [{ timeoutMillis: Infinity }, /timeoutMillis/],
    [{ timeoutMillis: NaN }, /timeoutMillis/],
    [{ timeoutMillis: 0 }, /timeoutMillis/],
    [{ timeoutMillis: '5' }, /timeoutMillis/],
    [{ licenseKey: undefined }, /license key/],
    [{ fetch: 'x' }, /fetch/],
    [{ store: {} }, /store has/],
    [{ store: null }, /store has/],
    [{ clock: {} }, /clock has/],
    [{ name: 5 }, /name/],
    [{ serverUrl: 'http://u:p@seats.example' }, /user/],
  ])('like %j are refused with a sentence', async (wrong, sentence) => {
    const { options } = await seatScene(server, proxy);
    const refused = Seat.open({ ...options, ...(wrong as object) });
    await expect(refused).rejects.toThrow(TypeError);
    await expect(refused).rejects.toThrow(sentence);
  });
});
