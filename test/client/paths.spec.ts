/**
 * Generated paths through the session of client software, walked by the kit itself: a real seat, a real server, and a proxy between them that drops,
 * delays, cuts and lies. After each step the seat has to be where the machine is.
 */
import {
  type ClientSessionEvent,
  clientSessionEvents,
  clientSessionMachine,
  clientSessionSnapshot,
  type ClientSessionState,
  clientSessionStates,
  decideClientSession,
} from '../../machines/index.js';
import { type SeatOutcome } from '../../src/client/seat.js';
import { edgeKey, edgePaths, edgesOf } from '../machines/edge.paths.js';
import { machineModel } from '../machines/models/machine.model.js';
import { TransitionCoverage } from '../support/coverage.js';
import { until } from '../support/lives.js';
import { activate, changeLicense } from '../support/scene.js';
import { startServer, type TestServer } from '../support/server.js';
import { type Fault, FaultyProxy } from './faulty.proxy.js';
import { type SeatScene, seatScene, tokenOf } from './scene.js';

const hour = 3_600_000;
const day = 24 * hour;

/** In turn, so that each state meets several. */
const faults: Fault[] = [
  'drop',
  'loseAnswer',
  'cut',
  'stall',
  'page',
  'redirect',
  'otherJson',
  'tooManyRequests',
  'overloaded',
  'forgedLease',
];

const events = (Object.keys(clientSessionEvents) as ClientSessionEvent['type'][]).flatMap<object>((type) =>
  type === 'activate' ? [true, false].map((byPerson) => ({ type, byPerson })) : [{ type }],
) as ClientSessionEvent[];

const key = ({ value }: { value: unknown }): string => String(value);
const model = machineModel(clientSessionMachine, {
  events,
  serializeState: key,
  // What the states refuse, the kit does not let happen; the table is tested on that event by event.
  filterEvents: (snapshot, event) =>
    decideClientSession(snapshot, event).outcome !== 'refused' || event.type === 'activate',
});
const paths = model.getPaths(edgePaths);

