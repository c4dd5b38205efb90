/** Times and durations in the panel's words. */
import { agoInWords, durationInWords, spanInWords, utcInWords } from '../../../src/panel/time/words';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

describe('a span', () => {
  it.each([
    [30 * day, '30 days'],
    [29 * day + 23 * hour + 59 * minute, '29 days 23 hours'],
    [day + hour, '1 day 1 hour'],
    [day + minute, '1 day'],
    [day - 1, '23 hours 59 minutes'],
    [4 * minute + 12 * second, '4 minutes 12 seconds'],
    [minute - 1, '59 seconds'],
    [second, '1 second'],
    [second - 1, '0 seconds'],
    [-day, '0 seconds'],
  ])('of %d ms is “%s”: never more than is left', (millis, words) => {
    expect(spanInWords(millis)).toBe(words);
  });
});

describe('how long ago', () => {
  it.each([
    [0, 'Just now'],
    [-hour, 'Just now'],
    [minute - 1, 'Just now'],
    [minute, '1 minute ago'],
    [2 * hour - 1, '1 hour ago'],
    [3 * day, '3 days ago'],
  ])('%d ms is “%s”', (millis, words) => {
    expect(agoInWords(millis)).toBe(words);
  });
});

describe('a duration of the API', () => {
  it.each([
    ['P30D', '30 days'],
    ['P1D', '1 day'],
    ['PT90S', '90 seconds'],
    ['P1DT2H3M4S', '1 day 2 hours 3 minutes 4 seconds'],
    ['PT36H', '36 hours'],
    ['P1Y', 'P1Y'],
    ['soon', 'soon'],
  ])('%s is “%s”', (duration, words) => {
    expect(durationInWords(duration)).toBe(words);
  });
});

it('says an instant in UTC to the second', () => {
  expect(utcInWords('2026-11-24T09:30:00.000Z')).toBe('2026-11-24 09:30:00 UTC');
});
