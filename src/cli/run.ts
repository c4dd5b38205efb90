/** Reads the arguments of `seatkeeper`, runs the command they name and says how it ended. It never ends the process itself. */
import { parseArgs } from 'node:util';
import { type Command, CommandFailed, type ExitCode, type Surroundings, exitCodes, WrongUsage } from './command.js';
import { commands } from './commands.js';
import { failureSentence } from './failure.js';
import { helpOf, helpOfAll } from './help.js';
import { version } from '../config/version.js';

/** What the arguments ask for. */
interface Request {
  readonly words: string;
  readonly help: boolean;
  readonly version: boolean;
  readonly json: boolean;
  /** Options with a value, as they were given. */
  readonly valued: Readonly<Record<string, string>>;
}

/**
 * Runs `seatkeeper` with these arguments. Resolves when the command is done; of `serve`, when the server listens.
 *
 * @param given the arguments after the program's name
 */
export async function run(given: readonly string[], surroundings: Surroundings): Promise<ExitCode> {
  let command: Command | undefined;
  const { values, positionals } = parsed(given);
  const json = values['json'] === true;
  const words = positionals.join(' ');
  try {
    const request = { ...requestOf(values), words };
    if (request.version) {
      surroundings.print(json ? JSON.stringify({ version: version() }) : version());
    } else if (request.help) {
      surroundings.print(helpFor(words));
    } else {
      command = commandOf(request);
      return await answer(command, request, surroundings);
    }
    return exitCodes.ok;
  } catch (error) {
    if (error instanceof WrongUsage) {
      const failure: Failure = {
        code: 'wrongUsage',
        detail: error.message,
        remedy: `See ${nearestTo(positionals)} --help.`,
      };
      return failed(failure, json, surroundings, exitCodes.wrongUsage);
    }
    const failure: Failure = { code: 'failed', detail: failureSentence(error), remedy: null };
    const own = error instanceof CommandFailed ? error.exitCode : undefined;
    return failed(failure, json, surroundings, own ?? command?.exitOfFailure ?? exitCodes.failed);
  }
}

/** Why nothing came of it: with `--json` as an error like those of the client kit, where answers are. */
interface Failure {
  readonly code: 'wrongUsage' | 'failed';
  readonly detail: string;
  readonly remedy: string | null;
}

function failed(failure: Failure, json: boolean, { print, complain }: Surroundings, exitCode: ExitCode): ExitCode {
  const { code, detail, remedy } = failure;
  if (json) print(JSON.stringify({ error: { code, isAnswer: false, detail, remedy } }));
  else complain(remedy === null ? detail : `${detail} ${remedy}`);
  return exitCode;
}

async function answer(command: Command, { json, valued }: Request, surroundings: Surroundings): Promise<ExitCode> {
  const { environment } = surroundings;
  const usual: Record<string, string> = {};
  for (const { name, variable, usual: fallback } of command.options ?? []) {
    // An empty variable counts as left out.
    const value = (variable === undefined ? undefined : environment[variable]) || fallback;
    if (value !== undefined) usual[name] = value;
  }
  const result = await command.run(surroundings, { ...usual, ...valued }, json);
  if (result === null) return exitCodes.ok;
  const lines = json ? [JSON.stringify(result.json)] : result.sentences;
  for (const line of lines) surroundings.print(line);
  if (!json) for (const line of result.complaints ?? []) surroundings.complain(line);
  return result.exitCode ?? exitCodes.ok;
}

const options = ['help', 'version', 'json'] as const;
/** Of whatever command: which one knows which is found below. */
const valuedOptions = new Set(commands.flatMap((command) => (command.options ?? []).map(({ name }) => name)));

function parsed(given: readonly string[]) {
  return parseArgs({
    args: [...given],
    // What is unknown is found below, so that one sentence says it in our words.
    strict: false,
    options: {
      help: { type: 'boolean', short: 'h' },
      version: { type: 'boolean' },
      json: { type: 'boolean' },
      ...Object.fromEntries([...valuedOptions].map((name) => [name, { type: 'string' as const }])),
    },
  });
}

function requestOf(values: ReturnType<typeof parsed>['values']): Omit<Request, 'words'> {
  const valued: Record<string, string> = {};
  for (const [name, value] of Object.entries(values)) {
    if (valuedOptions.has(name)) {
      if (typeof value !== 'string' || value === '') throw new WrongUsage(`The option --${name} needs a value.`);
      valued[name] = value;
      continue;
    }
    const written = name.length === 1 ? `-${name}` : `--${name}`;
    if (!options.some((option) => option === name)) throw new WrongUsage(`There is no option ${written}.`);
    if (value !== true) throw new WrongUsage(`The option ${written} takes no value.`);
  }
  const isGiven = (option: (typeof options)[number]) => values[option] === true;
  return {
    help: isGiven('help'),
    version: isGiven('version'),
    json: isGiven('json'),
    valued,
  };
}

/** What there is help of that is nearest to what was asked for: a command, a group of them, or all. */
function nearestTo(words: readonly string[]): string {
  for (let count = words.length; count > 0; count -= 1) {
    const start = words.slice(0, count).join(' ');
    if (commands.some(({ name }) => name === start || name.startsWith(`${start} `))) return `seatkeeper ${start}`;
  }
  return 'seatkeeper';
}

function helpFor(words: string): string {
  const command = commands.find(({ name }) => name === words);
  if (command !== undefined) return helpOf(command);
  const group = words === '' ? commands : commands.filter(({ name }) => name.startsWith(`${words} `));
  if (group.length === 0) throw new WrongUsage(`There is no command "${words}".`);
  return helpOfAll(group);
}

function commandOf({ words, json, valued }: Request): Command {
  const command = commands.find(({ name }) => name === words);
  if (command === undefined) {
    throw new WrongUsage(words === '' ? 'A command is missing.' : `There is no command "${words}".`);
  }
  if (json && !command.hasJson) throw new WrongUsage(`seatkeeper ${words} does not know --json.`);
  const known = (command.options ?? []).map(({ name }) => name);
  const unknown = Object.keys(valued).find((name) => !known.includes(name));
  if (unknown !== undefined) throw new WrongUsage(`seatkeeper ${words} does not know --${unknown}.`);
  return command;
}
