/** Reads the arguments of `seatkeeper`, runs the command they name and says how it ended. It never ends the process itself. */
import { parseArgs } from 'node:util';
import { type Command, type ExitCode, type Surroundings, exitCodes } from './command.js';
import { commands } from './commands.js';
import { failureSentence } from './failure.js';
import { helpOf, helpOfAll } from './help.js';
import { version } from '../config/version.js';

/** The arguments name nothing that there is; the message says what is wrong with them. */
class WrongUsage extends Error {}

/** What the arguments ask for. */
interface Request {
  readonly words: string;
  readonly help: boolean;
  readonly version: boolean;
  readonly json: boolean;
}

/**
 * Runs `seatkeeper` with these arguments. Resolves when the command is done; of `serve`, when the server listens.
 *
 * @param given the arguments after the program's name
 */
export async function run(given: readonly string[], surroundings: Surroundings): Promise<ExitCode> {
  let command: Command | undefined;
  try {
    const request = requestOf(given);
    if (request.version) {
      surroundings.print(version());
    } else if (request.help) {
      surroundings.print(helpFor(request.words));
    } else {
      command = commandOf(request);
      return await answer(command, request.json, surroundings);
    }
    return exitCodes.ok;
  } catch (error) {
    if (error instanceof WrongUsage) {
      surroundings.complain(`${error.message} See seatkeeper --help.`);
      return exitCodes.wrongUsage;
    }
    surroundings.complain(failureSentence(error));
    return command?.exitOfFailure ?? exitCodes.failed;
  }
}

async function answer(command: Command, json: boolean, surroundings: Surroundings): Promise<ExitCode> {
  const result = await command.run(surroundings);
  if (result === null) return exitCodes.ok;
  const lines = json ? [JSON.stringify(result.json)] : result.sentences;
  for (const line of lines) surroundings.print(line);
  return result.exitCode ?? exitCodes.ok;
}

const options = ['help', 'version', 'json'] as const;

function requestOf(given: readonly string[]): Request {
  const { values, positionals } = parseArgs({
    args: [...given],
    // What is unknown is found below, so that one sentence says it in our words.
    strict: false,
    options: { help: { type: 'boolean', short: 'h' }, version: { type: 'boolean' }, json: { type: 'boolean' } },
  });
  for (const [name, value] of Object.entries(values)) {
    const written = name.length === 1 ? `-${name}` : `--${name}`;
    if (!options.some((option) => option === name)) throw new WrongUsage(`There is no option ${written}.`);
    if (value !== true) throw new WrongUsage(`The option ${written} takes no value.`);
  }
  const isGiven = (option: (typeof options)[number]) => values[option] === true;
  return { words: positionals.join(' '), help: isGiven('help'), version: isGiven('version'), json: isGiven('json') };
}

function helpFor(words: string): string {
  const command = commands.find(({ name }) => name === words);
  if (command !== undefined) return helpOf(command);
  const group = words === '' ? commands : commands.filter(({ name }) => name.startsWith(`${words} `));
  if (group.length === 0) throw new WrongUsage(`There is no command "${words}".`);
  return helpOfAll(group);
}

function commandOf({ words, json }: Request): Command {
  const command = commands.find(({ name }) => name === words);
  if (command === undefined) {
    throw new WrongUsage(words === '' ? 'A command is missing.' : `There is no command "${words}".`);
  }
  if (json && !command.hasJson) throw new WrongUsage(`seatkeeper ${words} does not know --json.`);
  return command;
}
