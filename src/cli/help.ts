/** The help of `seatkeeper` and of each command, written from what the commands say of themselves. */
import type { Command, CommandOption } from './command.js';

const options = {
  help: ['-h, --help', 'Show this help'],
  version: ['--version', 'Show the version'],
  json: ['--json', 'Answer in JSON, on one line of the standard output; what went wrong, too'],
} as const;

const exits = [
  ['0', 'done'],
  ['1', 'failed; a sentence on the standard error says why'],
  ['2', 'wrong usage'],
] as const;

/** How commands that ask a server end besides. */
export const exitsOfClients = [
  ['3', 'the server was asked and said no; its own words say why, and what to do'],
  ['4', 'no answer that can be believed: no server, a page, another server, a lease that is not good'],
] as const;

/** How the device commands end besides. */
export const exitsOfDevices = [['5', 'what was kept of the seat cannot be read, or the seat cannot be kept']] as const;

/** How every command ends that asks a server and does not say otherwise. */
export const exitsWithServer = [...exits, ...exitsOfClients];

/** The help of several commands: all, or those that begin with the same word. */
export function helpOfAll(commands: readonly Command[]): string {
  return [
    'Seatkeeper: a seat coordinator for licensed software.',
    '',
    'Usage: seatkeeper <command> [options]',
    '',
    'Commands',
    ...table(commands.map(({ name, summary }) => [name, summary])),
    '',
    'Options',
    ...table([options.help, options.version]),
    '',
    'Examples',
    ...commands.flatMap(({ examples }) => examples.slice(0, 1)).flatMap(example),
    '',
    'Exit codes',
    ...table([...exits, ...exitsOfClients, ...exitsOfDevices]),
    '',
    'seatkeeper <command> --help tells more about a command. Everything is configured by the environment.',
  ].join('\n');
}

/** The help of one command. */
export function helpOf({
  name,
  summary,
  description,
  examples,
  options: valued = [],
  environment = [],
  hasJson,
  exits: own,
}: Command): string {
  return [
    `${summary}.`,
    '',
    `Usage: seatkeeper ${name}${valued.map((option) => ` [--${option.name} ${option.value}]`).join('')}${hasJson ? ' [--json]' : ''}`,
    ...description.flatMap((paragraph) => ['', ...wrapped(paragraph)]),
    '',
    'Options',
    ...table([...valued.map(rowOf), ...(hasJson ? [options.json] : []), options.help]),
    ...(environment.length === 0 ? [] : ['', 'Environment', ...table(environment)]),
    '',
    'Examples',
    ...examples.flatMap(example),
    '',
    'Exit codes',
    ...table(own ?? exits),
  ].join('\n');
}

function rowOf({ name, value, meaning, variable, usual }: CommandOption): readonly [string, string] {
  const instead = [variable, usual].filter((text) => text !== undefined).join(', or else ');
  return [`--${name} ${value}`, instead === '' ? meaning : `${meaning}; ${instead} where left out`];
}

const widthMax = 100;

function table(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...rows.map(([first]) => first.length));
  return rows.map(([first, second]) => `  ${first.padEnd(width)}  ${second}`);
}

function example({ line, meaning }: Command['examples'][number]): string[] {
  return [`  ${line}`, `      ${meaning}`];
}

function wrapped(paragraph: string): string[] {
  const lines: string[] = [];
  for (const word of paragraph.split(' ')) {
    const line = lines.at(-1);
    if (line !== undefined && line.length + 1 + word.length <= widthMax) lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(word);
  }
  return lines;
}
