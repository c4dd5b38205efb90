/**
 * What a failed transaction means: try again, the database is away, or one of its commands is poison. Only names of errors
 * are looked at; the answers to them are the coordinator's.
 */
import { codeOf, isHeldUp } from '../persistence/postgres.failure.js';

/** What to do after a transaction has failed and was rolled back. */
export type Failure =
  /** Another transaction was in the way: load and decide again. */
  | 'conflict'
  /** The database cannot be written to now: a full disk, a file that is gone. */
  | 'unavailable'
  /** The connection was lost during COMMIT, and whether it took place cannot be told. */
  | 'unknown'
  /** Anything else: find the command that causes it. */
  | 'poison';

/** Of SQLite; of PostgreSQL a unique violation; of ours. */
const conflicts = [
  'SQLITE_BUSY',
  'SQLITE_LOCKED',
  'SQLITE_CONSTRAINT_UNIQUE',
  'SQLITE_CONSTRAINT_PRIMARYKEY',
  '23505',
  'COMMIT_ABORTED',
  'LOCK_MISSED',
];
/** Of SQLite; of PostgreSQL no room, no memory, an error of the disk, a server that only reads; of ours. */
const unavailabilities = [
  'DATABASE_AWAY',
  '53',
  '58',
  '25006',
  'XX001',
  'XX002',
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
  if (code === 'COMMIT_UNKNOWN') return 'unknown';
  if (isHeldUp(error) || conflicts.some((known) => code.startsWith(known))) return 'conflict';
  if (unavailabilities.some((known) => code.startsWith(known))) return 'unavailable';
  return 'poison';
}
