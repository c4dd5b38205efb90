/** `seatkeeper migrate`: brings the database up to date and does nothing else. */
import { parseConfiguration } from '../config/configuration.js';
import { shownLocation } from '../persistence/database.location.js';
import type { Command } from './command.js';
import { withDatabase } from './database.js';

export const migrateCommand: Command = {
  name: 'migrate',
  summary: 'Apply the migrations to the database, and nothing else',
  description: [
    'The server does the same at its start. Makes the database where there is none. Running it again, or several at once, is harmless. A damaged, foreign or newer database is refused and left as it was.',
  ],
  examples: [
    { line: 'seatkeeper migrate', meaning: 'bring data/seatkeeper.sqlite up to date' },
    {
      line: 'DATABASE_URL=sqlite:/var/lib/seatkeeper/seats.sqlite seatkeeper migrate --json',
      meaning: 'the same for another file, answered as {"database", "migrations"}',
    },
  ],
  hasJson: true,
  async run({ environment }) {
    const configuration = parseConfiguration(environment);
    const migrations = await withDatabase(configuration, (database) =>
      database.read((session) => session.all<{ name: string }>('SELECT name FROM migrations ORDER BY id')),
    );
    const database = shownLocation(configuration.database);
    const names = migrations.map(({ name }) => name);
    return {
      sentences: [`The database ${database} is up to date. Its last migration is ${names.at(-1)}.`],
      json: { database, migrations: names },
    };
  },
};
