/** The occupancy of a license over time: what `/seats` said at each time, told afterwards from the history. */
import fc from 'fast-check';
import { now } from '../support/clock.js';
import { expectProblem } from '../support/problem.js';
import type { License, Seat, Transition } from '../support/representations.js';
import {
  accepted,
  activate,
  changeLicense,
  checkIn,
  type DeviceScene,
  historyOfLicense,
  issueLicense,
  type LicenseScene,
  logOut,
  readAll,
  readLicense,
  unknownId,
} from '../support/scene.js';
import { startServer, type TestServer } from '../support/server.js';

interface Point {
  at: string;
  activeDevices: number;
  seats: number | null;
}
interface Occupancy {
  from: string;
  to: string;
  points: Point[];
  refused: { at: string; count: number }[];
}

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

async function occupancy(id: string, query = ''): Promise<Occupancy> {
  return accepted(await server.request<Occupancy>('GET', `/v1/licenses/${id}/occupancy${query}`));
}

async function setSeats(id: string, seats: number): Promise<void> {
  const headers = { 'If-Match': '*' };
  await server.request<License>('PATCH', `/v1/licenses/${id}`, { headers, body: { seats } });
}

describe('the occupancy of a license', () => {
  it('is a point for each change, from the state at its beginning', async () => {
    const start = await now(server);
    const license = await issueLicense(server, { seats: 2 });
    await server.advance('P1D');
    const first = await now(server);
    const one = await activate(server, license);
    await activate(server, license);
    await server.advance('P1D');
    const second = await now(server);
    await setSeats(license.id, 4);
    await server.advance('P1D');
    const third = await now(server);
    await logOut(server, one);
    await server.advance('P60D');
    const end = await now(server);
    const expiry = new Date(Date.parse(first) + 30 * 86_400_000).toISOString();
    const points = [
      { at: start, activeDevices: 0, seats: 2 },
      { at: first, activeDevices: 2, seats: 2 },
      { at: second, activeDevices: 2, seats: 4 },
      { at: third, activeDevices: 1, seats: 4 },
      { at: expiry, activeDevices: 0, seats: 4 },
    ];
    expect(await occupancy(license.id, `?from=${start}`)).toEqual({ from: start, to: end, points, refused: [] });
    const part = await occupancy(license.id, `?from=${second}&to=${third}`);
    expect(part).toEqual({ from: second, to: third, points: points.slice(2, 4), refused: [] });
    const instant = await occupancy(license.id, `?from=${expiry}&to=${expiry}`);
    expect(instant).toEqual({ from: expiry, to: expiry, points: [points[4]], refused: [] });
  });

  it('goes over 90 days where nothing is said, and knows no seats before the license', async () => {
    const license = await issueLicense(server);
    const issued = await now(server);
    const { from, to, points } = await occupancy(license.id);
    expect(to).toBe(issued);
    expect(Date.parse(to) - Date.parse(from)).toBe(90 * 86_400_000);
    expect(points).toEqual([
      { at: from, activeDevices: 0, seats: null },
      { at: issued, activeDevices: 0, seats: 3 },
    ]);
  });

  it('ends now where more is asked for', async () => {
    const license = await issueLicense(server);
    const present = await now(server);
    expect((await occupancy(license.id, '?to=9999-01-01T00:00:00Z')).to).toBe(present);
  });

  it('counts an overdue device no more, whether or not that was written', async () => {
    const license = await issueLicense(server, { checkInPeriod: 'PT1H' });
    const start = await now(server);
    const device = await activate(server, license);
    await server.advance('P1D');
    const { points } = await occupancy(license.id, `?from=${start}`);
    expect(points).toEqual([
      { at: start, activeDevices: 1, seats: 3 },
      { at: device.device.deactivationDate, activeDevices: 0, seats: 3 },
    ]);
  });

  it('marks the activations that were refused, with how many a row stands for', async () => {
    const license = await issueLicense(server, { seats: 1 });
    const start = await now(server);
    await activate(server, license);
    const moments: string[] = [];
    for (const fingerprint of ['in-vain-0001', 'in-vain-0002']) {
      await server.advance('PT1H');
      moments.push(await now(server));
      await server.request('POST', '/v1/devices', { auth: license.auth, body: { fingerprint } });
    }
    const rows = (await historyOfLicense(server, license.id)).filter(({ outcome }) => outcome === 'refused');
    const { refused } = await occupancy(license.id, `?from=${start}`);
    expect(refused).toEqual(moments.map((at) => ({ at, count: 1 })));
    expect(refused.reduce((sum, { count }) => sum + count, 0)).toBe(rows.reduce((sum, { count }) => sum + count, 0));
    expect((await occupancy(license.id, `?from=${moments[1]}`)).refused).toEqual([{ at: moments[1], count: 1 }]);
    expect((await occupancy(license.id, `?from=${start}&to=${start}`)).refused).toEqual([]);
  });
});

/** What may happen to a license; numbers choose among what is there. */
type Happening =
  | { kind: 'activate' | 'logOut' | 'checkIn' | 'remove'; which: number }
  | { kind: 'seats'; seats: number }
  | { kind: 'standing'; event: 'suspend' | 'reinstate' }
  | { kind: 'wait'; minutes: number };

const which = fc.nat({ max: 6 });
const happening: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('activate' as const), which }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constantFrom('logOut' as const, 'checkIn' as const, 'remove' as const), which }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('seats' as const), seats: fc.integer({ min: 1, max: 5 }) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('standing' as const),
      event: fc.constantFrom('suspend' as const, 'reinstate' as const),
    }),
  },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('wait' as const), minutes: fc.integer({ min: 1, max: 90 }) }) },
);

