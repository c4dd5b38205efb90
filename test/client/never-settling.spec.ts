/** What never settles, a store or a `fetch` that does not heed its signal, holds up nobody: each ends as one that failed, by the clock of the seat. */
import { Seat, type SeatOutcome } from '../../src/client/seat.js';
import { memoryStore, type SeatStore } from '../../src/client/store.js';
import { until } from '../support/lives.js';
import { readDevice } from '../support/scene.js';
import { startServer, type TestServer } from '../support/server.js';
import { FaultyProxy } from './faulty.proxy.js';
import { type HandClock } from './hand.clock.js';
import { type SeatScene, seatScene } from './scene.js';

const timeoutMillis = 10_000;

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

const never = <Result>(): Promise<Result> => new Promise(() => undefined);

/** A store that answers once the test lets it. */
class StuckStore implements SeatStore {
  private readonly memory = memoryStore();
  private waiting: (() => void)[] = [];
  isStuck = true;

  get waits(): number {
    return this.waiting.length;
  }

  /** Answers what was asked, the oldest first, and all that is asked from now on. */
  release(): void {
    this.isStuck = false;
    for (const go of this.waiting.splice(0)) go();
  }

  read = (): Promise<string | null> => this.later(() => this.memory.read());
  write = (text: string): Promise<void> => this.later(() => this.memory.write(text));
  clear = (): Promise<void> => this.later(() => this.memory.clear());

  private async later<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.isStuck) await new Promise<void>((go) => this.waiting.push(go));
    return work();
  }
}

/** The outcome of what waits for the store, once that is given up. */
async function outcomeOf(clock: HandClock, store: StuckStore, asked: Promise<SeatOutcome>): Promise<SeatOutcome> {
  const before = store.waits;
  let isOver = false;
  void asked.finally(() => (isOver = true));
  await until('the store is asked', () => isOver || store.waits > before);
  clock.pass(timeoutMillis - 1);
  await new Promise((resolve) => setImmediate(resolve));
  expect(isOver).toBe(false);
  clock.pass(1);
  return asked;
}

describe('a store that never answers', () => {
  it('counts as one that cannot be read, and the seat begins anew', async () => {
    const scene = await seatScene(server, proxy);
    const store = new StuckStore();
    const opening = Seat.open({ ...scene.options, store });
    await until('it is asked', () => store.waits === 1);
    scene.clock.pass(timeoutMillis);
    const seat = await opening;
    expect(seat.answer).toMatchObject({ state: 'signedOut', mayRun: false });
    expect(seat.storeError).toMatchObject({
      code: 'storeFailed',
      operation: 'read',
      reason: 'It has not answered in time.',
    });
    store.release();
    expect(await seat.activate()).toMatchObject({ accepted: true, answer: { mayRun: true } });
    expect([seat.storeError, scene.clock.waits]).toEqual([null, []]);
  });

  it('counts as one that cannot be written, is waited for once, and keeps what happened last when it answers', async () => {
    const store = new StuckStore();
    store.isStuck = false;
    const scene = await seatScene(server, proxy, { store });
    const { seat, clock } = scene;
    store.isStuck = true;
    const activated = await outcomeOf(clock, store, seat.activate());
    expect(activated).toMatchObject({ accepted: true, error: null, answer: { state: 'active', mayRun: true } });
    expect(seat.storeError).toMatchObject({ code: 'storeFailed', operation: 'write' });
    // It is known by now, so nothing else waits for it.
    expect(await seat.checkIn()).toMatchObject({ accepted: true, answer: { state: 'active' } });
    await seat.whenKept();
    expect([store.waits, clock.waits]).toEqual([1, []]);
    store.release();
    await until('it is kept', () => seat.storeError === null);
    expect((await scene.restart()).lease).toBe(seat.lease);
  });

  it('holds up no log-out, of which the server is told', async () => {
    const store = new StuckStore();
    store.isStuck = false;
    const { seat, clock } = await seatScene(server, proxy, { store });
    await seat.activate();
    const { id } = seat.device ?? { id: '' };
    store.isStuck = true;
    const loggingOut = seat.logOut();
    await until('it is read', () => store.waits === 1);
    clock.pass(timeoutMillis);
    await until('it is written', () => store.waits === 2);
    expect(seat.answer).toMatchObject({ state: 'loggingOut', mayRun: false });
    clock.pass(timeoutMillis);
    expect(await loggingOut).toMatchObject({ accepted: true, answer: { state: 'signedOut' } });
    expect((await readDevice(server, id)).state).toBe('loggedOut');
    store.release();
    await until('nothing is kept any more', async () => (await store.read()) === null);
  });
});

