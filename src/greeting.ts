/** What a started server tells the person in front of it: where it is, and what to do next. */
import type { Configuration } from './config/configuration.js';
import { shownLocation } from './persistence/database.location.js';

/** A few lines for the terminal. @param newToken the operator token that was made at this first start, or null */
export function greet(configuration: Configuration, newToken: string | null): string {
  const url = configuration.publicUrl;
  const token = newToken === null ? [] : ['', '  Operator token (shown this once, keep it):', `    ${newToken}`];
  const clock = configuration.clock === 'manual' ? ['  Test clock  moves only with POST /v1/test-clock'] : [];
  return [
    '',
    'Seatkeeper is running.',
    `  API         ${url}/v1`,
    `  Reference   ${url}/docs`,
    `  Database    ${shownLocation(configuration.database)}`,
    ...clock,
    ...token,
    '',
    `  Next: make an organization and issue a license, as in the README, or press "Authorize" at ${url}/docs.`,
    '',
    '',
  ].join('\n');
}
