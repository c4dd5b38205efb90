/** Tells what the driver's errors say about the connection. It looks at codes and at nothing else. */
import { DatabaseAway } from './database.away.js';

/** Classes and codes with which a server says that it is going, coming, or has no room for a connection. */
const awayCodes = /^(?:08...|57P0[1-5]|53300|25P0[34])$/;

/** Codes of a server that will not be there whoever waits: a wrong password, no such database, no permission, bad TLS. */
const hopelessCodes = /^(?:28...|3D000|42501|3F000)$/;

/** Codes of a statement that others were in the way of: serialization, deadlock, lock and statement time-out. */
const heldUpCodes = /^(?:40001|40P01|55P03|57014)$/;

/** The code of an error, PostgreSQL's or the system's; empty where it has none. */
export function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return '';
  if ('driverError' in error) return codeOf(error.driverError);
  return 'code' in error && typeof error.code === 'string' ? error.code : '';
}

/** Whether the connection is lost or could not be had. The driver's own errors about that carry no code of PostgreSQL. */
export function isConnectionLost(error: unknown): boolean {
  if (error instanceof DatabaseAway) return true;
  const code = codeOf(error);
  if (awayCodes.test(code)) return true;
  if (/^[0-9A-Z]{5}$/.test(code) && !/^E[A-Z]{4}$/.test(code)) return false;
  return /^E[A-Z_]+$/.test(code) || (code === '' && /connection|timeout|terminat/i.test(messageOf(error)));
}

/** Whether others were in the way, so that the same can be asked again. */
export function isHeldUp(error: unknown): boolean {
  return heldUpCodes.test(codeOf(error));
}

/** Whether waiting cannot help, so that the start says so and ends. */
export function isHopeless(error: unknown): boolean {
  return hopelessCodes.test(codeOf(error));
}

/** What went wrong, for a line of the log. */
export function messageOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(messageOf).join('; ');
  return error instanceof Error && error.message !== '' ? error.message : codeOf(error);
}
