/** What stopped a command or the start of the server, as the operator reads it. It decides nothing else. */
import { types } from 'node:util';
import { ConfigurationError } from '../config/configuration.js';
import { StoryStopped } from '../demo/client.js';
import { SigningKeysRefused } from '../leases/signing-keys.refused.js';
import { DatabaseAway } from '../persistence/database.away.js';
import { DatabaseRefused } from '../persistence/database.refused.js';
import { CommandFailed } from './command.js';

const expected = [ConfigurationError, DatabaseAway, DatabaseRefused, SigningKeysRefused, StoryStopped, CommandFailed];

/** A sentence (of a wrong environment: one a line) for what is expected to go wrong, and the whole trace for what is not. */
export function failureSentence(error: unknown): string {
  if (!types.isNativeError(error)) return String(error);
  if (expected.some((kind) => error instanceof kind)) return error.message;
  const { code } = error as { code?: unknown };
  // The operating system and SQLite give codes: a port in use, a full disk, a database that stays locked.
  if (typeof code === 'string' && !code.startsWith('ERR_')) return `Seatkeeper failed (${code}): ${error.message}.`;
  return error.stack ?? error.message;
}
