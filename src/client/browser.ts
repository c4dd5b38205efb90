/**
 * The client of Seatkeeper for browsers: an application asks it whether it may run, until when, why not, and what the person should do.
 * It needs `fetch`, WebCrypto with Ed25519, and nothing else of the page.
 */
import { Seat } from './seat.js';
import type { SeatOptions } from './seat.options.js';
import { webStore } from './store.js';
import { systemSeatClock } from './system.seat-clock.js';

export * from './exports.js';

/** What a seat is made with in a browser: a server and a license key, and what is to differ from the usual. */
export type NewSeat = Pick<SeatOptions, 'serverUrl' | 'licenseKey'> &
  Partial<SeatOptions> & { readonly product?: string };

/**
 * A seat of this browser, with what was kept of it. Keeps the session in `localStorage`, and where no fingerprint is handed in, one
 * that is made by chance at the first time: another browser, another profile or emptied site data is another device.
 *
 * @param options `product` names what is kept, where several products live at one origin
 * @throws TypeError for options that make no sense
 */
export function createSeat({ product = 'seatkeeper', ...options }: NewSeat): Promise<Seat> {
  return Seat.open({
    clock: systemSeatClock,
    store: webStore(`${product}.seat`),
    ...options,
    fingerprint: options.fingerprint ?? keptFingerprint(`${product}.fingerprint`),
  });
}

function keptFingerprint(key: string): string {
  const { localStorage: storage } = globalThis as unknown as { localStorage: Storage };
  const kept = storage.getItem(key);
  if (kept !== null) return kept;
  const made = `browser-${crypto.randomUUID()}`;
  storage.setItem(key, made);
  return made;
}

interface Storage {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
}
