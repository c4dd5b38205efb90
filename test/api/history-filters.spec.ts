/** The history asked for a part of it: by event, device, actor, outcome and time, in pages, on licenses and on devices. */
import { expectProblem } from '../support/problem.js';
import type { List, Transition } from '../support/representations.js';
import {
  accepted,
  activate,
  changeLicense,
  checkIn,
  historyOfDevice,
  historyOfLicense,
  issueLicense,
  logOut,
  memberToken,
  openTicket,
  readAll,
  setRemoteDeactivation,
  unknownId,
} from '../support/scene.js';
import { type Answer, startServer, type TestServer } from '../support/server.js';

let server: TestServer;
let license: { id: string; organizationId: string };
let one: { id: string };
let two: { id: string };
let all: Transition[];

beforeAll(async () => {
  server = await startServer();
  const scene = await issueLicense(server, { seats: 2 });
  license = scene;
  const { auth: owner } = await memberToken(server, 'owner', scene.organizationId);
  const first = await activate(server, scene);
  await server.advance('P1D');
  const second = await activate(server, scene);
  await server.request('POST', '/v1/devices', { auth: scene.auth, body: { fingerprint: 'fingerprint-in-vain' } });
  await setRemoteDeactivation(server, scene.id, false);
  await server.advance('P1D');
  await checkIn(server, first);
  await logOut(server, first);
  const ticket = await openTicket(server, scene.id);
  const deactivation = { body: { ticketId: ticket.id, reason: 'Out of reach' } };
  accepted(await server.request('POST', `/v1/devices/${second.id}/forced-deactivation`, deactivation));
  await setRemoteDeactivation(server, scene.id, true);
  await activate(server, scene, { fingerprint: first.fingerprint });
  accepted(await server.request('POST', `/v1/devices/${first.id}/remote-deactivation`, { auth: owner }));
  await activate(server, scene, { fingerprint: second.fingerprint });
  await server.advance('P31D');
  await changeLicense(server, scene.id, 'suspend');
  await changeLicense(server, scene.id, 'reinstate');
  [one, two] = [first, second];
  all = await historyOfLicense(server, scene.id);
});
afterAll(() => server.stop());

/** Expects a refusal that names this path, and nothing else. */
function expectInvalidAt(answer: Answer, path: string): void {
  const { issues } = expectProblem(answer, 400, 'invalidRequest');
  const faults = issues as { path: string; message: string }[];
  expect([...new Set(faults.map((fault) => fault.path))]).toEqual([path]);
  for (const { message } of faults) expect(message).toMatch(/^(must|is) /);
}

const ofLicense = (query: string) => readAll<Transition>(server, `/v1/licenses/${license.id}/transitions?${query}`);
const ofDevice = (id: string, query: string) => readAll<Transition>(server, `/v1/devices/${id}/transitions?${query}`);

const both = ['licenses', 'devices'] as const;
const pathOf = (list: (typeof both)[number]) => `/v1/${list}/${list === 'licenses' ? license.id : one.id}/transitions`;

/** The whole list, in pages of two. */
async function twoByTwo(path: string, query: string): Promise<Transition[]> {
  const rows: Transition[] = [];
  let cursor = '';
  do {
    const page = accepted(await server.request<List<Transition>>('GET', `${path}?${query}&limit=2${cursor}`));
    rows.push(...page.items);
    cursor = page.nextCursor === null ? '' : `&cursor=${encodeURIComponent(page.nextCursor)}`;
  } while (cursor !== '');
  return rows;
}

