/**
 * What a failed transaction means: try again, the database is away, or one of its commands is poison. Only names of errors
 * are looked at; the answers to them are the coordinator's.
 */

/** What to do after a transaction has failed and was rolled back. */
export type Failure =
  /** Another transaction was in the way: load and decide again. */
  | 'conflict'
  /** The database cannot be written to now: a full disk, a file that is gone. */
  | 'unavailable'
  /** Anything else: find the command that causes it. */
  | 'poison';

const conflicts = ['SQLITE_BUSY', 'SQLITE_LOCKED', 'SQLITE_CONSTRAINT_UNIQUE', 'SQLITE_CONSTRAINT_PRIMARYKEY'];
const unavailabilities = [
  'SQLITE_FULL',
  'SQLITE_IOERR',
  'SQLITE_CANTOPEN',
  'SQLITE_READONLY',
  'SQLITE_CORRUPT',
  'SQLITE_NOTADB',
  'SQLITE_NOMEM',
];

/** Tells failures apart by the driver's code. */
export function failureOf(error: unknown): Failure {
  const code = codeOf(error);
  if (conflicts.some((known) => code.startsWith(known))) return 'conflict';
  if (unavailabilities.some((known) => code.startsWith(known))) return 'unavailable';
  return 'poison';
}

function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return '';
  if ('driverError' in error) return codeOf(error.driverError);
  return 'code' in error && typeof error.code === 'string' ? error.code : '';
}
