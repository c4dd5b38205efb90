/** What a started server tells the person in front of it: where it is, and what to do next. */
import type { FirstOperator } from './auth/operator.token.js';
import { operatorLinkUrl } from './auth/sign-in-link.js';
import type { Configuration } from './config/configuration.js';
import { shownLocation } from './persistence/database.location.js';

/** A few lines for the terminal. @param first the operator token that was made at this first start, and its link; or null */
export function greet(configuration: Configuration, first: FirstOperator | null): string {
  const url = configuration.publicUrl;
  const operator =
    first === null
      ? []
      : [
          '',
          '  Operator token (shown this once, keep it):',
          `    ${first.token}`,
          '  Sign in (once, within a day):',
          `    ${operatorLinkUrl(url, first.link)}`,
          '',
          `  Next: make an organization and issue a license, as in the README, or press "Authorize" at ${url}/docs.`,
        ];
  const clock = configuration.clock === 'manual' ? ['  Test clock  moves only with POST /v1/test-clock'] : [];
  return [
    '',
    'Seatkeeper is running.',
    `  Panel       ${url}/licenses`,
    `  API         ${url}/v1`,
    `  Reference   ${url}/docs`,
    `  Database    ${shownLocation(configuration.database)}`,
    ...clock,
    ...operator,
    '',
    '',
  ].join('\n');
}
