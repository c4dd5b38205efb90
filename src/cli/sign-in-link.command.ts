/** `seatkeeper sign-in-link`: a link that signs an operator in, once, also while servers run on the same database. */
import { makeOperatorLink, operatorLinkUrl } from '../auth/sign-in-link.js';
import { systemNow } from '../clock/clock.js';
import { formatInstant } from '../clock/instant.js';
import { parseConfiguration } from '../config/configuration.js';
import { CommandFailed, type Command } from './command.js';
import { requireDatabase, withDatabase } from './database.js';

export const signInLinkCommand: Command = {
  name: 'sign-in-link',
  summary: 'Print a link that signs an operator in, once',
  description: [
    'For whoever may run commands beside the server: the way in where nobody is at hand with a password or a token. It signs in as the operator token of the environment, or else as the oldest one, within a day. Links that were made before end.',
    'Run it with the DATABASE_URL of the server, and with its SEATKEEPER_PUBLIC_URL, or HOST and PORT, which the address is made of.',
  ],
  examples: [
    { line: 'seatkeeper sign-in-link', meaning: 'a link to the server on data/seatkeeper.sqlite' },
    { line: 'seatkeeper sign-in-link --json', meaning: 'the same, answered as {"url", "endsAt"}' },
  ],
  hasJson: true,
  async run({ environment }) {
    const configuration = parseConfiguration(environment);
    requireDatabase(configuration);
    const link = await withDatabase(configuration, (database) =>
      database.write((session) => makeOperatorLink(session, systemNow())),
    );
    if (link === null) throw new CommandFailed('There is no operator token: start the server, which makes one.');
    const url = operatorLinkUrl(configuration.publicUrl, link.secret);
    const endsAt = formatInstant(link.endsAt);
    return { sentences: [url, `It signs in once, until ${endsAt}.`], json: { url, endsAt } };
  },
};
