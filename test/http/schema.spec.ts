/** The common pieces of request schemas, value by value. */
import { z } from 'zod';
import {
  dryRunQuery,
  duration,
  fingerprint,
  idempotencyKey,
  ifMatch,
  instant,
  optional,
  pageQuery,
  repeated,
  text,
  uuid,
} from '../../src/http/schema.js';

const accepts = (schema: z.ZodType, value: unknown) => schema.safeParse(value).success;

describe('a text', () => {
  it('has as many characters as JSON Schema counts: code points, not UTF-16 units', () => {
    expect(accepts(text(3), '😀😀😀')).toBe(true);
    for (const value of ['😀😀😀😀', 'abcd', 'abc😀']) expect([value, accepts(text(3), value)]).toEqual([value, false]);
  });

  it('is not blank, and well-formed Unicode without U+0000', () => {
    for (const value of ['', ' ', '\t\n', '\u2003', 'a\0', '\ud800', 'a\udc00b', 1, null]) {
      expect([value, accepts(text(10), value)]).toEqual([value, false]);
    }
    expect(text(10).parse(' a ')).toBe(' a ');
  });
});

it('takes fingerprints of 8 to 255 visible ASCII characters', () => {
  for (const value of ['a'.repeat(8), '~!'.repeat(127)]) expect(accepts(fingerprint, value)).toBe(true);
  for (const value of ['a'.repeat(7), 'a'.repeat(256), 'with blank', 'ümlautümlaut', 'newline1\n']) {
    expect([value, accepts(fingerprint, value)]).toEqual([value, false]);
  }
});

it('takes idempotency keys of 16 to 255 visible ASCII characters', () => {
  for (const [value, is] of [
    ['k'.repeat(16), true],
    ['k'.repeat(255), true],
    ['k'.repeat(15), false],
    ['k'.repeat(256), false],
    ['k k'.repeat(8), false],
  ] as const) {
    expect([value, accepts(idempotencyKey, value)]).toEqual([value, is]);
  }
});

it('reads times with any offset as epoch milliseconds', () => {
  expect(instant.parse('2026-11-24T09:30:00.000Z')).toBe(Date.UTC(2026, 10, 24, 9, 30));
  expect(instant.parse('2026-11-24T09:30:00.1239+05:30')).toBe(Date.UTC(2026, 10, 24, 4, 0, 0, 123));
  expect(instant.parse('2024-02-29T23:59:59-00:30')).toBe(Date.UTC(2024, 2, 1, 0, 29, 59));
  for (const value of [
    '2026-02-29T00:00:00Z',
    '2026-11-24',
    '2026-11-24T09:30Z',
    '2026-11-24T24:00:00Z',
    '2026-13-01T00:00:00Z',
    '2026-11-24T09:30:00',
    '0070-01-01T00:00:00Z',
    '1969-12-31T23:59:59Z',
    '9999-12-31T23:59:59-01:00',
    0,
  ]) {
    expect([value, accepts(instant, value)]).toEqual([value, false]);
  }
});

it('keeps a duration as it was given, beside its length', () => {
  expect(duration('PT1S', 'P366D', 'second').parse('PT24H')).toEqual({ text: 'PT24H', millis: 86_400_000 });
  for (const value of ['PT0.5S', 'PT0S', 'P367D', 'P1W', 'P1M', '30', 'p30d']) {
    expect([value, accepts(duration('PT1S', 'P366D', 'second'), value)]).toEqual([value, false]);
  }
  expect(accepts(duration('PT0.001S', 'P366D'), 'PT0.001S')).toBe(true);
});

it('reads If-Match as any version or a list of them, weak ones matching nothing', () => {
  expect(ifMatch.parse('*')).toBe('*');
  expect(ifMatch.parse('"7"')).toEqual(['7']);
  expect(ifMatch.parse('"7", W/"8","9"')).toEqual(['7', '9']);
  for (const value of ['7', '', '"7', '*, "7"', '"7";"8"'])
    expect([value, accepts(ifMatch, value)]).toEqual([value, false]);
});

it('takes null for what may be left out, and says so in the JSON Schema', () => {
  const schema = z.strictObject({ name: optional(text(5)) });
  expect(schema.parse({ name: null })).toEqual({});
  expect(schema.parse({})).toEqual({});
  expect(z.toJSONSchema(schema, { io: 'input' })).toMatchObject({
    additionalProperties: false,
    properties: { name: { anyOf: [{ type: 'string', minLength: 1, maxLength: 5 }, { type: 'null' }] } },
  });
});

it('describes every piece as the JSON Schema of what is sent', () => {
  const all = z.strictObject({ fingerprint, uuid, instant, ifMatch, idempotencyKey, period: duration('PT1S', 'P1D') });
  const { properties } = z.toJSONSchema(all, { io: 'input' });
  for (const property of Object.values(properties ?? {})) expect(property).toMatchObject({ type: 'string' });
  expect(properties).toMatchObject({
    uuid: { format: 'uuid' },
    instant: { format: 'date-time' },
    period: { format: 'duration' },
  });
  const page = pageQuery.extend({ ...dryRunQuery.shape, state: repeated(z.enum(['a'])) });
  expect(z.toJSONSchema(page, { io: 'input' })).toMatchObject({
    properties: { limit: { type: 'integer', minimum: 1, maximum: 200 }, dryRun: { type: 'boolean' } },
  });
});
