/** The history: every change of state, in the order in which it happened, with who, what, from, to, when and why (R11). */
import { now, timePattern } from '../support/clock.js';
import { expectProblem } from '../support/problem.js';
import { fieldsOf, type List, type Transition } from '../support/representations.js';
import {
  activate,
  changeLicense,
  checkIn,
  historyOfDevice,
  historyOfLicense,
  issueLicense,
  logOut,
  memberToken,
  openTicket,
  readDevice,
  readLicense,
  register,
  setRemoteDeactivation,
  unknownId,
} from '../support/scene.js';
import { startServer, type TestServer } from '../support/server.js';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

/** A license with a life behind it: three devices, the setting off and on, a ticket, a renewal. */
async function eventfulLicense() {
  const license = await issueLicense(server, { seats: 2 });
  const one = await activate(server, license);
  const two = await activate(server, license);
  await server.request('POST', '/v1/devices', { auth: license.auth, body: { fingerprint: 'fingerprint-in-vain' } });
  await setRemoteDeactivation(server, license.id, false);
  await setRemoteDeactivation(server, license.id, true);
  await checkIn(server, one);
  await logOut(server, one);
  const ticket = await openTicket(server, license.id);
  await server.request('POST', `/v1/devices/${two.id}/forced-deactivation`, {
    body: { ticketId: ticket.id, reason: 'Out of reach' },
  });
  await activate(server, license, { fingerprint: one.fingerprint });
  await register(server, license.id);
  await server.advance('P31D');
  await changeLicense(server, license.id, 'suspend');
  await changeLicense(server, license.id, 'reinstate');
  return { license, one, two };
}

