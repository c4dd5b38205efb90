/**
 * The pieces that request schemas are made of: each is the validation, the type and the JSON Schema of one kind of value.
 * They know limits and syntax, never a rule about licenses or devices.
 */
import { z } from 'zod';
import { durationPattern, parseDuration } from '../clock/duration.js';
import { parseInstant } from '../clock/instant.js';

/** A field that may be left out; null is as if it were (the parsed value is undefined in both cases). */
export function optional<Schema extends z.ZodType>(schema: Schema) {
  return schema.nullish().transform((value) => value ?? undefined);
}

const loneSurrogate = /\p{Surrogate}/u;

/**
 * A text that people read: 1 to `charactersMax` characters, not blanks only, well-formed Unicode without U+0000.
 * A character is a Unicode code point, as in JSON Schema and in PostgreSQL's `varchar(n)`. It is not trimmed.
 */
export function text(charactersMax: number) {
  return z
    .string()
    .check((context) => {
      const message = faultOfText(context.value, charactersMax);
      if (message !== null) context.issues.push({ code: 'custom', message, input: context.value });
    })
    .meta({ minLength: 1, maxLength: charactersMax, pattern: '\\S' });
}

function faultOfText(value: string, charactersMax: number): string | null {
  if (value.trim() === '') return 'must not be empty or blanks only';
  if (value.includes('\0') || loneSurrogate.test(value)) return 'must be well-formed Unicode without U+0000';
  // A code point has one or two UTF-16 units, so most texts need no counting.
  const isTooLong =
    value.length > charactersMax && (value.length > 2 * charactersMax || [...value].length > charactersMax);
  return isTooLong ? `must have at most ${charactersMax} characters` : null;
}

/** What an installation is known by within a license. */
export const fingerprint = z
  .string()
  .regex(/^[\x21-\x7e]{8,255}$/, 'must be 8 to 255 visible ASCII characters')
  .meta({
    description: '8 to 255 visible ASCII characters',
    pattern: '^[!-~]{8,255}$',
    examples: ['workstation-4f1c'],
  });

/** An id. Any UUID is well-formed; upper case is read as lower case. */
export const uuid = z
  .string()
  .regex(/^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i, 'must be a UUID')
  .toLowerCase()
  .meta({ format: 'uuid', pattern: undefined });

/** An RFC 3339 time, in UTC or with an offset; parsed, it is epoch milliseconds. */
export const instant = z
  .string()
  .transform((value, context) => {
    const millis = parseInstant(value);
    if (millis !== null) return millis;
    context.issues.push({ code: 'custom', message: 'must be an RFC 3339 time from 1970 to 9999', input: value });
    return z.NEVER;
  })
  .meta({ format: 'date-time', examples: ['2026-11-24T09:30:00.000Z'] });

/** A duration as it was given, which is how it is given back, and its length in milliseconds. */
export interface Duration {
  readonly text: string;
  readonly millis: number;
}

/**
 * An ISO 8601 duration in days, hours, minutes and seconds.
 *
 * @param shortest the least duration allowed, such as `PT1S`
 * @param longest the greatest one allowed, such as `P366D`
 * @param step `second` where it must be a whole number of seconds
 */
export function duration(shortest: string, longest: string, step: 'second' | 'millisecond' = 'millisecond') {
  const millisMin = parseDuration(shortest) ?? 0;
  const millisMax = parseDuration(longest) ?? 0;
  const unit = step === 'second' ? ' in whole seconds' : '';
  const message = `must be an ISO 8601 duration in days, hours, minutes and seconds, from ${shortest} to ${longest}${unit}`;
  return z
    .string()
    .transform((value, context): Duration => {
      const millis = parseDuration(value);
      if (
        millis !== null &&
        millis >= millisMin &&
        millis <= millisMax &&
        (step === 'millisecond' || millis % 1000 === 0)
      ) {
        return { text: value, millis };
      }
      context.issues.push({ code: 'custom', message, input: value });
      return z.NEVER;
    })
    .meta({
      format: 'duration',
      pattern: durationPattern,
      description: `From ${shortest} to ${longest}${unit}`,
      examples: [longest],
    });
}

/** For requests that have no fields: `{}`, or no body at all. */
export const noBody = z.strictObject({});

/** For requests that have no query parameters. */
export const noQuery = z.strictObject({});

/** A query parameter that may be repeated; parsed, it is a list with at least one value, or undefined. */
export function repeated<Schema extends z.ZodType>(schema: Schema) {
  return z
    .union([schema, z.array(schema).min(1).max(20)])
    .transform((value): z.output<Schema>[] => (Array.isArray(value) ? value : [value]) as z.output<Schema>[])
    .optional();
}

const limitMax = 200;

/** The query of a list: how many items at most, and where to go on. `pageQuery.extend({…})` stays strict. */
export const pageQuery = z.strictObject({
  limit: z
    .string()
    .refine(
      (value) => /^[1-9]\d{0,2}$/.test(value) && Number(value) <= limitMax,
      `must be a whole number from 1 to ${limitMax}`,
    )
    .transform(Number)
    .default(50)
    .meta({
      type: 'integer',
      minimum: 1,
      maximum: limitMax,
      default: 50,
      description: 'How many items at most',
      examples: [20],
    }),
  cursor: z
    .string()
    .regex(/^[A-Za-z0-9_.~-]{1,1024}$/, 'must be the nextCursor of an earlier answer')
    .optional()
    .meta({
      description: 'The nextCursor of the answer before',
      examples: ['IjAxYTIwYzllLTgzZGYtNzI0OS1iMzM2LThjMTE3MTdkYmZlOSI'],
    }),
});

/** A text to look for in a list. */
export const search = text(100)
  .optional()
  .meta({ description: 'What is to be in it, in either case', examples: ['mapper'] });

/** The query of a command that can be tried without effect. */
export const dryRunQuery = z.strictObject({
  dryRun: z
    .string()
    .refine((value) => value === 'true' || value === 'false', 'must be true or false')
    .transform((value) => value === 'true')
    .default(false)
    .meta({
      type: 'boolean',
      default: false,
      description: 'Answer as in earnest, and change nothing',
      examples: [true],
    }),
});

/** `Idempotency-Key`: 16 to 255 visible ASCII characters. */
export const idempotencyKey = z
  .string()
  .regex(/^[\x21-\x7e]{16,255}$/, 'must be 16 to 255 visible ASCII characters')
  .meta({
    description: '16 to 255 visible ASCII characters',
    pattern: '^[!-~]{16,255}$',
    examples: ['order-2026-11-0042'],
  });

/** What `If-Match` allows: any version, or the versions listed (as in the ETags, without quotes). */
export type IfMatch = '*' | readonly string[];

const entityTags = /^(?:W\/)?"[\x21\x23-\x7e]*"(?:[ \t]*,[ \t]*(?:W\/)?"[\x21\x23-\x7e]*")*$/;

/** `If-Match`: `*`, or entity tags such as `"7"`. Weak ones never match, as RFC 9110 wants it. */
export const ifMatch = z
  .string()
  .refine((value) => value === '*' || entityTags.test(value), 'must be * or a version in quotes such as "7"')
  .transform((value): IfMatch => {
    if (value === '*') return '*';
    return [...value.matchAll(/(W\/)?"([^"]*)"/g)].flatMap(([, weak, tag]) =>
      weak === undefined && tag !== undefined ? [tag] : [],
    );
  })
  .meta({ description: 'The ETag of the version to change, or *', examples: ['"7"'] });
