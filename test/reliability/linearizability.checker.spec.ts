/** The checker itself: it accepts histories that a sequential license explains, and rejects those that none does. */
import fc from 'fast-check';
import { checkHistory } from './linearizability/linearizability.checker.js';
import type { Operation } from './linearizability/operation.js';
import {
  noSeatAvailable,
  notActive,
  type SeatCall,
  seatsModel,
  shownDevice,
  shownSeats,
} from './linearizability/seats.model.js';

const activate = (fingerprint: string, token: number): SeatCall => ({ kind: 'activate', fingerprint, token });
const checkIn = (fingerprint: string, token: number): SeatCall => ({ kind: 'checkIn', fingerprint, token });
const logOut = (fingerprint: string, token: number): SeatCall => ({ kind: 'logOut', fingerprint, token });
const active = (seat: number, connections = 0): string => shownDevice('active', seat, connections);
const loggedOut = (connections = 0): string => shownDevice('loggedOut', null, connections);
const readSeats: SeatCall = { kind: 'readSeats' };

/** An operation from one moment to another; without an answer where that is null. */
function op(invokedAt: number, answeredAt: number, call: SeatCall, answer: string | null): Operation<SeatCall> {
  return { call, invokedAt, answeredAt: answer === null ? Infinity : answeredAt, answer };
}

const verdict = (seats: number, ...history: Operation<SeatCall>[]): string =>
  checkHistory(seatsModel(seats), history).kind;

