/** `seatkeeper simulate`: a fleet of devices with lives of their own, on a server with the test clock, and whether all rules held. */
import { StoryStopped } from '../demo/client.js';
import { examine } from '../doctor/examination.js';
import { readDatabase } from '../persistence/open.database.js';
import { simulate } from '../simulate/simulate.js';
import { summaryLines, summaryOf } from '../simulate/summary.js';
import type { World } from '../simulate/world.js';
import { type Answer, type Command, CommandFailed, exitCodes, type Surroundings, WrongUsage } from './command.js';
import { exitsOfClients } from './help.js';
import { accessToken, required, serverAddress, tokenVariable } from './server.option.js';
import { withStagedServer } from './staged.server.js';

const barWidth = 40;

export const simulateCommand: Command = {
  name: 'simulate',
  summary: 'Let a fleet of devices live for some days on a server with the test clock, and check that all rules hold',
  description: [
    'Laptops that are closed for weeks, desktops, build runners that come and go and are killed, travellers without a network; one is stolen, one breaks, some are installed anew, clocks are turned back, a license is suspended, another lapses. Each is a real client through the client kit; people do the rest over HTTP.',
    'Starts a server of its own on a database that is removed afterwards, or goes to --server, which has to run with SEATKEEPER_CLOCK=manual and is moved on by as many days. The same seed gives the same lives and the same counts.',
    'Looks all the while that no more devices have a seat than there are seats and that nobody runs without a lease; at the end every device and the server have to say the same, and the doctor examines the database of its own server.',
  ],
  options: [
    { name: 'devices', value: 'NUMBER', meaning: 'How many, from 4 to 5000', usual: '200' },
    { name: 'days', value: 'NUMBER', meaning: 'How long, from 1 to 366', usual: '90' },
    { name: 'seed', value: 'NUMBER', meaning: 'What chance begins with', usual: '1' },
    {
      name: 'server',
      value: 'URL',
      meaning: `A server that runs already with the test clock and SEATKEEPER_FAILED_CREDENTIALS_PER_MINUTE=0; ${tokenVariable} has an operator’s token`,
    },
  ],
  environment: [[tokenVariable, 'With --server: the access token of an operator']],
  examples: [
    { line: 'seatkeeper simulate', meaning: 'ninety days of two hundred devices' },
    {
      line: 'seatkeeper simulate --devices 20 --days 30 --seed 7 --json',
      meaning: 'a smaller fleet, with other lives',
    },
    {
      line: 'seatkeeper simulate --server http://127.0.0.1:3000',
      meaning: 'the same on a server that can be watched meanwhile in its panel',
    },
  ],
  hasJson: true,
  exits: [
    ['0', 'all rules held'],
    ['1', 'a rule was broken, or it could not be played to its end'],
    ['2', 'wrong usage'],
    ...exitsOfClients,
  ],
  async run(surroundings, options) {
    const devices = wholeNumber(options, 'devices', 4, 5_000);
    const days = wholeNumber(options, 'days', 1, 366);
    const seed = wholeNumber(options, 'seed', 0, Number.MAX_SAFE_INTEGER);
    const { draw, environment, untilStopped } = surroundings;
    const stopped = untilStopped();
    const onProgress = (share: number): void => {
      if (stopped.aborted) throw new CommandFailed('It was told to stop before its end.');
      showProgress(draw, share);
    };
    const plan = { devices, days, seed: String(seed), onProgress };
    const { server } = options;
    if (server !== undefined) {
      const serverUrl = serverAddress(server).href.replace(/\/$/, '');
      const operatorToken = accessToken(environment);
      const world = await simulate({ ...plan, serverUrl, operatorToken }).catch(endAsClient);
      return answerOf(world, devices, days);
    }
    return withStagedServer(async ({ url: serverUrl, operatorToken, databaseFile, stop }) => {
      const world = await simulate({ ...plan, serverUrl, operatorToken });
      await stop();
      const { findings } = await readDatabase({ kind: 'sqlite', file: databaseFile }, examine);
      const found = findings.map(({ rule, code, sentence }) => `${rule} ${code}: ${sentence}`).join(' ');
      world.rules.look('databaseIsSound', findings.length === 0, () => found);
      return answerOf(world, devices, days);
    });
  },
};

/** Somebody else's server has refused, or does not answer: that ends as with every command that asks one. */
function endAsClient(error: unknown): never {
  if (!(error instanceof StoryStopped)) throw error;
  throw new CommandFailed(error.message, error.isAnswer ? exitCodes.refused : exitCodes.noAnswer);
}

function answerOf(world: World, devices: number, days: number): Answer {
  const summary = summaryOf(world, devices, days);
  return {
    sentences: summaryLines(summary),
    json: summary,
    exitCode: summary.allRulesHeld ? exitCodes.ok : exitCodes.failed,
  };
}

/** A bar on the terminal, erased at the end; nothing where there is no terminal. */
function showProgress(draw: Surroundings['draw'], share: number): void {
  const done = Math.round(share * barWidth);
  draw?.(share < 1 ? `${'█'.repeat(done)}${'░'.repeat(barWidth - done)} ${Math.round(share * 100)} %` : '');
}

function wholeNumber(options: Readonly<Partial<Record<string, string>>>, name: string, least: number, most: number) {
  const text = required(options, name);
  const value = /^\d{1,16}$/.test(text) ? Number(text) : NaN;
  if (value >= least && value <= most) return value;
  throw new WrongUsage(`The option --${name} takes a whole number from ${least} to ${most}.`);
}
