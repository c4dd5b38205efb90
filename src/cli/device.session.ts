/** The seat that the `device` commands are about: that of this machine, through the client kit, kept in a file between two commands. */
import { createSeat, fileStore, NoMachineIdentity, type Seat, usualFile } from '../client/node.js';
import { type CommandOption, CommandFailed, WrongUsage } from './command.js';
import { required, serverAddress, serverOption } from './server.option.js';

type Options = Readonly<Partial<Record<string, string>>>;

const keyVariable = 'SEATKEEPER_LICENSE_KEY';

/** What every `device` command is told. */
export const deviceOptions: readonly CommandOption[] = [
  serverOption,
  {
    name: 'product',
    value: 'NAME',
    meaning: 'The software whose seat it is: names the file, and goes into the fingerprint',
    usual: 'seatkeeper',
  },
  {
    name: 'fingerprint',
    value: 'TEXT',
    meaning: 'What tells this installation apart, 8 to 255 visible ASCII characters; this machine’s where left out',
  },
  { name: 'store', value: 'FILE', meaning: 'Where the session is kept, for you alone; a file of yours where left out' },
];

/** What those are told besides which ask for a seat. */
export const activationOptions: readonly CommandOption[] = [
  ...deviceOptions,
  {
    name: 'key',
    value: 'KEY',
    meaning: 'The license key. Others on this machine can read it among the arguments: prefer the variable',
    variable: keyVariable,
  },
  { name: 'name', value: 'NAME', meaning: 'What people read in the Licenses panel' },
];

/** Why the key is rather not an argument, for the help. */
export const keyEnvironment = [[keyVariable, 'The license key; a device that holds a seat needs it no more']] as const;

/**
 * Opens it, with what was kept of it. Nothing was asked of the server yet.
 *
 * @param isAutomatic whether it connects and listens by itself
 * @throws WrongUsage for options that make no sense; CommandFailed where the machine has no fingerprint
 */
export async function openSeat(options: Options, isAutomatic = false): Promise<Seat> {
  const { product = '', fingerprint, store, key = '', name } = options;
  try {
    return await createSeat({
      serverUrl: serverAddress(required(options, 'server')),
      licenseKey: key,
      product,
      store: fileStore(store ?? usualFile(product)),
      automatic: isAutomatic,
      ...(fingerprint === undefined ? {} : { fingerprint }),
      ...(name === undefined ? {} : { name }),
    });
  } catch (error) {
    if (error instanceof TypeError) throw new WrongUsage(error.message);
    if (error instanceof NoMachineIdentity) {
      throw new CommandFailed('This machine has no identity that can be read: say which it is with --fingerprint.');
    }
    throw error;
  }
}

/** Opens it, does something with it, and ends it in any case. */
export async function withSeat<Result>(options: Options, work: (seat: Seat) => Promise<Result>): Promise<Result> {
  const seat = await openSeat(options);
  try {
    return await work(seat);
  } finally {
    seat.close();
    await seat.whenKept();
  }
}

/** @throws WrongUsage where neither the environment nor the arguments say the key */
export function requireKey(options: Options): void {
  if (options['key'] !== undefined) return;
  throw new WrongUsage(`The license key is missing: put it into ${keyVariable}.`);
}
