/**
 * What the kit makes of answers that nobody should believe, and of what it finds in its store: each ends in an outcome of its own, and none loses a
 * session that is good.
 */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileStore } from '../../src/client/file.store.js';
import { Seat, type SeatOutcome } from '../../src/client/seat.js';
import { memoryStore } from '../../src/client/store.js';
import { until } from '../support/lives.js';
import { activate, changeLicense, freshFingerprint, issueLicense, readDevice } from '../support/scene.js';
import { startServer, type TestServer } from '../support/server.js';
import { everyFault, type Fault, FaultyProxy } from './faulty.proxy.js';
import { type SeatScene, seatScene } from './scene.js';

const hour = 3_600_000;
const day = 24 * hour;

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
afterEach(() => proxy.pass());

/** What a request ends with, where its answer is spoilt in this way. */
const ends: Record<Fault, object> = {
  drop: { code: 'noAnswer', cause: 'network' },
  loseAnswer: { code: 'noAnswer', cause: 'network' },
  cut: { code: 'noAnswer', cause: 'cut' },
  stall: { code: 'noAnswer', cause: 'timeout' },
  page: { code: 'notSeatkeeper', found: 'page', status: 200 },
  refusingPage: { code: 'notSeatkeeper', found: 'page', status: 403 },
  redirect: { code: 'notSeatkeeper', found: 'redirect' },
  otherJson: { code: 'notSeatkeeper', found: 'unreadable', status: 200 },
  otherProblem: { code: 'notSeatkeeper', found: 'unreadable', status: 409 },
  brokenJson: { code: 'notSeatkeeper', found: 'unreadable', status: 200 },
  empty: { code: 'notSeatkeeper', found: 'unreadable', status: 204 },
  tooManyRequests: { code: 'tooManyRequests', isAnswer: true, retryAfterSeconds: 7 },
  overloaded: { code: 'overloaded', isAnswer: true, retryAfterSeconds: 7, outcome: 'none' },
  internalError: { code: 'internalError', isAnswer: true },
  forgedLease: { code: 'leaseNotGood', fault: 'forged' },
  otherDevice: { code: 'leaseNotGood', fault: 'foreign' },
};

/** What was asked, once the kit has an outcome; a stalled request is given up by the clock. */
async function outcomeOf({ clock }: SeatScene, fault: Fault, asked: Promise<SeatOutcome>): Promise<SeatOutcome> {
  if (fault !== 'stall') return asked;
  let isOver = false;
  void asked.finally(() => (isOver = true));
  await until('the kit gives up', () => {
    if (clock.waits.length > 0) clock.pass(10_000);
    return isOver;
  });
  return asked;
}

async function active(more: Parameters<typeof seatScene>[2] = {}): Promise<SeatScene> {
  const scene = await seatScene(server, proxy, more);
  expect((await scene.seat.activate()).error).toBeNull();
  return scene;
}

describe.each(everyFault)('an answer spoilt by %s', (fault) => {
  it('ends an activation in its own outcome, and the next one takes no second seat', async () => {
    const scene = await seatScene(server, proxy, { terms: { seats: 1 } });
    proxy.fail(fault);
    const { accepted, answer, error } = await outcomeOf(scene, fault, scene.seat.activate());
    expect([accepted, answer.state, answer.mayRun]).toEqual([false, 'signedOut', false]);
    expect(error).toMatchObject(ends[fault]);
    expect(answer).toMatchObject({ whyNot: error?.code, whatToDo: error?.remedy });
    proxy.pass();
    expect(await scene.seat.activate()).toMatchObject({ accepted: true, error: null });
    expect(scene.seat.device?.seat).toBe(1);
  });

  it('leaves an active session with its lease, and the next check-in finds it well', async () => {
    const scene = await active();
    const lease = scene.seat.lease;
    proxy.fail(fault);
    const { accepted, answer, error } = await outcomeOf(scene, fault, scene.seat.checkIn());
    expect([accepted, answer.state, answer.mayRun]).toEqual([false, 'offline', true]);
    expect(error).toMatchObject(ends[fault]);
    expect(scene.seat.lease).toBe(lease);
    expect((await scene.restart()).answer).toMatchObject({ state: 'offline', mayRun: true });
    proxy.pass();
    expect(await scene.seat.checkIn()).toMatchObject({ accepted: true, answer: { state: 'active' } });
  });

  it('leaves a log-out to be said again, also after a restart', async () => {
    const scene = await active();
    const { id } = scene.seat.device ?? { id: '' };
    const spoilt = fault === 'forgedLease' ? 'otherJson' : fault;
    proxy.fail(spoilt);
    const { accepted, answer, error } = await outcomeOf(scene, fault, scene.seat.logOut());
    expect([accepted, answer.state, answer.mayRun]).toEqual([false, 'loggingOut', false]);
    expect(error?.code).toBe(fault === 'otherDevice' ? 'notSeatkeeper' : (ends[spoilt] as { code: string }).code);
    proxy.pass();
    await scene.restart();
    expect(scene.seat.answer).toMatchObject({ state: 'loggingOut', mayRun: false, whyNot: 'loggingOut' });
    expect(await scene.seat.checkIn()).toMatchObject({ accepted: true, answer: { state: 'signedOut' } });
    expect((await readDevice(server, id)).state).toBe('loggedOut');
    expect(await scene.store.read()).toBeNull();
  });
});

