/** What the session of client software has to do with the interface: nothing is stale, and what is said of an answer is so. */
import { clientSessionEvents } from '../../machines/index.js';
import { clientEventsOf, operationsOfClient } from '../../src/rules/client.operations.js';
import { operationOf } from '../../src/rules/event.operations.js';

const parts = Object.entries(operationsOfClient);

it('knows exactly the events of the session', () => {
  expect(Object.keys(operationsOfClient)).toEqual(Object.keys(clientSessionEvents));
});

/** Written by hand. */
it('has no operation for what silence, time or a restart brings', () => {
  expect(parts.filter(([, part]) => part === null).map(([event]) => event)).toEqual([
    'missAnswer',
    'expire',
    'distrustClock',
    'trustClock',
    'restore',
  ]);
});

it('names operations that put an event to the device, and all that the device itself has', () => {
  const ofDevice = ['activate', 'checkIn', 'logOut'].map((event) => operationOf('device', event));
  const named = new Set(parts.flatMap(([, part]) => part?.operations ?? []));
  expect([...named].sort()).toEqual(ofDevice.sort());
});

it('has an answer for each operation, and asks for those that a person or the software can wish', () => {
  expect(clientEventsOf('activateDevice')).toEqual([
    { event: 'activate', as: 'request' },
    { event: 'confirm', as: 'answer' },
    { event: 'refuse', as: 'answer' },
  ]);
  expect(clientEventsOf('checkIn')).toEqual(
    ['confirm', 'hold', 'end', 'deactivate'].map((event) => ({ event, as: 'answer' })),
  );
  expect(clientEventsOf('logOut')).toEqual([
    { event: 'logOut', as: 'request' },
    { event: 'release', as: 'answer' },
  ]);
  expect(clientEventsOf('deactivateDevice')).toEqual([]);
});
