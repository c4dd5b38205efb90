/** The options that commands have in common which ask a running server, and what they read of the environment. */
import type { CommandOption } from './command.js';
import { WrongUsage } from './command.js';

/** The address of the server. */
export const serverOption: CommandOption = {
  name: 'server',
  value: 'URL',
  meaning: 'The address of the server',
  variable: 'SEATKEEPER_URL',
  usual: 'http://127.0.0.1:3000',
};

/** The variable that holds who asks: a secret, so there is no option for it. */
export const tokenVariable = 'SEATKEEPER_TOKEN';

/**
 * The address as a server is asked: with a slash at its end, a path kept.
 *
 * @throws WrongUsage for what is no address of a server
 */
export function serverAddress(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '') {
    throw new WrongUsage('The address of the server begins with https:// or http:// and names no user.');
  }
  url.hash = '';
  url.search = '';
  if (!url.pathname.endsWith('/')) url.pathname += '/';
  return url;
}

/**
 * The access token of who asks, as it can be sent.
 *
 * @throws WrongUsage where the environment holds none
 */
export function accessToken(environment: Readonly<Record<string, string | undefined>>): string {
  const token = environment[tokenVariable] ?? '';
  if (token === '') throw new WrongUsage(`${tokenVariable} is missing: it holds the access token of who asks.`);
  if (!/^[\x21-\x7e]+$/.test(token)) throw new WrongUsage(`${tokenVariable} has characters that no token has.`);
  return token;
}

/** The value of an option that has to be there. @throws WrongUsage where it is not */
export function required(options: Readonly<Partial<Record<string, string>>>, name: string): string {
  const value = options[name];
  if (value === undefined) throw new WrongUsage(`The option --${name} is missing.`);
  return value;
}