describe('a redirect', () => {
  it('is not followed, so that no credential goes elsewhere', async () => {
    const scene = await active();
    proxy.fail('redirect');
    await scene.seat.checkIn();
    await scene.seat.logOut();
    expect(proxy.redirected).toEqual([]);
  });
});

describe('another server at the same address', () => {
  let other: TestServer;
  beforeAll(async () => {
    other = await startServer();
  });
  afterAll(() => other.stop());
  afterEach(() => {
    proxy.target = server.url;
  });

  it('ends no session by not knowing its device', async () => {
    const scene = await active();
    proxy.target = other.url;
    expect(await scene.seat.checkIn()).toMatchObject({
      accepted: false,
      error: { code: 'notSeatkeeper', found: 'anotherServer', status: 401 },
      answer: { state: 'offline', mayRun: true },
    });
    expect(await scene.seat.logOut()).toMatchObject({ accepted: false, answer: { state: 'loggingOut' } });
    proxy.target = server.url;
    expect(await scene.seat.activate()).toMatchObject({ accepted: true, answer: { state: 'active' } });
  });

  it('gives no seat on a license key that it does not know', async () => {
    const scene = await seatScene(server, proxy);
    proxy.target = other.url;
    expect((await scene.seat.activate()).error).toMatchObject({ code: 'unauthenticated', isAnswer: true });
  });
});

describe('a license key', () => {
  it('that is wrong ends an activation, and no session that is good', async () => {
    const scene = await active();
    const { store, clock } = scene;
    const wrong = await Seat.open({ ...scene.options, licenseKey: 'skl_wrong', store, clock });
    expect(wrong.answer).toMatchObject({ state: 'offline', mayRun: true });
    expect(await wrong.activate()).toMatchObject({ accepted: true, answer: { state: 'active' } });
    const fresh = await Seat.open({ ...scene.options, licenseKey: 'skl_wrong', store: memoryStore() });
    expect(await fresh.activate()).toMatchObject({
      accepted: false,
      error: { code: 'unauthenticated', isAnswer: true, status: 401 },
      answer: { state: 'signedOut', whyNot: 'unauthenticated' },
    });
  });

  it.each(['', 'with a space', 'über', 'two\nlines'])(
    'like %j is refused before anybody is asked',
    async (licenseKey) => {
      const scene = await seatScene(server, proxy, { licenseKey });
      const { length } = proxy.seen;
      expect((await scene.seat.activate()).error).toMatchObject({ code: 'licenseKeyMalformed', isAnswer: false });
      expect(proxy.seen.length).toBe(length);
    },
  );

  it('may have blanks around it, as pasted ones have', async () => {
    const license = await issueLicense(server);
    const scene = await seatScene(server, proxy, { license, licenseKey: ` ${license.key}\n` });
    expect((await scene.seat.activate()).error).toBeNull();
  });
});

