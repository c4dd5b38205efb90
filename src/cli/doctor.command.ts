/** `seatkeeper doctor`: whether what is stored keeps the rules. It reads one snapshot and changes nothing, also beside a running server. */
import { parseConfiguration } from '../config/configuration.js';
import { examine, type Examination } from '../doctor/examination.js';
import { shownLocation } from '../persistence/database.location.js';
import { readDatabase } from '../persistence/open.database.js';
import { type Command, exitCodes } from './command.js';
import { requireDatabase } from './database.js';

export const doctorCommand: Command = {
  name: 'doctor',
  summary: 'Check that the database keeps the rules and its history, and change nothing',
  description: [
    'Looks at every seat, device, setting and license, and replays the whole history, on one read-only snapshot. The server may go on running. Every finding names its rule and where it is; of each kind the first hundred are listed.',
    'It repairs nothing. Where it finds something, keep a copy of the database and restore a backup from before, or ask.',
  ],
  examples: [
    { line: 'seatkeeper doctor', meaning: 'examine data/seatkeeper.sqlite' },
    {
      line: 'seatkeeper doctor --json',
      meaning: 'the same, answered as {"database", "sound", "looked", "findings", "codesWithMore"}',
    },
  ],
  hasJson: true,
  exits: [
    ['0', 'sound: nothing was found'],
    ['1', 'something was found'],
    ['2', 'it could not look; a sentence on the standard error says why. Wrong usage, too'],
  ],
  exitOfFailure: exitCodes.wrongUsage,
  async run({ environment }) {
    const configuration = parseConfiguration(environment);
    requireDatabase(configuration);
    const examination = await readDatabase(configuration.database, examine);
    const { looked, findings, codesWithMore } = examination;
    const sound = findings.length === 0;
    return {
      sentences: sentencesOf(examination),
      json: { database: shownLocation(configuration.database), sound, looked, findings, codesWithMore },
      exitCode: sound ? exitCodes.ok : exitCodes.failed,
    };
  },
};

function sentencesOf({ looked, findings, codesWithMore }: Examination): string[] {
  const { licenses, seats, devices, rows } = looked;
  const seen = `Looked at: licenses ${licenses}, seats ${seats}, devices ${devices}, rows of history ${rows}.`;
  if (findings.length === 0) return [`The database is sound. ${seen}`];
  const more = codesWithMore.map((code) => `… there is more of ${code} than the hundred above.`);
  const found = findings.map(({ rule, code, sentence }) => `${rule} ${code}: ${sentence}`);
  return [...found, ...more, `Findings: ${findings.length}${more.length > 0 ? ' and more' : ''}. ${seen}`];
}
