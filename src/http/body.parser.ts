/**
 * Reads request bodies. A body that is not well-formed JSON is no error here: who is asking is looked at first, so it becomes a
 * marker that the schema pipe refuses later. Only what must be refused before (the wrong kind, too large) ends here.
 */
import { isUtf8 } from 'node:buffer';
import { ProblemError } from '../problems/problem.js';

/** Stands for a body that could not be read as JSON; no schema accepts it. */
export class MalformedJson {}

const malformed = Object.freeze(new MalformedJson());

/**
 * The value of a body that was announced as JSON.
 *
 * @returns `{}` for an empty body; the marker `MalformedJson` where it is not JSON in UTF-8
 */
export function parseJsonBody(body: Buffer): unknown {
  if (body.length === 0) return {};
  if (!isUtf8(body)) return malformed;
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return malformed;
  }
}

/**
 * The value of a body that was announced as anything else, or as nothing.
 *
 * @throws ProblemError `unsupportedMediaType` unless it is empty
 */
export function refuseOtherBody(body: Buffer): unknown {
  if (body.length === 0) return {};
  throw new ProblemError('unsupportedMediaType', 'Only bodies of the content type application/json are read.');
}