describe('the seat', () => {
  const coverage = new TransitionCoverage(clientSessionMachine, 'clientKit');
  const walked = new Set<string>();
  let server: TestServer;
  let proxy: FaultyProxy;
  let scene: SeatScene;
  let asked: Promise<SeatOutcome> | null = null;
  let turn = 0;

  beforeAll(async () => {
    server = await startServer();
    proxy = await FaultyProxy.before(server.url);
  });
  afterAll(async () => {
    await proxy.close();
    await server.stop();
  });

  const checkIn = (): Promise<SeatOutcome> => scene.seat.checkIn();
  const fault = (): Fault => faults[turn++ % faults.length] ?? 'drop';

  /** Waits for what was asked, and lets the clock run where the answer never comes. */
  async function missed(outcome: Promise<SeatOutcome>, by: Fault): Promise<void> {
    if (by === 'stall') {
      let isOver = false;
      void outcome.finally(() => (isOver = true));
      await until('the kit gives up', () => {
        scene.clock.pass(10_000);
        return isOver;
      });
    }
    const { accepted, error } = await outcome;
    expect([accepted, error?.code]).toEqual([false, expect.any(String)]);
  }

  interface KeptText {
    seat: { deviceId: string; token: string; lease: string };
  }

  async function keptSeat(): Promise<KeptText['seat']> {
    return (JSON.parse((await scene.store.read()) ?? '') as KeptText).seat;
  }

  async function changeKept(change: (kept: KeptText) => object): Promise<void> {
    // What the seat is still writing would come over it.
    await scene.seat.whenKept();
    await scene.store.write(JSON.stringify(change(JSON.parse((await scene.store.read()) ?? '') as KeptText)));
  }

  /** Another process of the same machine, with the same store, asks for the seat again. */
  async function activateElsewhere(): Promise<void> {
    const { token, lease } = await activate(server, scene.license, { fingerprint: scene.options.fingerprint });
    await changeKept(({ seat, ...session }) => ({ ...session, seat: { ...seat, token, lease } }));
  }

  /** What the world does so that an event happens in a state. */
  const happen: Record<
    ClientSessionEvent['type'],
    (state: ClientSessionState, event: ClientSessionEvent) => Promise<void>
  > = {
    activate: async (state, event) => {
      const askedByPerson = event.type === 'activate' && event.byPerson;
      if (state === 'deactivated' && !askedByPerson) {
        expect((await scene.seat.activate()).error).toMatchObject({ code: 'personMustAsk', isAnswer: false });
        coverage.refuse(state, event.type, 'personAsks');
        return;
      }
      if (state === 'activating') {
        void scene.seat.activate({ askedByPerson });
        return;
      }
      const isKept = ['signedOut', 'ended', 'deactivated', 'loggingOut'].includes(state);
      proxy.pass();
      if (isKept) proxy.hold(/^POST \/v1\/devices$/);
      else if (state !== 'active') proxy.fail('drop');
      if (state === 'onHold') await changeLicense(server, scene.license.id, 'reinstate');
      const outcome = scene.seat.activate({ askedByPerson });
      if (isKept) {
        asked = outcome;
        await until('the seat is being asked for', () => proxy.holds === 1);
      } else {
        // It holds its seat already, so it connects; where it is not active, that is missed, so that being asked alone changes nothing.
        expect((await outcome).accepted).toBe(state === 'active');
      }
    },
    confirm: async (state) => {
      if (state === 'onHold') await changeLicense(server, scene.license.id, 'reinstate');
      if (state === 'ended') await activateElsewhere();
      proxy.pass();
      const { accepted, error } = await (asked ?? checkIn());
      expect([accepted, error]).toEqual([true, null]);
    },
    refuse: async () => {
      const isSuspended = turn++ % 2 === 0;
      if (isSuspended) await changeLicense(server, scene.license.id, 'suspend');
      else await server.request('POST', `/v1/licenses/${scene.license.id}/key`);
      proxy.pass();
      const { accepted, error } = (await asked) ?? { accepted: true, error: null };
      expect(accepted).toBe(false);
      expect(error).toMatchObject({ code: isSuspended ? 'licenseSuspended' : 'unauthenticated', isAnswer: true });
      expect(scene.seat.answer.whyNot).toBe(error?.code);
    },
    hold: async (state) => {
      if (state === 'ended') await activateElsewhere();
      if (state !== 'onHold') await changeLicense(server, scene.license.id, 'suspend');
      proxy.pass();
      expect((await checkIn()).error).toMatchObject({ code: 'licenseSuspended' });
      expect(scene.seat.answer.whyNot).toBe('licenseSuspended');
    },
    end: async (state) => {
      if (state !== 'ended') {
        const auth = `Bearer ${await tokenOf(scene.store)}`;
        const { deviceId } = await keptSeat();
        await server.request('POST', `/v1/devices/${deviceId}/log-out`, { auth });
      }
      proxy.pass();
      expect((await checkIn()).error).toMatchObject({ code: 'deviceNotActive' });
      expect(scene.seat.answer).toMatchObject({ whyNot: 'loggedOut', mayRun: false });
    },
    deactivate: async (state) => {
      const { deviceId } = await keptSeat();
      if (state === 'ended') await activateElsewhere();
      if (state !== 'deactivated') {
        const body = { reason: 'Stolen' };
        const answer = await server.request('POST', `/v1/devices/${deviceId}/remote-deactivation`, { body });
        expect(answer.status).toBe(200);
      }
      proxy.pass();
      expect((await checkIn()).error).toMatchObject({ code: 'deviceNotActive', state: 'remotelyDeactivated' });
      expect(scene.seat.answer).toMatchObject({
        whyNot: 'remotelyDeactivated',
        endedBy: { kind: 'operator', reason: 'Stolen' },
        whatToDo: expect.stringContaining('log in again') as string,
      });
    },
    logOut: async (state) => {
      proxy.fail('drop');
      const { accepted } = await scene.seat.logOut();
      // Where no seat is held, nobody is asked.
      expect(accepted).toBe(['signedOut', 'ended', 'deactivated'].includes(state));
    },
    release: async () => {
      proxy.pass();
      expect((await checkIn()).accepted).toBe(true);
      expect(await scene.store.read()).toBeNull();
    },
    missAnswer: async (state) => {
      const by = fault();
      const isLie = by === 'forgedLease' && !['active', 'offline', 'clockBehind', 'activating'].includes(state);
      const chosen = isLie ? 'otherJson' : by;
      proxy.fail(chosen);
      if (asked === null) await missed(checkIn(), chosen);
      else {
        proxy.release();
        await missed(asked, chosen);
      }
    },
    expire: async (state) => {
      if (state !== 'clockBehind') {
        scene.clock.pass(day + hour);
        return;
      }
      // By a clock that is not trusted no lease ends; one that is none ends the session at the next start all the same.
      await changeKept(({ seat, ...session }) => ({
        ...session,
        seat: { ...seat, lease: `${seat.lease.slice(0, -4)}AAAA` },
      }));
      proxy.fail('drop');
      await scene.restart();
      expect(scene.seat.answer.whyNot).toBe('leaseNotGood');
    },
    distrustClock: () => {
      scene.clock.set(scene.clock.now() - 30 * day);
      return Promise.resolve();
    },
    trustClock: () => {
      scene.clock.set(scene.clock.now() + (scene.seat.state === 'clockBehind' ? 30 * day : 0));
      return Promise.resolve();
    },
    restore: async () => {
      proxy.fail('drop');
      await scene.restart();
    },
  };

  it('is walked to every state, by every event that can be brought about', () => {
    const edges = edgesOf(model.getAdjacencyMap());
    expect(new Set(paths.flatMap(({ steps }) => steps.map(({ state }) => key(state))))).toEqual(
      new Set(clientSessionStates),
    );
    expect(Object.keys(happen).sort()).toEqual(Object.keys(clientSessionEvents).sort());
    expect(edges.length).toBeGreaterThan(70);
  });

  it.each(
    paths.map(
      (path) =>
        [
          path.steps
            .map(({ event }) => named(event))
            .slice(1)
            .join(', '),
          path,
        ] as const,
    ),
  )('goes with the machine: %s', async (_, path) => {
    scene = await seatScene(server, proxy, { terms: { checkInPeriod: 'P1D', seats: 3 } });
    asked = null;
    proxy.pass();
    let before = clientSessionSnapshot('signedOut', {});
    for (const { state, event } of path.steps.slice(1)) {
      walked.add(edgeKey(key(before), event));
      coverage.take(before, event);
      await happen[event.type](before.value as ClientSessionState, event);
      const { mayRun, until: end, whyNot } = scene.seat.answer;
      expect([event.type, scene.seat.state]).toEqual([event.type, state.value]);
      expect(mayRun).toBe(state.hasTag('mayRun'));
      expect([end === null, whyNot === null]).toEqual([!mayRun, mayRun]);
      if (state.value !== 'activating') asked = null;
      before = state as typeof before;
    }
    scene.seat.close();
    proxy.pass();
  });

  it('has taken every transition that can be brought about', () => {
    coverage.publish();
    expect([...walked].sort()).toEqual([...new Set(edgesOf(model.getAdjacencyMap()))].sort());
    expect(coverage.missing).toEqual([]);
  });
});

function named(event: ClientSessionEvent): string {
  return event.type === 'activate' && event.byPerson ? 'activate by a person' : event.type;
}