describe('a no of the server', () => {
  it('has the words of the server, and what the code carries', async () => {
    const scene = await seatScene(server, proxy, { terms: { seats: 1 } });
    await activate(server, scene.license);
    const { error, answer } = await scene.seat.activate();
    expect(error).toMatchObject({ code: 'noSeatAvailable', isAnswer: true, seats: 1, activeDevices: 1 });
    expect(error?.remedy).toMatch(/Log out on another device/);
    expect(answer).toMatchObject({ whyNot: 'noSeatAvailable', detail: error?.detail, whatToDo: error?.remedy });
  });

  it('of a deactivation while the machine slept keeps the software from activating by itself, and no person', async () => {
    const scene = await active({ terms: { checkInPeriod: 'P2D' } });
    await server.request('POST', `/v1/devices/${scene.seat.device?.id}/remote-deactivation`);
    scene.clock.pass(3 * day);
    const seat = await scene.restart();
    expect(seat.answer).toMatchObject({ state: 'ended', whyNot: 'leaseEnded' });
    expect(await seat.activate()).toMatchObject({
      error: { code: 'personMustAsk' },
      answer: { state: 'deactivated', whyNot: 'remotelyDeactivated', endedBy: { kind: 'operator' } },
    });
    expect(await (await scene.restart()).activate()).toMatchObject({ error: { code: 'personMustAsk' } });
    expect(await scene.seat.activate({ askedByPerson: true })).toMatchObject({ accepted: true });
  });

  it('for a revoked license ends the session for good, whatever the lease says', async () => {
    const scene = await active();
    await changeLicense(server, scene.license.id, 'revoke');
    expect(await scene.seat.checkIn()).toMatchObject({
      error: { code: 'licenseRevoked' },
      answer: { state: 'ended', mayRun: false, whyNot: 'licenseRevoked' },
    });
  });

  it('is not believed of one who relays everything but the keys', async () => {
    const scene = await active();
    await changeLicense(server, scene.license.id, 'suspend');
    proxy.fail('page', /jwks/);
    expect(await scene.seat.checkIn()).toMatchObject({
      error: { code: 'notSeatkeeper', found: 'page' },
      answer: { state: 'offline', mayRun: true },
    });
  });
});

