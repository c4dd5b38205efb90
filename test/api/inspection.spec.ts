/** One subject in its statechart: what can happen now and why the rest cannot, what held before, and how many are in each state. */
import { day } from '../support/clock.js';
import { until } from '../support/lives.js';
import { expectProblem } from '../support/problem.js';
import type { Inspection } from '../support/representations.js';
import {
  accepted,
  activate,
  checkIn,
  historyOfLicense,
  issueLicense,
  logOut,
  memberToken,
  openTicket,
  readDevice,
  register,
  setRemoteDeactivation,
} from '../support/scene.js';
import { startServer, type TestServer } from '../support/server.js';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

interface Population {
  machine: string;
  states: { name: string; count: number }[];
}

const inspect = async (machine: string, id: string, query = ''): Promise<Inspection> =>
  accepted(await server.request<Inspection>('GET', `/v1/machines/${machine}/subjects/${id}${query}`));
const outcomes = ({ prospects }: Inspection) =>
  Object.fromEntries(
    (prospects ?? []).map(({ event, outcome, guard, reason }) => [event, guard?.name ?? reason ?? outcome]),
  );

it('says of a device what each event would do now, and which guard refuses the others', async () => {
  const license = await issueLicense(server, { remoteDeactivation: 'disabled', seats: 1 });
  const device = await activate(server, license, { name: 'Tower' });
  const other = await register(server, license.id);
  const seen = await inspect('device', device.id);
  expect(seen).toMatchObject({
    name: 'Tower',
    licenseId: license.id,
    isPresent: true,
    state: 'active',
    device: { seat: 1, epoch: null, deactivationDate: device.device.deactivationDate },
    setting: { state: 'disabled', epoch: 0 },
    license: { status: 'active', seats: 1 },
    transition: { event: 'activate' },
  });
  expect(outcomes(seen)).toEqual({
    activate: 'connected',
    checkIn: 'connected',
    logOut: 'changed',
    expire: 'isOverdue',
    remotelyDeactivate: 'remoteDeactivationIsNotDisabled',
    forceDeactivate: 'changed',
  });
  expect((seen.prospects ?? []).filter(({ isCommand }) => !isCommand).map(({ event }) => event)).toEqual(['expire']);
  expect(outcomes(await inspect('device', other.id))).toEqual({
    activate: 'seatIsFree',
    checkIn: 'deviceNotActive',
    logOut: 'deviceNotActive',
    expire: 'deviceNotActive',
    remotelyDeactivate: 'deviceNotActive',
    forceDeactivate: 'deviceNotActive',
  });
});

it('counts for the setting who is active and who blocks', async () => {
  const license = await issueLicense(server, { remoteDeactivation: 'disabled' });
  const device = await activate(server, license);
  const before = await inspect('remoteDeactivation', license.id);
  expect(before).toMatchObject({ state: 'disabled', device: null, name: 'Mapper Pro', transition: null });
  expect(before.prospects?.find(({ event }) => event === 'enable')).toMatchObject({ to: 'enabling' });
  await setRemoteDeactivation(server, license.id, true);
  const enabling = await inspect('remoteDeactivation', license.id);
  expect(enabling).toMatchObject({ state: 'enabling', setting: { state: 'enabling', epoch: 1 } });
  expect(enabling.prospects?.find(({ event }) => event === 'blockingDeviceLeft')).toMatchObject({
    outcome: 'unchanged',
  });
  await logOut(server, device);
  expect(await inspect('remoteDeactivation', license.id)).toMatchObject({ state: 'enabled' });
});

it('shows what time has done, although nothing has written it yet', async () => {
  const license = await issueLicense(server, { checkInPeriod: 'P30D' });
  const device = await activate(server, license);
  await server.request('POST', '/v1/test-clock', { body: { advance: 'P30D' } });
  expect(await inspect('device', device.id)).toMatchObject({ state: 'expired', transition: { event: 'expire' } });
});

