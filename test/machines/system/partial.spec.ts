/**
 * Partial rows decide as complete rows do: random lives of a license are decided twice, once with every device at hand and
 * once with only those that the commands name or that are overdue, the others being numbers. Nothing that is handed in is
 * ever written to.
 */
import fc from 'fast-check';
import { type Command, decide, type Rows, type SettingRow } from '../../../machines/index.js';
import {
  client,
  day,
  deepFreeze,
  fingerprintOf,
  freeSeatsOf,
  itself,
  now as start,
  operator,
  owner,
  period,
  rowsOf,
  support,
  ticketRow,
} from './rows.js';

const deviceIds = ['a', 'b', 'c', 'd', 'e', 'f'];
const id = fc.constantFrom(...deviceIds);

const command: fc.Arbitrary<Command> = fc.oneof(
  {
    weight: 6,
    arbitrary: id.map((device): Command => ({
      type: 'activate',
      actor: client,
      fingerprint: fingerprintOf(device),
      newDeviceId: device,
      name: null,
      platform: 'linux',
      appVersion: null,
    })),
  },
  {
    weight: 2,
    arbitrary: id.map((d): Command => ({ type: 'checkIn', actor: itself(d), deviceId: d, appVersion: '1' })),
  },
  { weight: 3, arbitrary: id.map((d): Command => ({ type: 'logOut', actor: itself(d), deviceId: d })) },
  {
    weight: 2,
    arbitrary: id.map((d): Command => ({ type: 'remotelyDeactivate', actor: owner, deviceId: d, note: null })),
  },
  {
    weight: 1,
    arbitrary: id.map((d): Command => ({
      type: 'forceDeactivate',
      actor: support,
      deviceId: d,
      ticketId: 'ticket',
      note: 'why',
    })),
  },
  {
    weight: 3,
    arbitrary: fc.constantFrom<Command>({ type: 'enable', actor: owner }, { type: 'disable', actor: owner }),
  },
  { weight: 1, arbitrary: fc.constant<Command>({ type: 'forceEnable', actor: support, ticketId: 'ticket' }) },
  {
    weight: 2,
    arbitrary: fc.integer({ min: 1, max: 6 }).map((seats): Command => ({ type: 'change', actor: operator, seats })),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom<Command>({ type: 'suspend', actor: operator }, { type: 'reinstate', actor: operator }),
  },
  { weight: 1, arbitrary: fc.constant<Command>({ type: 'settle', actor: operator }) },
);

interface Batch {
  wait: number;
  commands: Command[];
}
const life: fc.Arbitrary<Batch[]> = fc.array(
  fc.record({
    wait: fc.constantFrom(0, 1, day, 10 * day, period - 1, period),
    commands: fc.array(command, { minLength: 1, maxLength: 5 }),
  }),
  { minLength: 1, maxLength: 15 },
);

const settings: SettingRow[] = [
  { state: 'enabled', epoch: 1 },
  { state: 'disabled', epoch: 0 },
];

/** Whether the device that a command names is known by now. */
function isPossible(rows: Rows, one: Command): boolean {
  return !('deviceId' in one) || one.deviceId === null || rows.devices.has(one.deviceId);
}

/** What a batch needs of complete rows; `isExact` says whether the numbers are counts or only lower bounds. */
function partOf(rows: Rows, commands: Command[], now: number, isExact: boolean): Rows {
  const named = new Set(
    commands.flatMap((one) => ('deviceId' in one ? [one.deviceId] : one.type === 'activate' ? [one.newDeviceId] : [])),
  );
  const seatsMin = Math.min(...commands.map((one) => (one.type === 'change' ? (one.seats ?? Infinity) : Infinity)));
  const devices = new Map(
    [...rows.devices].filter(
      ([key, { deactivationDate, seat }]) =>
        named.has(key) || (deactivationDate !== null && deactivationDate <= now) || (seat !== null && seat > seatsMin),
    ),
  );
  const others = [...rows.devices.values()].filter((device) => device.state === 'active' && !devices.has(device.id));
  const blocking = others.filter((device) => device.epoch !== rows.setting.epoch);
  const bound = (count: number): number => (isExact || seatsMin !== Infinity ? count : Math.min(1, count));
  const takers = commands.filter(({ type }) => type === 'activate').length;
  const seats = seatsMin === Infinity ? takers : takers + rows.devices.size;
  return {
    ...rows,
    devices,
    freeSeats: rows.freeSeats.slice(0, seats),
    elsewhere: { active: bound(others.length), blocking: bound(blocking.length) },
  };
}

describe('a batch on partial rows', () => {
  it('has the outcomes, the steps and the rows that it has on complete rows', () => {
    let refusals = 0;
    let enablings = 0;
    fc.assert(
      fc.property(life, fc.constantFrom(...settings), fc.boolean(), (batches, setting, isExact) => {
        let now = start;
        const scene = { license: { validUntil: start + 100 * day }, setting, tickets: [ticketRow()] };
        let complete = rowsOf(scene);
        for (const batch of batches) {
          now += batch.wait;
          let partial = partOf(complete, batch.commands, now, isExact);
          for (const one of batch.commands) {
            if (!isPossible(complete, one)) continue;
            const whole = decide(deepFreeze(complete), deepFreeze(one), now);
            const part = decide(deepFreeze(partial), one, now);
            expect(part.outcome).toEqual(whole.outcome);
            expect(part.steps).toEqual(whole.steps);
            expect(decide(complete, one, now)).toEqual(whole);
            ({ rows: complete } = whole);
            ({ rows: partial } = part);
            if (whole.outcome.kind === 'refused') refusals += 1;
            if (complete.setting.state === 'enabling') enablings += 1;
          }
          expect(partial.license).toEqual(complete.license);
          expect(partial.setting).toEqual(complete.setting);
          expect(partial.tickets).toEqual(complete.tickets);
          for (const [key, device] of partial.devices) expect(device).toEqual(complete.devices.get(key));
          expect(complete.freeSeats).toEqual(freeSeatsOf(complete.license.seats, complete.devices.values()));
        }
      }),
      { numRuns: 400 },
    );
    expect(refusals).toBeGreaterThan(100);
    expect(enablings).toBeGreaterThan(100);
  });
});
