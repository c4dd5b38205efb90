/** `seatkeeper keys rotate`: a new key for the leases, also while servers run on the same database. */
import { SystemClock, systemNow } from '../clock/clock.js';
import { DatabaseClock } from '../clock/database.clock.js';
import { formatInstant } from '../clock/instant.js';
import { type Configuration, parseConfiguration } from '../config/configuration.js';
import { rotateSigningKey } from '../leases/signing-key.rotation.js';
import type { Database } from '../persistence/database.js';
import type { Command } from './command.js';
import { requireDatabase, withDatabase } from './database.js';

export const keysRotateCommand: Command = {
  name: 'keys rotate',
  summary: 'Publish a new key for leases, which signs ten minutes later',
  description: [
    'Works while the server runs: it notices by itself. The old public key stays at /.well-known/jwks.json until the last lease under it has ended, so leases that were given go on; its private half is erased once the new key signs.',
    'Run it with the DATABASE_URL, SEATKEEPER_SECRET and SEATKEEPER_CLOCK of the server.',
  ],
  examples: [
    { line: 'seatkeeper keys rotate', meaning: 'rotate the key of the server on data/seatkeeper.sqlite' },
    { line: 'seatkeeper keys rotate --json', meaning: 'the same, answered as {"kid", "signsFrom"}' },
  ],
  hasJson: true,
  async run({ environment }) {
    const configuration = parseConfiguration(environment);
    requireDatabase(configuration);
    const { kid, signsFrom } = await withDatabase(configuration, async (database) =>
      rotateSigningKey(database, configuration.secret, await nowOf(configuration, database)),
    );
    const from = formatInstant(signsFrom);
    return {
      sentences: [
        `The key ${kid} is published and signs leases from ${from} on.`,
        'The one before stays public until the last lease under it has ended.',
      ],
      json: { kid, signsFrom: from },
    };
  },
};

/** The server's time: the test clock's where it runs on that. */
async function nowOf({ clock }: Configuration, database: Database): Promise<number> {
  if (clock === 'system') {
    return database.read((session) => (database.hasRivals ? new DatabaseClock() : new SystemClock()).nowIn(session));
  }
  const rows = await database.read((session) => session.all<{ now: number }>('SELECT now FROM test_clock'));
  return Number(rows[0]?.now ?? systemNow());
}
