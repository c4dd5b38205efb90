/** The column types that every database of ours knows, by what they hold. */
import type { ColumnOptions, PrimaryColumnOptions, ValueTransformer } from 'typeorm';

/** PostgreSQL gives a bigint back as a string; every number of ours is far below 2^53. */
const bigintAsNumber: ValueTransformer = {
  to: (value: number | null | undefined) => value,
  from: (value: string | number | null) => (value === null ? null : Number(value)),
};

/** An instant, in milliseconds since 1970 UTC. */
export const instant: ColumnOptions = { type: 'bigint', transformer: bigintAsNumber };
/** An instant that may be absent. */
export const optionalInstant: ColumnOptions = { ...instant, nullable: true };
/** A UUID in its text form. */
export const uuid: PrimaryColumnOptions = { type: 'varchar', length: 36 };
/** A UUID that may be absent. */
export const optionalUuid: ColumnOptions = { type: 'varchar', length: 36, nullable: true };
/** The SHA-256 of a secret, base64url: 43 characters. */
export const secretHash: PrimaryColumnOptions = { type: 'varchar', length: 43 };
/** A word of ours: a state, an event, a code. */
export const word: PrimaryColumnOptions = { type: 'varchar', length: 40 };