describe('the history of a license', () => {
  it('comes newest first, numbered from 1 without a gap', async () => {
    const { license } = await eventfulLicense();
    const rows = await historyOfLicense(server, license.id);
    expect(rows.map(({ sequence }) => sequence)).toEqual(rows.map((_, index) => rows.length - index));
  });

  it('gives every field of every row', async () => {
    const { license } = await eventfulLicense();
    for (const row of await historyOfLicense(server, license.id)) {
      expect(Object.keys(row).sort()).toEqual([...fieldsOf.transition]);
      expect(row).toMatchObject({
        at: expect.stringMatching(timePattern),
        recordedAt: expect.stringMatching(timePattern),
        licenseId: license.id,
        event: expect.stringMatching(/^[a-z][A-Za-z]+$/),
        count: expect.any(Number),
        checkIns: expect.any(Number),
        actor: { kind: expect.any(String) },
      });
      expect(['device', 'remoteDeactivation', 'license', 'supportTicket']).toContain(row.machine);
      expect(['device', 'licenseKey', 'member', 'support', 'operator', 'expiry', 'system']).toContain(row.actor.kind);
      expect(Object.keys(row.actor).sort()).toEqual(['id', 'kind', 'name']);
      if (['member', 'support', 'operator'].includes(row.actor.kind)) expect(row.actor.name).toMatch(/\S/);
      expect(row.reason === null).toBe(row.outcome === 'accepted');
      expect(row.at <= row.recordedAt).toBe(true);
    }
  });

  it('is a chain for each subject: each row begins where the one before ended', async () => {
    const { license } = await eventfulLicense();
    const subjects = new Map<string, Transition[]>();
    for (const row of (await historyOfLicense(server, license.id)).reverse()) {
      if (row.outcome === 'refused') continue;
      const key = `${row.machine} ${row.subjectId}`;
      subjects.set(key, [...(subjects.get(key) ?? []), row]);
    }
    expect([...subjects.keys()].filter((key) => key.startsWith('device'))).toHaveLength(3);
    for (const [subject, rows] of subjects) {
      if (/^(device|license) /.test(subject)) expect(rows[0]?.from).toBeNull();
      rows.slice(1).forEach((row, index) => expect(row.from).toBe(rows[index]?.to));
    }
    for (const [subject, rows] of subjects) {
      const [machine, id] = subject.split(' ') as [string, string];
      const last = rows.at(-1)?.to;
      if (machine === 'device') expect((await readDevice(server, id)).state).toBe(last);
      if (machine === 'license') expect((await readLicense(server, id)).status).toBe(last);
    }
  });

  it('begins with the birth of the license, by the operator', async () => {
    const license = await issueLicense(server);
    const time = await now(server);
    const first = (await historyOfLicense(server, license.id)).at(-1);
    expect(first).toMatchObject({
      sequence: 1,
      at: time,
      recordedAt: time,
      machine: 'license',
      subjectId: license.id,
      licenseId: license.id,
      event: 'issue',
      from: null,
      to: 'active',
      outcome: 'accepted',
      reason: null,
      note: null,
      count: 1,
      checkIns: 0,
      ticketId: null,
      actor: { kind: 'operator' },
    });
  });

  it('comes in pages, each row once', async () => {
    const { license } = await eventfulLicense();
    const all = await historyOfLicense(server, license.id);
    const paged: Transition[] = [];
    let cursor: string | null = null;
    do {
      const query: string = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`;
      const answer = await server.request<List<Transition>>(
        'GET',
        `/v1/licenses/${license.id}/transitions?limit=3${query}`,
      );
      expect(answer.body.items.length).toBeLessThanOrEqual(3);
      paged.push(...answer.body.items);
      cursor = answer.body.nextCursor;
    } while (cursor !== null);
    expect(paged).toEqual(all);
  });

  it('keeps its place while new rows arrive between two pages', async () => {
    const license = await issueLicense(server);
    const device = await activate(server, license);
    await logOut(server, device);
    const path = `/v1/licenses/${license.id}/transitions?limit=2`;
    const first = (await server.request<List<Transition>>('GET', path)).body;
    await activate(server, license);
    const second = (
      await server.request<List<Transition>>('GET', `${path}&cursor=${encodeURIComponent(first.nextCursor ?? '')}`)
    ).body;
    expect(second.items[0]?.sequence).toBe((first.items[1]?.sequence ?? 0) - 1);
  });

  it('cannot be changed or deleted', async () => {
    const { id } = await issueLicense(server);
    for (const method of ['DELETE', 'PUT', 'PATCH', 'POST']) {
      expectProblem(await server.request(method, `/v1/licenses/${id}/transitions`), 404, 'notFound');
    }
  });

  it('of a license that does not exist is not found', async () => {
    expectProblem(await server.request('GET', `/v1/licenses/${unknownId}/transitions`), 404, 'notFound');
    expectProblem(await server.request('GET', `/v1/devices/${unknownId}/transitions`), 404, 'notFound');
  });
});

describe('the history of a device', () => {
  it("holds its own rows only, with the license's numbers", async () => {
    const { license, one } = await eventfulLicense();
    const rows = await historyOfDevice(server, one.id);
    const ofLicense = await historyOfLicense(server, license.id);
    expect(rows).toEqual(ofLicense.filter(({ subjectId }) => subjectId === one.id));
    expect(rows.length).toBeGreaterThan(2);
  });

  it('says that client software activated it with the license key, and that the device logged out', async () => {
    const device = await activate(server, await issueLicense(server));
    await logOut(server, device);
    const [loggedOut, activated] = await historyOfDevice(server, device.id);
    expect(activated).toMatchObject({ event: 'activate', to: 'active', actor: { kind: 'licenseKey' } });
    expect(loggedOut).toMatchObject({
      event: 'logOut',
      from: 'active',
      to: 'loggedOut',
      actor: { kind: 'device', id: device.id },
    });
  });

  it('says when an expiry held, and when it was written', async () => {
    const device = await activate(server, await issueLicense(server));
    await server.advance('P31D');
    expect((await historyOfDevice(server, device.id))[0]).toMatchObject({
      event: 'expire',
      from: 'active',
      to: 'expired',
      at: device.device.deactivationDate,
      recordedAt: await now(server),
      actor: { kind: 'expiry' },
    });
  });

  it('counts the check-ins between two rows in the later one', async () => {
    const license = await issueLicense(server);
    const device = await activate(server, license);
    for (let visit = 0; visit < 3; visit += 1) await checkIn(server, device);
    await logOut(server, device);
    const again = await activate(server, license, { fingerprint: device.fingerprint });
    await checkIn(server, again);
    await server.request('POST', `/v1/devices/${device.id}/remote-deactivation`);
    const rows = await historyOfDevice(server, device.id);
    expect(rows.map(({ event, checkIns }) => [event, checkIns]).slice(0, 3)).toEqual([
      ['remotelyDeactivate', 1],
      ['activate', 0],
      ['logOut', 3],
    ]);
  });

  it('keeps an identifier of the request, the same for all rows of one request', async () => {
    const license = await issueLicense(server, { remoteDeactivation: 'disabled' });
    const device = await activate(server, license);
    await setRemoteDeactivation(server, license.id, true);
    await logOut(server, device);
    const [enabled, loggedOut, enabling] = await historyOfLicense(server, license.id);
    expect(loggedOut?.requestId).toMatch(/\S/);
    expect(enabled?.requestId).toBe(loggedOut?.requestId);
    expect(enabling?.requestId).not.toBe(loggedOut?.requestId);
  });

  it('is readable by a reader', async () => {
    const license = await issueLicense(server);
    const device = await activate(server, license);
    const { auth } = await memberToken(server, 'reader', license.organizationId);
    const answer = await server.request<List<Transition>>('GET', `/v1/devices/${device.id}/transitions`, { auth });
    expect(answer.body.items).toEqual(await historyOfDevice(server, device.id));
  });
});
