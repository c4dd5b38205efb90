/** A request that a client would send, together with the oracle's decision about it. Sends nothing. */
import { operatorToken, type RequestOptions } from '../../support/server.js';
import { type Reply } from './reply.js';
import { type OracleDevice, type OracleLicense, sitting, type World } from './world.js';

export interface Call {
  method: string;
  path: string;
  options: RequestOptions;
  dryRun: boolean;
  /** Decides in the given world and changes it. */
  decide: (world: World) => Reply;
  /** Takes note of what only the server could say: ids, tokens, keys. */
  learn: (world: World, body: unknown) => void;
}

/** The operator's `Authorization`. */
export const operator = `Bearer ${operatorToken}`;

/** For calls whose answer the oracle knows entirely. */
export const nothingToLearn = (): void => undefined;

export function request(
  method: string,
  path: string,
  auth: string,
  body?: unknown,
  dryRun = false,
): Pick<Call, 'method' | 'path' | 'options' | 'dryRun'> {
  return { method, path: dryRun ? `${path}?dryRun=true` : path, options: { auth, body }, dryRun };
}

/** The device that a step means, more often one that sits; null where the license has none. */
export function pick(license: OracleLicense, number: number): OracleDevice | null {
  const seated = sitting(license);
  const devices = [...seated, ...seated, ...license.devices];
  return devices[number % Math.max(devices.length, 1)] ?? null;
}
