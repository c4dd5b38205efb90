/**
 * Turns what came over the wire into what a handler declares with `@Body({ schema })`, `@Query({ schema })` or
 * `@Param('id', { schema })`, or refuses it with every fault by its path. It asks the schema and knows no rule itself.
 */
import { Injectable, type ArgumentMetadata, type PipeTransform } from '@nestjs/common';
import { z } from 'zod';
import { invalidRequest, type ProblemError, type ProblemIssue } from '../problems/problem.js';
import { MalformedJson } from './body.parser.js';

const issuesMax = 50;

/** The global pipe. Schemas are zod's, and synchronous: it is on the way of every check-in. */
@Injectable()
export class SchemaPipe implements PipeTransform {
  /** @throws ProblemError `invalidRequest` */
  transform(value: unknown, { schema, type, data }: ArgumentMetadata): unknown {
    if (schema === undefined) {
      if (value instanceof MalformedJson) throw malformedBody();
      return value;
    }
    if (!(schema instanceof z.ZodType)) throw new TypeError('a request schema must be a zod schema');
    return type === 'body' ? parseBody(schema, value) : parse(schema, value, data ?? '');
  }
}

/** The value of a body; an absent one is `{}`. Throws `invalidRequest`. */
export function parseBody<Schema extends z.ZodType>(schema: Schema, body: unknown): z.output<Schema> {
  if (body instanceof MalformedJson) throw malformedBody();
  return parse(schema, body === undefined ? {} : body);
}

function malformedBody(): ProblemError {
  return invalidRequest([{ path: '', message: 'the body is not well-formed JSON in UTF-8' }]);
}

/**
 * The value of one request header, read with a schema such as `ifMatch`.
 *
 * @param name the header's name as it shall stand in the issue, such as `If-Match`
 * @returns undefined where the header is not there
 * @throws ProblemError `invalidRequest`
 */
export function parseHeader<Schema extends z.ZodType>(
  schema: Schema,
  name: string,
  value: string | string[] | undefined,
): z.output<Schema> | undefined {
  return value === undefined ? undefined : parse(schema, value, name);
}

const parseOptions: z.core.ParseContext<z.core.$ZodIssue> = { error: messageOf };

/**
 * The value of a part of a request, for handlers that do without the pipe.
 *
 * @param name what its issues are named after; '' for the body and the query
 * @throws ProblemError `invalidRequest`
 */
export function parse<Schema extends z.ZodType>(schema: Schema, value: unknown, name = ''): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  // Sentences of the house keep zod from its fast path, so they are asked for only where something is wrong.
  const result = schema.safeParse(value, parseOptions);
  if (result.success) return result.data;
  const path = name === '' ? [] : [name];
  throw invalidRequest(result.error.issues.flatMap((issue) => issuesOf(issue, path)).slice(0, issuesMax));
}

function issuesOf(issue: z.core.$ZodIssue, parents: readonly PropertyKey[]): ProblemIssue[] {
  const path = [...parents, ...issue.path];
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ path: [...path, key].map(String).join('.'), message: issue.message }));
  }
  if (issue.code === 'invalid_union') {
    const alternative = nearest(issue.errors);
    if (alternative.length > 0) return alternative.flatMap((inner) => issuesOf(inner, path));
  }
  return [{ path: path.map(String).join('.'), message: issue.message }];
}

/**
 * What the alternative says that was most likely meant: it knows the most of what is there, or else got furthest into the value. The
 * others only say that they are others.
 */
function nearest(alternatives: readonly z.core.$ZodIssue[][]): readonly z.core.$ZodIssue[] {
  const unknown = alternatives.map((issues) =>
    issues.reduce((count, issue) => count + (issue.code === 'unrecognized_keys' ? issue.keys.length : 0), 0),
  );
  const fewest = Math.min(...unknown);
  const meant = alternatives.filter((_, index) => unknown[index] === fewest);
  return (
    meant.find((issues) => issues.some((issue) => issue.path.length > 0)) ??
    meant.find((issues) => issues.every((issue) => issue.code !== 'invalid_type')) ??
    meant[0] ??
    []
  );
}

const typeNames: Readonly<Record<string, string>> = {
  string: 'a string',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  object: 'an object',
  array: 'a list',
};

/** Sentences of the house instead of zod's; a message written in a schema goes before both. */
function messageOf(issue: z.core.$ZodRawIssue): string {
  switch (issue.code) {
    case 'unrecognized_keys':
      return 'is not known here';
    case 'invalid_type':
      return issue.input === undefined ? 'is missing' : `must be ${typeNames[issue.expected] ?? issue.expected}`;
    case 'invalid_value':
      if (issue.input === undefined) return 'is missing';
      return `must be ${issue.values.map((value) => JSON.stringify(value)).join(' or ')}`;
    case 'too_small':
      return `must ${sizeVerb(issue.origin)} at least ${issue.minimum}`;
    case 'too_big':
      return `must ${sizeVerb(issue.origin)} at most ${issue.maximum}`;
    default:
      return 'is not valid';
  }
}

function sizeVerb(origin: string): string {
  return origin === 'number' || origin === 'int' || origin === 'date' || origin === 'bigint'
    ? 'be'
    : 'have a length of';
}