describe('a moment of the past', () => {
  it('is what the rows say, with dates as they were recorded', async () => {
    const license = await issueLicense(server, { checkInPeriod: 'P30D' });
    const device = await activate(server, license);
    const activated = (await inspect('device', device.id)).sequence;
    await server.request('POST', '/v1/test-clock', { body: { advance: 'P5D' } });
    const connected = await checkIn(server, device);
    await logOut(server, device);
    expect(await inspect('device', device.id, `?sequence=${activated}`)).toMatchObject({
      isPresent: false,
      sequence: activated,
      at: device.device.activatedAt,
      state: 'active',
      device: { seat: 1, epoch: 1, deactivationDate: device.device.deactivationDate },
      setting: { state: 'enabled', epoch: 1 },
      license: { status: 'active', seats: 3 },
      transition: { event: 'activate', sequence: activated },
      prospects: null,
    });
    expect(Date.parse(String(connected.deactivationDate)) - Date.parse(String(device.device.deactivationDate))).toBe(
      5 * day,
    );
    // Registered, and nothing else so far.
    expect(await inspect('device', device.id, `?sequence=${activated - 1}`)).toMatchObject({
      state: 'inactive',
      device: { seat: null, epoch: null, deactivationDate: null },
    });
    // Before it was there.
    expect(await inspect('device', device.id, '?sequence=1')).toMatchObject({
      state: null,
      device: null,
      transition: null,
    });
  });

  it('that has not come is not found; one that is no number is refused', async () => {
    const license = await issueLicense(server);
    const [newest] = await historyOfLicense(server, license.id);
    const path = `/v1/machines/license/subjects/${license.id}`;
    const beyond = await server.request('GET', `${path}?sequence=${(newest?.sequence ?? 0) + 1}`);
    expectProblem(beyond, 404, 'notFound');
    for (const query of ['?sequence=0', '?sequence=-1', '?sequence=x', '?sequence=1.5', '?sequence=', '?moment=1']) {
      expectProblem(await server.request('GET', `${path}${query}`), 400, 'invalidRequest');
    }
  });
});

describe('the history of a license', () => {
  it('is narrowed down to a machine, and to a ticket', async () => {
    const license = await issueLicense(server);
    await activate(server, license);
    const [ticket, other] = [await openTicket(server, license.id), await openTicket(server, license.id)];
    await setRemoteDeactivation(server, license.id, false);
    const rows = async (query: string) =>
      (
        await server.request<{ items: { event: string; subjectId: string }[] }>(
          'GET',
          `/v1/licenses/${license.id}/transitions?${query}`,
        )
      ).body.items;
    expect((await rows('machine=remoteDeactivation')).map(({ event }) => event)).toEqual(['disable']);
    expect((await rows('machine=license')).map(({ event }) => event)).toEqual(['issue']);
    expect((await rows('machine=device')).map(({ event }) => event)).toEqual(['activate', 'register']);
    expect((await rows(`ticketId=${ticket.id}`)).map(({ subjectId }) => subjectId)).toEqual([ticket.id]);
    expect(await rows(`ticketId=${(await openTicket(server, (await issueLicense(server)).id)).id}`)).toEqual([]);
    expect(other.id).not.toBe(ticket.id);
  });
});

describe('the population of a machine', () => {
  it('counts what the asker sees, overdue devices where time has put them', async () => {
    const license = await issueLicense(server, { seats: 3 });
    const { auth } = await memberToken(server, 'reader', license.organizationId);
    const devices = [await activate(server, license), await activate(server, license)];
    await register(server, license.id);
    const numbersOf = async (machine: string, whose?: string) => {
      const { states } = accepted(
        await server.request<Population>('GET', `/v1/machines/${machine}/population`, { auth: whose }),
      );
      return Object.fromEntries(states.map(({ name, count }) => [name, count]));
    };
    const none = { inactive: 0, active: 0, loggedOut: 0, expired: 0, remotelyDeactivated: 0 };
    expect(await numbersOf('device', auth)).toEqual({ ...none, inactive: 1, active: 2 });
    if (devices[0] !== undefined) await logOut(server, devices[0]);
    await until('the log-out is counted', async () => (await numbersOf('device', auth)).loggedOut === 1);
    await server.request('POST', '/v1/test-clock', { body: { advance: 'P30D' } });
    await until('the expiry is counted', async () => (await numbersOf('device', auth)).expired === 1);
    expect(await numbersOf('license', auth)).toEqual({ active: 1, suspended: 0, expired: 0, revoked: 0 });
    expect(await numbersOf('remoteDeactivation', auth)).toEqual({ disabled: 0, enabling: 0, enabled: 1 });
    const ticket = await openTicket(server, license.id);
    await until('the ticket is counted', async () => (await numbersOf('supportTicket', auth)).open === 1);
    expect(ticket.status).toBe('open');
    const all = await numbersOf('device');
    expect(all.expired).toBeGreaterThanOrEqual(1);
    expect((await readDevice(server, String(devices[1]?.id))).state).toBe('expired');
  });

  it('counts on over the end of a part', async () => {
    const license = await issueLicense(server, { seats: 1 });
    const { auth } = await memberToken(server, 'reader', license.organizationId);
    // In two states, and in an order that databases see differently: “a” before “B”, or after it.
    const active = await activate(server, license, { fingerprint: 'a-device-000' });
    await Promise.all(
      Array.from({ length: 1_100 }, (_, index) =>
        register(server, license.id, { fingerprint: `${index % 2 === 0 ? 'B' : 'a'}-device-${1_000 + index}` }),
      ),
    );
    const { body } = await server.request<Population>('GET', '/v1/machines/device/population', { auth });
    const count = (state: string) => body.states.find(({ name }) => name === state)?.count;
    expect([count('active'), count('inactive')]).toEqual([1, 1_100]);
    expect(active.device.state).toBe('active');
  });
});