describe('the lease that was kept', () => {
  const tampered = async (
    scene: SeatScene,
    change: (kept: { seat: { lease: string; keys: object }; fingerprint: string }) => void,
  ): Promise<Seat> => {
    await scene.seat.whenKept();
    const kept = JSON.parse((await scene.store.read()) ?? '') as Parameters<typeof change>[0];
    change(kept);
    await scene.store.write(JSON.stringify(kept));
    proxy.fail('drop');
    return scene.restart();
  };

  it('is not run with where it was changed, and the server gives another', async () => {
    const scene = await active();
    const seat = await tampered(scene, ({ seat: kept }) => {
      const [header, , signature] = kept.lease.split('.');
      const claims = JSON.parse(Buffer.from(kept.lease.split('.')[1] ?? '', 'base64url').toString()) as { exp: number };
      claims.exp += 1_000_000;
      kept.lease = [header, Buffer.from(JSON.stringify(claims)).toString('base64url'), signature].join('.');
    });
    expect(seat.answer).toMatchObject({ state: 'ended', mayRun: false, whyNot: 'leaseNotGood' });
    proxy.pass();
    expect(await seat.activate()).toMatchObject({ accepted: true, answer: { state: 'active' } });
  });

  it.each(['', 'no lease', 'a.b.c'])('is not run with where it is %j', async (lease) => {
    const scene = await active();
    const seat = await tampered(scene, ({ seat: kept }) => (kept.lease = lease));
    expect(seat.answer).toMatchObject({ state: 'ended', mayRun: false, whyNot: 'leaseNotGood' });
    proxy.pass();
    expect((await seat.checkIn()).answer).toMatchObject({ mayRun: true });
  });

  it('is not run with where it is of another license on the same server', async () => {
    const scene = await active();
    const other = await active({ fingerprint: scene.options.fingerprint });
    const seat = await tampered(scene, ({ seat: kept }) => (kept.lease = other.seat.lease ?? ''));
    expect(seat.answer).toMatchObject({ mayRun: false, whyNot: 'leaseNotGood' });
    proxy.pass();
    expect((await seat.checkIn()).answer.mayRun).toBe(true);
  });

  it('is not run with on another machine, and stays there for the one that it belongs to', async () => {
    const scene = await active();
    const text = await scene.store.read();
    const copied = await Seat.open({ ...scene.options, fingerprint: freshFingerprint() });
    expect(copied.answer).toMatchObject({ state: 'signedOut', mayRun: false, whyNot: 'leaseNotGood' });
    expect(await copied.checkIn()).toMatchObject({ accepted: false, error: { code: 'notActivated' } });
    expect(await scene.store.read()).toBe(text);
  });

  it('with the fingerprint of this machine written over it is another’s all the same', async () => {
    const scene = await active();
    const fingerprint = freshFingerprint();
    await scene.seat.whenKept();
    const text = (await scene.store.read()) ?? '';
    await scene.store.write(text.replaceAll(scene.options.fingerprint, fingerprint));
    proxy.fail('drop');
    const copied = await Seat.open({ ...scene.options, fingerprint });
    expect(copied.answer).toMatchObject({ state: 'ended', mayRun: false, whyNot: 'leaseNotGood' });
  });

  it('ends at its end, to the second, and not before', async () => {
    const scene = await active({ terms: { checkInPeriod: 'P2D' } });
    proxy.fail('drop');
    await scene.seat.checkIn();
    const { until: end } = scene.seat.answer;
    const offset = -300_000;
    scene.clock.set((end?.getTime() ?? 0) + offset - 2_000);
    expect(scene.seat.answer).toMatchObject({ state: 'offline', mayRun: true });
    scene.clock.pass(4_000);
    expect(scene.seat.answer).toMatchObject({ state: 'ended', mayRun: false, whyNot: 'leaseEnded', until: null });
    // The clock turned back now brings nothing back.
    scene.clock.set(scene.clock.now() - day);
    expect(scene.seat.answer).toMatchObject({ state: 'ended', mayRun: false });
    expect((await scene.restart()).answer).toMatchObject({ state: 'ended', mayRun: false, whyNot: 'leaseEnded' });
  });

  it('is not judged by a clock that stands before it was given, and is good again by one that is right', async () => {
    const scene = await active();
    proxy.fail('drop');
    const time = scene.clock.now();
    scene.clock.set(time - 3 * hour);
    const seat = await scene.restart();
    expect(seat.answer).toMatchObject({ state: 'clockBehind', mayRun: false, whyNot: 'clockBehind' });
    scene.clock.set(time + 1_000);
    expect(seat.answer).toMatchObject({ state: 'offline', mayRun: true });
  });

  it('is good again with a word of the server, whatever the clock of the machine says', async () => {
    const scene = await active();
    scene.clock.set(scene.clock.now() - 900 * day);
    expect(scene.seat.answer.state).toBe('clockBehind');
    expect(await scene.seat.checkIn()).toMatchObject({ accepted: true, answer: { state: 'active', mayRun: true } });
    expect((await scene.restart()).answer.mayRun).toBe(true);
  });

  it('is not renewed by an old answer that is played again', async () => {
    const scene = await active({ terms: { checkInPeriod: 'P9D' } });
    const old = JSON.stringify({ device: scene.seat.device, lease: scene.seat.lease });
    const { fetch } = globalThis;
    let isPlayedAgain = false;
    const replaying: typeof fetch = async (...given) =>
      isPlayedAgain ? new Response(old, { headers: { 'content-type': 'application/json' } }) : fetch(...given);
    const seat = await Seat.open({ ...scene.options, fetch: replaying });
    await server.advance('P2D');
    scene.clock.pass(2 * day);
    expect((await seat.checkIn()).error).toBeNull();
    isPlayedAgain = true;
    expect(await seat.checkIn()).toMatchObject({
      error: { code: 'leaseNotGood', fault: 'outdated' },
      answer: { state: 'offline', mayRun: true },
    });
  });
});

