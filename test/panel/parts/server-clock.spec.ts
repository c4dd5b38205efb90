/** The server's time in the browser: it goes on, stands still, and is set anew. */
import { jest } from '@jest/globals';
import type * as ServerClock from '../../../src/panel/time/server-clock';

const own = Date.parse('2026-11-24T12:00:00.000Z');
const theirs = '2031-01-01T00:00:00.000Z';
const day = 86_400_000;

let clock: typeof ServerClock;
beforeEach(async () => {
  jest.useFakeTimers({ now: own });
  jest.resetModules();
  clock = await import('../../../src/panel/time/server-clock');
});
afterEach(() => {
  jest.useRealTimers();
});

it('is the browser’s until the server has said its own', () => {
  expect(clock.serverNow()).toBe(own);
});

it('is the server’s from then on, and goes on as the browser’s does', () => {
  clock.setServerTime(theirs);
  expect(clock.serverNow()).toBe(Date.parse(theirs));
  jest.advanceTimersByTime(90_000);
  expect(clock.serverNow()).toBe(Date.parse(theirs) + 90_000);
});

it('stands still where the server says the same time again after a while, as a test clock does', () => {
  clock.setServerTime(theirs);
  jest.advanceTimersByTime(5_000);
  clock.setServerTime(theirs);
  jest.advanceTimersByTime(60_000);
  expect(clock.serverNow()).toBe(Date.parse(theirs));
});

it('goes on where the server says the same time at once: two answers of one moment tell nothing', () => {
  clock.setServerTime(theirs);
  jest.advanceTimersByTime(200);
  clock.setServerTime(theirs);
  jest.advanceTimersByTime(800);
  expect(clock.serverNow()).toBe(Date.parse(theirs) + 1_000);
});

it('follows a test clock that was moved, and tells who watches', () => {
  const heard = jest.fn();
  const stop = clock.seconds.subscribe(heard);
  clock.setServerTime(theirs);
  jest.advanceTimersByTime(5_000);
  clock.setServerTime(theirs);
  heard.mockClear();
  clock.setServerTime(new Date(Date.parse(theirs) + 31 * day).toISOString());
  expect(heard).toHaveBeenCalledTimes(1);
  expect(clock.serverNow()).toBe(Date.parse(theirs) + 31 * day);
  stop();
});

it('ticks each second while somebody watches, and not after', () => {
  const heard = jest.fn();
  const stop = clock.seconds.subscribe(heard);
  const before = clock.seconds.current();
  jest.advanceTimersByTime(3_000);
  expect(heard).toHaveBeenCalledTimes(3);
  expect(clock.seconds.current()).toBe(before + 3);
  stop();
  jest.advanceTimersByTime(3_000);
  expect(heard).toHaveBeenCalledTimes(3);
  expect(jest.getTimerCount()).toBe(0);
});