/** What `/seats` said, and when. */
interface Sample {
  at: string;
  seats: number;
  /** Of each active device. */
  deactivationDates: string[];
}

/** Lives through it, and looks at the seats after each happening. What is refused is part of a life. */
async function live(license: LicenseScene, happenings: readonly Happening[]): Promise<Sample[]> {
  const devices = new Map<number, DeviceScene>();
  const samples = [await sampleOf(license.id)];
  for (const event of happenings) {
    await happen(license, devices, event);
    const sample = await sampleOf(license.id);
    if (samples.at(-1)?.at === sample.at) samples.pop();
    samples.push(sample);
  }
  return samples;
}

async function happen(license: LicenseScene, devices: Map<number, DeviceScene>, event: Happening): Promise<void> {
  if (event.kind === 'wait') return server.advance(`PT${event.minutes}M`);
  if (event.kind === 'seats') return setSeats(license.id, event.seats);
  if (event.kind === 'standing') {
    await changeLicense(server, license.id, event.event).catch(() => undefined);
    return;
  }
  if (event.kind === 'activate') {
    const client = { fingerprint: `device-${license.id}-${event.which}` };
    const device = await activate(server, license, client).catch(() => null);
    if (device !== null) devices.set(event.which, device);
    return;
  }
  const device = devices.get(event.which);
  if (device === undefined) return;
  if (event.kind === 'remove') await server.request('POST', `/v1/devices/${device.id}/remote-deactivation`);
  else await (event.kind === 'logOut' ? logOut : checkIn)(server, device).catch(() => undefined);
}

async function sampleOf(id: string): Promise<Sample> {
  const seats = await readAll<Seat>(server, `/v1/licenses/${id}/seats`);
  return {
    at: await now(server),
    seats: seats.length,
    deactivationDates: seats.flatMap(({ device }) => device?.deactivationDate ?? []),
  };
}

/** What `/seats` would have said at a time: after a sample, only dates can have come. */
function saidAt(samples: readonly Sample[], at: string): { activeDevices: number; seats: number } | null {
  const sample = samples.findLast((earlier) => earlier.at <= at);
  if (sample === undefined) return null;
  return { activeDevices: sample.deactivationDates.filter((date) => date > at).length, seats: sample.seats };
}

it('says of any life what /seats said at each time', async () => {
  const lives = fc.array(happening, { minLength: 20, maxLength: 40 });
  await fc.assert(
    fc.asyncProperty(lives, fc.nat(), fc.nat(), async (happenings, begin, end) => {
      const license = await issueLicense(server, { seats: 3, checkInPeriod: 'PT1H' });
      const samples = await live(license, happenings);
      const times = samples.map(({ at }) => at);
      const whole = await occupancy(license.id, `?from=${times[0]}&points=1000`);
      for (const { at, ...drawn } of whole.points) expect({ at, ...drawn }).toEqual({ at, ...saidAt(samples, at) });
      for (const { at } of samples) {
        const { at: _, ...drawn } = whole.points.findLast((earlier) => earlier.at <= at) ?? { at: '' };
        expect({ at, ...drawn }).toEqual({ at, ...saidAt(samples, at) });
      }
      // A part of it, thinned: each point is one of the whole plot, and the highest is not lost.
      const [from = '', to = ''] = [times[begin % times.length] ?? '', times[end % times.length] ?? ''].sort();
      const part = await occupancy(license.id, `?from=${from}&to=${to}&points=5`);
      expect(part.points.length).toBeLessThanOrEqual(5);
      expect(part.points[0]).toEqual({ at: from, ...saidAt(samples, from) });
      const inside = whole.points.filter(({ at }) => at > from && at <= to);
      for (const drawn of part.points.slice(1)) expect(inside).toContainEqual(drawn);
      const highest = (points: Point[]): number => Math.max(...points.map(({ activeDevices }) => activeDevices));
      expect(highest(part.points)).toBe(highest([part.points[0] as Point, ...inside]));
      // The reason why a plot can be drawn in one go: the history of devices is in the order of time.
      const rows: Transition[] = (await historyOfLicense(server, license.id)).reverse();
      const moved = rows.filter(({ machine, outcome }) => machine === 'device' && outcome === 'accepted');
      expect(moved.map(({ at }) => at)).toEqual(moved.map(({ at }) => at).sort());
      expect((await readLicense(server, license.id)).activeDevices).toBe(whole.points.at(-1)?.activeDevices);
    }),
    { numRuns: 6 },
  );
});

describe('a wrong question', () => {
  it.each([
    ['from', 'from=yesterday'],
    ['from', 'from=9998-01-01T00:00:00Z'],
    ['to', 'to='],
    ['to', 'from=2026-11-24T09:30:00Z&to=2026-11-23T09:30:00Z'],
    ['points', 'points=1'],
    ['points', 'points=1001'],
    ['points', 'points=ten'],
    ['points', 'points=10&points=20'],
    ['cursor', 'cursor=x'],
  ])('is refused at %s: %s', async (path, query) => {
    const { id } = await issueLicense(server);
    const { issues } = expectProblem(
      await server.request('GET', `/v1/licenses/${id}/occupancy?${query}`),
      400,
      'invalidRequest',
    );
    expect((issues as { path: string }[]).map((issue) => issue.path)).toEqual([path]);
  });

  it('about a license that does not exist is not found', async () => {
    expectProblem(await server.request('GET', `/v1/licenses/${unknownId}/occupancy`), 404, 'notFound');
  });
});
