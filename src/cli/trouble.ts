/** How a command ends that asked a server in vain: the code, the words for people and what `--json` says. */
import type { SeatError } from '../client/errors.js';
import { type Answer, type ExitCode, exitCodes } from './command.js';

/** Why nothing came of it; `sentences` for what was done all the same, `more` for what `--json` says beside the error, which it shows whole. */
export function troubleAnswer(error: SeatError, sentences: readonly string[] = [], more: object = {}): Answer {
  return {
    sentences,
    complaints: troubleSentences(error),
    json: { ...more, error },
    exitCode: exitOf(error),
  };
}

/** The server's own words, or the client's where the server said nothing. */
export function troubleSentences(error: SeatError): string[] {
  // The kit tries again by itself; a command that has ended does not.
  const remedy = error.code === 'noAnswer' ? 'Check the address and the connection, and try again.' : error.remedy;
  const issues = 'issues' in error && error.issues.length > 1 ? error.issues : [];
  return [
    error.detail,
    ...issues.map(({ path, message }) => `  ${path}: ${message}`),
    ...(error.code === 'storeFailed' ? [`  ${error.reason}`] : []),
    ...(remedy === null ? [] : [remedy]),
  ];
}

/** Which of the documented codes an error is. */
export function exitOf(error: SeatError): ExitCode {
  if (error.isAnswer) return exitCodes.refused;
  switch (error.code) {
    case 'noAnswer':
    case 'notSeatkeeper':
    case 'leaseNotGood':
      return exitCodes.noAnswer;
    case 'licenseKeyMalformed':
      return exitCodes.wrongUsage;
    default:
      return exitCodes.failed;
  }
}
