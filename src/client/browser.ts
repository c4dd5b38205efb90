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

/** The browser keeps nothing for this page; the software has to hand in a fingerprint of its own. */
export class NoBrowserIdentity extends Error {
  override readonly name = 'NoBrowserIdentity';
}

/**
 * A seat of this browser, with what was kept of it. Keeps the session in `localStorage`, and where no fingerprint is handed in, one
 * that is made by chance at the first time: another browser, another profile or emptied site data is another device.
 *
 * @param options `product` names what is kept, where several products live at one origin
 * @throws TypeError for options that make no sense; NoBrowserIdentity where `localStorage` is forbidden, and no fingerprint handed in
 */
export async function createSeat({ product = 'seatkeeper', ...options }: NewSeat): Promise<Seat> {
  return Seat.open({
    clock: systemSeatClock,
    store: webStore(`${product}.seat`),
    ...options,
    fingerprint: options.fingerprint ?? keptFingerprint(`${product}.fingerprint`),
  });
}

function keptFingerprint(key: string): string {
  try {
    const { localStorage: storage } = globalThis as unknown as { localStorage: Storage };
    const kept = storage.getItem(key);
    if (kept !== null) return kept;
    // A page that is not secure has no `randomUUID`.
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    const made = `browser-${[...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
    storage.setItem(key, made);
    return made;
  } catch {
    // One made anew at each start would occupy a new seat each time.
    throw new NoBrowserIdentity('This browser keeps nothing for this page: hand in a fingerprint of your own.');
  }
}

interface Storage {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
}
