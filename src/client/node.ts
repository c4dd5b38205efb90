/**
 * The client of Seatkeeper for Node: an application asks it whether it may run, until when, why not, and what the person should do.
 */
import { fileStore, usualFile } from './file.store.js';
import { machineFingerprint } from './fingerprint.js';
import { Seat } from './seat.js';
import type { SeatOptions } from './seat.options.js';
import { systemSeatClock } from './system.seat-clock.js';

export * from './exports.js';
export { fileStore, usualFile } from './file.store.js';
export { fingerprintOf, machineFingerprint, NoMachineIdentity } from './fingerprint.js';

/** What a seat is made with in Node: a server and a license key, and what is to differ from the usual. */
export type NewSeat = Pick<SeatOptions, 'serverUrl' | 'licenseKey'> &
  Partial<SeatOptions> & { readonly product?: string };

/**
 * A seat of this machine, with what was kept of it. Keeps the session in a file of the user's (`usualFile`), and takes the machine's
 * fingerprint where none is handed in.
 *
 * @param options `product` names the file and goes into the fingerprint
 * @throws TypeError for options that make no sense; NoMachineIdentity where the machine has no fingerprint
 */
export async function createSeat({ product = 'seatkeeper', ...options }: NewSeat): Promise<Seat> {
  return Seat.open({
    clock: systemSeatClock,
    store: options.store ?? fileStore(usualFile(product)),
    platform: process.platform,
    ...options,
    fingerprint: options.fingerprint ?? (await machineFingerprint(product)),
  });
}