describe('the history of a license, filtered', () => {
  it('by event gives the rows of these events', async () => {
    for (const events of [['activate'], ['logOut', 'expire'], ['issue'], ['suspend', 'reinstate', 'open']]) {
      const expected = all.filter(({ event }) => events.includes(event));
      expect(expected.length).toBeGreaterThan(0);
      expect(await ofLicense(events.map((event) => `event=${event}`).join('&'))).toEqual(expected);
    }
  });

  it('takes every event that it holds, and none that writes no row', async () => {
    const events = [...new Set(all.map(({ event }) => event))];
    expect(events.length).toBeGreaterThan(10);
    for (const event of events) expect((await ofLicense(`event=${event}`)).length).toBeGreaterThan(0);
    expectInvalidAt(await server.request('GET', `/v1/licenses/${license.id}/transitions?event=checkIn`), 'event');
  });

  it('by device gives the rows about that device', async () => {
    for (const { id } of [one, two]) {
      const expected = all.filter(({ subjectId }) => subjectId === id);
      expect(expected.length).toBeGreaterThan(2);
      expect(await ofLicense(`deviceId=${id}`)).toEqual(expected);
    }
  });

  it('by a device that is not of this license gives nothing, whether or not there is one', async () => {
    const stranger = await activate(server, await issueLicense(server));
    for (const id of [stranger.id, unknownId, license.id]) expect(await ofLicense(`deviceId=${id}`)).toEqual([]);
  });

  it('by the kind of the actor, and by who it was', async () => {
    for (const kind of ['device', 'licenseKey', 'member', 'operator', 'expiry']) {
      const expected = all.filter(({ actor }) => actor.kind === kind);
      expect([kind, expected.length > 0]).toEqual([kind, true]);
      expect(await ofLicense(`actorKind=${kind}`)).toEqual(expected);
    }
    const owner = all.find(({ actor }) => actor.kind === 'member')?.actor.id ?? '';
    const byOwner = all.filter(({ actor }) => actor.id === owner);
    expect(await ofLicense(`actorId=${owner}`)).toEqual(byOwner);
    expect(await ofLicense(`actorId=${owner.toUpperCase()}&actorKind=member`)).toEqual(byOwner);
    expect(await ofLicense(`actorId=${owner}&actorKind=device`)).toEqual([]);
    expect(await ofLicense('actorKind=system')).toEqual(all.filter(({ actor }) => actor.kind === 'system'));
  });

  it('by outcome gives the refusals, or the steps', async () => {
    for (const outcome of ['refused', 'accepted']) {
      const expected = all.filter((row) => row.outcome === outcome);
      expect(expected.length).toBeGreaterThan(0);
      expect(await ofLicense(`outcome=${outcome}`)).toEqual(expected);
    }
  });

  it('by time gives what holds from one time on, that one included, to another, that one excluded', async () => {
    const times = [...new Set(all.map(({ at }) => at))].sort();
    expect(times.length).toBeGreaterThan(3);
    for (const [index, from] of times.entries()) {
      expect(await ofLicense(`from=${from}`)).toEqual(all.filter(({ at }) => at >= from));
      expect(await ofLicense(`to=${from}`)).toEqual(all.filter(({ at }) => at < from));
      const to = times[index + 1];
      if (to === undefined) continue;
      expect(await ofLicense(`from=${from}&to=${to}`)).toEqual(all.filter(({ at }) => at >= from && at < to));
    }
  });

  it('by the time when it holds, and not by when it was written', async () => {
    const expiry = all.find(({ event }) => event === 'expire');
    expect(expiry?.at).not.toBe(expiry?.recordedAt);
    expect(await ofLicense(`event=expire&from=${expiry?.recordedAt}`)).toEqual([]);
    expect(await ofLicense(`event=expire&from=${expiry?.at}`)).toEqual([expiry]);
  });

  it('by several at once gives what fits all', async () => {
    const [from, to] = [all.at(-2)?.at ?? '', all[0]?.at ?? ''];
    const query = `event=activate&event=logOut&outcome=accepted&actorKind=licenseKey&deviceId=${two.id}&from=${from}&to=${to}`;
    const expected = all.filter(
      (row) =>
        row.event === 'activate' &&
        row.outcome === 'accepted' &&
        row.subjectId === two.id &&
        row.at >= from &&
        row.at < to,
    );
    expect(expected).toHaveLength(2);
    expect(await ofLicense(query)).toEqual(expected);
  });

  it('comes in pages, each row once, while other rows arrive', async () => {
    const expected = await ofLicense('outcome=accepted&event=activate&event=suspend&event=register');
    const paged: Transition[] = [];
    let cursor = '';
    for (;;) {
      const path = `/v1/licenses/${license.id}/transitions?limit=2&outcome=accepted&event=activate&event=suspend&event=register`;
      const { items, nextCursor } = accepted(
        await server.request<List<Transition>>('GET', cursor === '' ? path : `${path}&cursor=${cursor}`),
      );
      expect(items.length).toBe(nextCursor === null ? items.length : 2);
      paged.push(...items);
      if (nextCursor === null) break;
      cursor = encodeURIComponent(nextCursor);
      await changeLicense(server, license.id, 'suspend');
      await changeLicense(server, license.id, 'reinstate');
    }
    expect(paged.length).toBeGreaterThan(4);
    expect(paged).toEqual(expected);
    all = await historyOfLicense(server, license.id);
  });
});

