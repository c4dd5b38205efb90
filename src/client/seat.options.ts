/** What a seat is made with, checked once. */
import type { components } from './contract.js';
import type { SeatClock } from './seat.clock.js';
import type { SeatStore } from './store.js';
import type { Way } from './transport.js';

export interface SeatOptions {
  /** The address of the server, such as `https://seats.example`; a path in it is kept. */
  readonly serverUrl: string | URL;
  /** As the owner has it; a device that holds a seat needs it no more. */
  readonly licenseKey: string;
  /** What tells this installation apart: 8 to 255 visible ASCII characters. */
  readonly fingerprint: string;
  /** What people read in the Licenses panel, 100 characters at most. */
  readonly name?: string;
  readonly platform?: string;
  readonly appVersion?: string;
  /** Where the session is kept between two runs. */
  readonly store: SeatStore;
  /** Ends it, as `close` does. */
  readonly signal?: AbortSignal;
  /** Whether it connects and listens by itself; true where left out. */
  readonly automatic?: boolean;
  /** After how many milliseconds an answer counts as missed, and the store as one that cannot be read or written; 10,000 where left out. */
  readonly timeoutMillis?: number;
  readonly clock: SeatClock;
  readonly fetch?: typeof fetch;
}

/** The options, checked and completed. */
export interface Plan {
  readonly way: Way;
  readonly licenseKey: string;
  readonly fingerprint: string;
  readonly described: components['schemas']['NewDevice'];
  readonly store: SeatStore;
  /** Ends what is under way. */
  readonly close: () => void;
}

/** Longer ones are none: timers take no more than this (a day). */
const timeoutMillisMax = 86_400_000;

function requireFunctions(what: string, given: unknown, names: readonly string[]): void {
  const functions = (given ?? {}) as Record<string, unknown>;
  if (names.every((name) => typeof functions[name] === 'function')) return;
  throw new TypeError(`${what} has the functions ${names.join(', ')}.`);
}

/** @throws TypeError for what no server would take */
export function planOf(options: SeatOptions): Plan {
  const { licenseKey, fingerprint, name, platform, appVersion, store, clock, signal, timeoutMillis = 10_000 } = options;
  if (!Number.isFinite(timeoutMillis) || timeoutMillis < 1 || timeoutMillis > timeoutMillisMax) {
    throw new TypeError(`timeoutMillis is a number from 1 to ${timeoutMillisMax}.`);
  }
  if (typeof licenseKey !== 'string') throw new TypeError('A license key is a text.');
  if (options.fetch !== undefined && typeof options.fetch !== 'function') throw new TypeError('fetch is a function.');
  requireFunctions('A store', store, ['read', 'write', 'clear']);
  requireFunctions('A clock', clock, ['now', 'schedule', 'random']);
  if (!/^[\x21-\x7e]{8,255}$/.test(fingerprint)) {
    throw new TypeError('A fingerprint has 8 to 255 visible ASCII characters.');
  }
  for (const [field, text] of Object.entries({ name, platform, appVersion })) {
    if (text !== undefined && (typeof text !== 'string' || text.trim() === '' || text.length > 100)) {
      throw new TypeError(`The ${field} of a device has 1 to 100 characters.`);
    }
  }
  const ending = new AbortController();
  if (signal?.aborted === true) ending.abort();
  signal?.addEventListener('abort', () => ending.abort(), { once: true });
  return {
    way: {
      serverUrl: baseOf(options.serverUrl),
      // Called through, since a browser's refuses to be anybody's method.
      fetch: options.fetch ?? ((...given) => fetch(...given)),
      clock: {
        now: () => timeOf(clock),
        schedule: (millis, work) => clock.schedule(millis, work),
        random: () => clock.random(),
      },
      timeoutMillis,
      signal: ending.signal,
    },
    licenseKey: licenseKey.trim(),
    fingerprint,
    described: { fingerprint, name, platform, appVersion },
    store,
    close: () => ending.abort(),
  };
}

/** The time by a clock; NaN where it tells none, whatever it says instead. */
function timeOf(clock: SeatClock): number {
  const time: unknown = clock.now();
  return typeof time === 'number' && Number.isFinite(time) ? time : NaN;
}

function baseOf(address: string | URL): URL {
  const url = new URL(address);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    throw new TypeError('The address of the server begins with https:// or http://.');
  }
  if (url.username !== '' || url.password !== '') throw new TypeError('The address of the server names no user.');
  url.hash = '';
  url.search = '';
  if (!url.pathname.endsWith('/')) url.pathname += '/';
  return url;
}