describe('the checker of histories', () => {
  it('accepts what one client after the other was told', () => {
    expect(
      verdict(
        1,
        op(0, 1, activate('a', 1), active(1)),
        op(2, 3, checkIn('a', 1), active(1, 1)),
        op(4, 5, activate('b', 2), noSeatAvailable),
        op(6, 7, logOut('a', 1), loggedOut(1)),
        op(8, 9, activate('b', 3), active(1)),
        op(10, 11, readSeats, shownSeats(['b'])),
      ),
    ).toBe('explained');
  });

  it('accepts two who came at once in whichever order explains them', () => {
    const both = [op(0, 9, activate('a', 1), active(2)), op(1, 8, activate('b', 2), active(1))];
    expect(verdict(2, ...both)).toBe('explained');
    expect(verdict(2, ...both, op(2, 7, readSeats, shownSeats(['b', null])))).toBe('explained');
    expect(verdict(2, ...both, op(2, 7, readSeats, shownSeats([null, 'a'])))).toBe('unexplained');
  });

  it('accepts a request without an answer as done, as done later and as never done', () => {
    const lost = op(0, 0, activate('a', 1), null);
    expect(verdict(1, lost, op(5, 6, readSeats, shownSeats(['a'])))).toBe('explained');
    expect(verdict(1, lost, op(5, 6, readSeats, shownSeats([null])))).toBe('explained');
    expect(verdict(1, lost, op(5, 6, readSeats, shownSeats([null])), op(7, 8, readSeats, shownSeats(['a'])))).toBe(
      'explained',
    );
  });

  it('rejects that it was done and then was not', () => {
    const lost = op(0, 0, activate('a', 1), null);
    expect(verdict(1, lost, op(5, 6, readSeats, shownSeats(['a'])), op(7, 8, readSeats, shownSeats([null])))).toBe(
      'unexplained',
    );
  });

  const wrong: [string, number, Operation<SeatCall>[]][] = [
    ['a seat given to two', 1, [op(0, 9, activate('a', 1), active(1)), op(1, 8, activate('b', 2), active(1))]],
    [
      'a refusal while a seat was free',
      2,
      [op(0, 1, activate('a', 1), active(1)), op(2, 3, activate('b', 2), noSeatAvailable)],
    ],
    ['a seat that is not the lowest', 2, [op(0, 1, activate('a', 1), active(2))]],
    ['a read of what was before', 1, [op(0, 1, activate('a', 1), active(1)), op(2, 3, readSeats, shownSeats([null]))]],
    [
      'a lost log-out that was acknowledged',
      1,
      [
        op(0, 1, activate('a', 1), active(1)),
        op(2, 3, logOut('a', 1), loggedOut()),
        op(4, 5, { kind: 'readDevice', fingerprint: 'a' }, active(1)),
      ],
    ],
    [
      'a check-in that happened twice',
      1,
      [op(0, 1, activate('a', 1), active(1)), op(2, 3, checkIn('a', 1), active(1, 2))],
    ],
    [
      'two check-ins of which one was lost',
      1,
      [
        op(0, 1, activate('a', 1), active(1)),
        op(2, 9, checkIn('a', 1), active(1, 1)),
        op(3, 8, checkIn('a', 1), active(1, 1)),
      ],
    ],
    [
      'a device that goes on after it was deactivated',
      1,
      [
        op(0, 1, activate('a', 1), active(1)),
        op(2, 3, { kind: 'remotelyDeactivate', fingerprint: 'a' }, shownDevice('remotelyDeactivated', null, 0)),
        op(4, 5, checkIn('a', 1), active(1, 1)),
      ],
    ],
    [
      'a wrong reason',
      1,
      [
        op(0, 1, activate('a', 1), active(1)),
        op(2, 3, logOut('a', 1), loggedOut()),
        op(4, 5, checkIn('a', 1), notActive('remotelyDeactivated')),
      ],
    ],
    [
      'an ended token that still works',
      1,
      [
        op(0, 1, activate('a', 1), active(1)),
        op(2, 3, logOut('a', 1), loggedOut()),
        op(4, 5, activate('a', 2), active(1)),
        op(6, 7, checkIn('a', 1), active(1, 1)),
      ],
    ],
  ];
  it.each(wrong)('rejects %s', (_what, seats, history) => {
    expect(verdict(seats, ...history)).toBe('unexplained');
  });

  it('says where it was stuck', () => {
    const first = op(0, 1, activate('a', 1), active(1));
    const second = op(2, 3, readSeats, shownSeats([null]));
    expect(checkHistory(seatsModel(1), [first, second])).toEqual({
      kind: 'unexplained',
      furthest: [first],
      stuck: [second],
    });
  });

  it('explains any history that a sequential license has made, however its answers are stretched, and none with one answer changed', () => {
    const model = seatsModel(2);
    const anyCall = fc.record({
      kind: fc.constantFrom('activate', 'activate', 'checkIn', 'logOut', 'remotelyDeactivate', 'readSeats'),
      client: fc.nat(3),
      early: fc.double({ min: 0, max: 5, noNaN: true }),
      late: fc.double({ min: 0, max: 5, noNaN: true }),
      isLost: fc.nat(11).map((number) => number === 0),
    });
    fc.assert(
      fc.property(fc.array(anyCall, { minLength: 5, maxLength: 60 }), fc.nat(), (calls, which) => {
        const tokens = new Map<string, number>();
        let state = model.initial;
        const history = calls.map(({ kind, client, early, late, isLost }, moment): Operation<SeatCall> => {
          const fingerprint = `client-${client}`;
          if (kind === 'activate') tokens.set(fingerprint, moment);
          const call = { kind, fingerprint, token: tokens.get(fingerprint) ?? -1 } as SeatCall;
          const next = model.step(state, call);
          state = next.state;
          return op(moment - early, moment + late, call, isLost ? null : next.answer);
        });
        expect(checkHistory(model, history).kind).toBe('explained');
        const index = which % history.length;
        const forged = history.map((one, at) => (at === index && one.answer !== null ? { ...one, answer: 'no' } : one));
        const isForged = history[index]?.answer !== null;
        expect(checkHistory(model, forged).kind).toBe(isForged ? 'unexplained' : 'explained');
      }),
      { numRuns: 150 },
    );
  });
});