describe('a store', () => {
  const folder = mkdtempSync(join(tmpdir(), 'seatkeeper-store-'));

  it('that cannot be read begins a session anew and says so; activating gives the same seat', async () => {
    const scene = await active({ terms: { seats: 1 } });
    // A folder where the file should be.
    const unreadable = await Seat.open({ ...scene.options, store: fileStore(folder) });
    expect(unreadable.answer).toMatchObject({ state: 'signedOut', mayRun: false, whyNot: 'storeFailed' });
    expect(unreadable.storeError).toMatchObject({ code: 'storeFailed', operation: 'read' });
    expect(await unreadable.activate()).toMatchObject({ accepted: true, answer: { mayRun: true } });
    expect(unreadable.storeError).toMatchObject({ code: 'storeFailed', operation: 'write' });
    expect(unreadable.device?.seat).toBe(1);
    // It goes on in memory, and the machine's other software with it.
    expect((await unreadable.checkIn()).accepted).toBe(true);
  });

  it.each([
    '',
    '{',
    'null',
    '[]',
    '{"form":"seatkeeper-session-1"}',
    '{"form":"seatkeeper-session-9"}',
    '\u0000\u0001',
  ])('that holds %j begins a session anew', async (text) => {
    const file = join(folder, 'damaged.json');
    writeFileSync(file, text);
    const scene = await seatScene(server, proxy, { store: fileStore(file) });
    expect(scene.seat.answer.state).toBe('signedOut');
    expect(scene.seat.storeError).toMatchObject({ code: 'storeFailed', operation: 'read' });
    expect((await scene.seat.activate()).accepted).toBe(true);
    expect(scene.seat.storeError).toBeNull();
    expect((await scene.restart()).answer.mayRun).toBe(true);
  });

  it('that cannot be written keeps no session from running, and says so', async () => {
    const file = join(folder, 'no-folder');
    writeFileSync(file, '');
    const scene = await seatScene(server, proxy, { store: fileStore(join(file, 'seat.json')), terms: { seats: 1 } });
    expect(await scene.seat.activate()).toMatchObject({ accepted: true, answer: { mayRun: true } });
    expect(scene.seat.storeError).toMatchObject({ code: 'storeFailed', operation: 'write' });
    // Whoever kept nothing asks again, and gets the same seat.
    const seat = await scene.restart();
    expect(seat.answer.state).toBe('signedOut');
    expect(await seat.activate()).toMatchObject({ accepted: true });
    expect(seat.device?.seat).toBe(1);
  });

  it('of another server is left alone', async () => {
    const scene = await active();
    const elsewhere = await Seat.open({ ...scene.options, serverUrl: 'http://127.0.0.1:9' });
    expect(elsewhere.answer.state).toBe('signedOut');
    expect((await scene.restart()).answer.mayRun).toBe(true);
  });

  it('that two processes share lets the second go on with the token of the first', async () => {
    const scene = await active();
    const second = await Seat.open(scene.options);
    // The first one loses its memory, activates, and uses its new token: the old one ends.
    const first = await Seat.open({ ...scene.options, store: memoryStore() });
    await first.activate();
    await first.checkIn();
    expect(await second.checkIn()).toMatchObject({ error: { code: 'unauthenticated' }, answer: { state: 'ended' } });
    const third = await Seat.open(scene.options);
    expect((await third.activate()).accepted).toBe(true);
    await third.checkIn();
    expect(await second.checkIn()).toMatchObject({ accepted: true, answer: { state: 'active' } });
  });
});

describe('options', () => {
  it.each([
    [{ serverUrl: 'seats.example' }, /URL/],
    [{ serverUrl: 'ftp://seats.example' }, /https/],
    [{ fingerprint: 'short' }, /8 to 255/],
    [{ fingerprint: 'has a blank in it' }, /8 to 255/],
    [{ fingerprint: 'x'.repeat(256) }, /8 to 255/],
    [{ name: ' ' }, /name/],
    [{ appVersion: 'x'.repeat(101) }, /appVersion/],
  ])('like %j are refused at once', async (wrong, sentence) => {
    const { options } = await seatScene(server, proxy);
    await expect(Seat.open({ ...options, ...wrong })).rejects.toThrow(sentence);
  });

  it('may name a server below a path', async () => {
    const scene = await seatScene(server, proxy);
    const seat = await Seat.open({ ...scene.options, serverUrl: `${proxy.url}/seats?x#y` });
    await seat.activate();
    expect(proxy.seen.at(-1)).toBe('POST /seats/v1/devices');
  });
});