/** What never settles, and when: the seat of these goes through a `fetch` that does not heed its signal. */
const silences: Record<string, () => Promise<Response>> = {
  'no answer': never,
  'an answer without an end': async () => {
    const headers = { 'content-type': 'application/json' };
    return new Response(new ReadableStream({ start: (body) => body.enqueue(new Uint8Array([123])) }), { headers });
  },
  'a page that cannot be put away': async () => {
    const headers = { 'content-type': 'text/html' };
    return new Response(new ReadableStream({ cancel: () => never() }), { headers });
  },
};

describe.each(Object.keys(silences))('a fetch that does not heed its signal, with %s', (what) => {
  let isSilent = false;
  let asked = 0;

  /** A seat whose `fetch` falls silent when told. */
  async function scene(): Promise<SeatScene> {
    isSilent = false;
    return seatScene(server, proxy, {
      fetch: (address, given) => {
        if (!isSilent) return fetch(address, given);
        asked += 1;
        return silences[what]?.() ?? never();
      },
    });
  }

  async function outcomeOfSilence({ clock }: SeatScene, request: () => Promise<SeatOutcome>): Promise<SeatOutcome> {
    isSilent = true;
    const before = asked;
    const outcome = request();
    await until('it is asked', () => asked > before);
    clock.pass(timeoutMillis);
    return outcome;
  }

  const late = { code: 'noAnswer', cause: 'timeout', isAnswer: false };

  it('ends an activation, a check-in and a log-out in time', async () => {
    const { seat, ...rest } = await scene();
    const missed = await outcomeOfSilence({ seat, ...rest }, () => seat.activate());
    expect(missed).toMatchObject({ accepted: false, error: late, answer: { state: 'signedOut', whyNot: 'noAnswer' } });
    isSilent = false;
    expect((await seat.activate()).accepted).toBe(true);
    const offline = await outcomeOfSilence({ seat, ...rest }, () => seat.checkIn());
    expect(offline).toMatchObject({ accepted: false, error: late, answer: { state: 'offline', mayRun: true } });
    const loggingOut = await outcomeOfSilence({ seat, ...rest }, () => seat.logOut());
    expect(loggingOut).toMatchObject({ accepted: false, error: late, answer: { state: 'loggingOut', mayRun: false } });
    expect(rest.clock.waits).toEqual([]);
  });

  it('ends with the seat', async () => {
    const { seat } = await scene();
    isSilent = true;
    const before = asked;
    const outcome = seat.activate();
    await until('it is asked', () => asked > before);
    seat.close();
    expect(await outcome).toMatchObject({ accepted: false, error: { code: 'closed' } });
  });
});

describe('a stream through a fetch that does not heed its signal', () => {
  it.each(['no answer', 'no end'])('is given up after a minute of silence, and opened again: %s', async (what) => {
    let streams = 0;
    const { seat, clock } = await seatScene(server, proxy, {
      automatic: true,
      fetch: (address, given) => {
        if (!String(address).endsWith('/stream')) return fetch(address, given);
        streams += 1;
        const headers = { 'content-type': 'text/event-stream' };
        return what === 'no answer' ? never() : Promise.resolve(new Response(new ReadableStream(), { headers }));
      },
    });
    await seat.activate();
    await until('it listens', () => streams === 1);
    await until('it is opened again', async () => {
      clock.pass(5_000);
      await seat.settled();
      return streams > 1;
    });
    seat.close();
    await until('nothing is waited for', () => clock.waits.length === 0);
  });
});