describe('the history of a license, from a row on', () => {
  const oldest = () => all.toReversed();

  it('goes on to older rows, that one first', async () => {
    for (const startAt of [1, 2, Math.ceil(all.length / 2), all.length]) {
      const expected = all.filter(({ sequence }) => sequence <= startAt);
      expect(expected).toHaveLength(startAt);
      expect(await ofLicense(`startAt=${startAt}`)).toEqual(expected);
      expect(await twoByTwo(pathOf('licenses'), `startAt=${startAt}&order=newestFirst`)).toEqual(expected);
    }
  });

  it('goes on to newer rows, that one first, and to the newest in pages', async () => {
    for (const startAt of [1, 2, Math.ceil(all.length / 2), all.length]) {
      const expected = oldest().filter(({ sequence }) => sequence >= startAt);
      expect(expected).toHaveLength(all.length + 1 - startAt);
      expect(await ofLicense(`startAt=${startAt}&order=oldestFirst`)).toEqual(expected);
      expect(await twoByTwo(pathOf('licenses'), `startAt=${startAt}&order=oldestFirst`)).toEqual(expected);
    }
  });

  it('begins at its oldest where only the order is asked for', async () => {
    expect(await twoByTwo(pathOf('licenses'), 'order=oldestFirst')).toEqual(oldest());
  });

  it('begins beside a row that is not among those asked for', async () => {
    const wanted = all.filter(({ subjectId }) => subjectId === two.id);
    const other = all.find(
      ({ subjectId, sequence }) => subjectId !== two.id && wanted.some((row) => row.sequence < sequence),
    );
    const startAt = other?.sequence ?? 0;
    const query = `deviceId=${two.id}&startAt=${startAt}`;
    const [older, newer] = [await ofLicense(query), await ofLicense(`${query}&order=oldestFirst`)];
    expect(older).toEqual(wanted.filter(({ sequence }) => sequence < startAt));
    expect(newer).toEqual(wanted.filter(({ sequence }) => sequence > startAt).toReversed());
    expect([...newer.toReversed(), ...older]).toEqual(wanted);
    expect(await ofLicense(`event=activate&startAt=${startAt}`)).toEqual(
      all.filter(({ event, sequence }) => event === 'activate' && sequence <= startAt),
    );
  });

  it('begins at the end where the row is yet to come', async () => {
    const beyond = all.length + 1;
    for (const startAt of [beyond, Number.MAX_SAFE_INTEGER]) {
      expect(await ofLicense(`startAt=${startAt}`)).toEqual(all);
      expect(await ofLicense(`startAt=${startAt}&order=oldestFirst`)).toEqual([]);
    }
  });
});

describe('the history of a device, filtered', () => {
  it('goes on from a row in both directions', async () => {
    const rows = await historyOfDevice(server, one.id);
    const startAt = rows[1]?.sequence ?? 0;
    expect(await twoByTwo(pathOf('devices'), `startAt=${startAt}`)).toEqual(rows.slice(1));
    expect(await twoByTwo(pathOf('devices'), `startAt=${startAt}&order=oldestFirst`)).toEqual([rows[1], rows[0]]);
  });

  it('gives the rows that fit', async () => {
    const rows = await historyOfDevice(server, one.id);
    expect(await ofDevice(one.id, 'event=activate')).toEqual(rows.filter(({ event }) => event === 'activate'));
    expect(await ofDevice(one.id, 'actorKind=member')).toEqual(rows.filter(({ actor }) => actor.kind === 'member'));
    expect(await ofDevice(one.id, 'outcome=refused')).toEqual([]);
    expect(await ofDevice(one.id, `actorId=${one.id}`)).toEqual(rows.filter(({ actor }) => actor.id === one.id));
    const from = rows[1]?.at ?? '';
    expect(await ofDevice(one.id, `from=${from}`)).toEqual(rows.filter(({ at }) => at >= from));
    expect(await ofDevice(one.id, `to=${from}&event=register`)).toHaveLength(1);
  });
});

describe('a filter that is wrong', () => {
  it.each([
    ['event', 'event='],
    ['event', 'event=dance'],
    ['event', 'event=ACTIVATE'],
    ['event.1', 'event=activate&event=dance'],
    ['event', Array.from({ length: 21 }, () => 'event=activate').join('&')],
    ['actorKind', 'actorKind=robot'],
    ['actorKind', 'actorKind=member&actorKind=device'],
    ['actorId', 'actorId=me'],
    ['outcome', 'outcome=maybe'],
    ['from', 'from=yesterday'],
    ['from', 'from=2026-11-24'],
    ['to', 'to=1795000000000'],
    ['to', 'to='],
    ['to', 'from=2026-11-24T09:30:00Z&to=2026-11-24T09:30:00Z'],
    ['to', 'from=2026-11-24T09:30:00Z&to=2026-11-23T09:30:00Z'],
    ['startAt', 'startAt=0'],
    ['startAt', 'startAt=-1'],
    ['startAt', 'startAt=1.5'],
    ['startAt', 'startAt=last'],
    ['startAt', 'startAt='],
    ['startAt', 'startAt=9007199254740992'],
    ['startAt', 'startAt=1&startAt=2'],
    ['order', 'order=newest'],
    ['order', 'order='],
    ['subject', 'subject=x'],
  ])('is refused at %s: %s', async (path, query) => {
    for (const list of both) expectInvalidAt(await server.request('GET', `${pathOf(list)}?${query}`), path);
  });

  it('is refused where it names a device that is not one, or names it for a device', async () => {
    expectInvalidAt(await server.request('GET', `${pathOf('licenses')}?deviceId=laptop`), 'deviceId');
    expectInvalidAt(await server.request('GET', `${pathOf('devices')}?deviceId=${one.id}`), 'deviceId');
  });
});
