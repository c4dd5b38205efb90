/** Which rules a refusal comes from, and which of them an operation can meet. */
import { keptMachines } from '../../machines/index.js';
import { problemCodes } from '../../src/problems/problem.js';
import { reasonsOf, sourcesOf } from '../../src/rules/refusal.sources.js';

const named = (code: string) => sourcesOf(code).map(({ machine, kind, name }) => `${machine} ${kind} ${name}`);

it('are the guards that give the code, of whichever machine', () => {
  expect(named('noSeatAvailable')).toEqual(['device guard seatIsFree']);
  expect(sourcesOf('noSeatAvailable')[0]?.events).toEqual(['activate']);
  expect(sourcesOf('licenseSuspended')[0]?.events).toEqual(['activate', 'checkIn']);
});

it('are the states that do not know an event, with the events', () => {
  expect(named('deviceNotActive')).toEqual([
    'device state inactive',
    'device state loggedOut',
    'device state expired',
    'device state remotelyDeactivated',
  ]);
  expect(sourcesOf('deviceNotActive')[3]?.events).toEqual(['checkIn', 'logOut', 'expire']);
});

it('are neither a state that knows every event, nor a guard that only chooses between two ways', () => {
  const names = named('eventNotAllowed');
  expect(names).toContain('license state revoked');
  expect(names).toContain('device guard isOverdue');
  for (const name of ['device state active', 'remoteDeactivation guard noDeviceIsActive', 'license state active']) {
    expect(names).not.toContain(name);
  }
});

it('are none where no machine gives the code', () => {
  for (const code of ['notFound', 'seatsInUse', 'ticketNotApplicable'])
    expect([code, sourcesOf(code)]).toEqual([code, []]);
});

it('hold every way in which a machine says no, once', () => {
  const sources = problemCodes.flatMap((code) => sourcesOf(code).flatMap(({ events }) => events));
  const refusals = keptMachines.flatMap(({ id, refusals: said }) =>
    said.map(({ state, event, guard, reason }) => `${id} ${guard ?? state} ${event} ${reason}`),
  );
  expect(sources).toHaveLength(new Set(refusals).size);
});

it('are met by operations through their events, and through the rules between the machines', () => {
  expect(reasonsOf('logOut')).toEqual(['deviceNotActive']);
  expect(reasonsOf('setRemoteDeactivation')).toEqual([]);
  expect(reasonsOf('forceRemoteDeactivation')).toEqual(['ticketNotApplicable']);
  expect(reasonsOf('changeLicense')).toEqual(['seatsInUse']);
  expect(reasonsOf('readDevice')).toEqual([]);
});
