/** A seat among others, and in hands that are not careful: two on one store, listeners that throw, options that make no sense. */
import { jest } from '@jest/globals';
import { Seat } from '../../src/client/seat.js';
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
