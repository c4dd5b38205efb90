/** What the tests of the kit need: a license on a real server behind a proxy, and the seat of a machine whose clock stands in the test's hand. */
import { memoryStore, type SeatStore } from '../../src/client/store.js';
import { Seat } from '../../src/client/seat.js';
import type { SeatOptions } from '../../src/client/seat.options.js';
import { freshFingerprint, issueLicense, type LicenseScene, type LicenseTerms } from '../support/scene.js';
import type { TestServer } from '../support/server.js';
import type { FaultyProxy } from './faulty.proxy.js';
import { HandClock } from './hand.clock.js';

export interface SeatScene {
  readonly license: LicenseScene;
  readonly clock: HandClock;
  readonly store: SeatStore;
  readonly options: SeatOptions;
  /** The seat, as of its last start. */
  seat: Seat;
  /** Ends the software without a farewell, and starts it again on the same machine. */
  restart: () => Promise<Seat>;
}

/** A machine with the software on it, which connects only when told. Its clock begins five minutes slow, as clocks do. */
export async function seatScene(
  server: TestServer,
  proxy: FaultyProxy,
  more: Partial<SeatOptions> & { terms?: LicenseTerms; license?: LicenseScene } = {},
): Promise<SeatScene> {
  const { terms, license = await issueLicense(server, terms), ...given } = more;
  const { now } = (await server.request<{ now: string }>('GET', '/v1/test-clock')).body;
  const clock = new HandClock(Date.parse(now) - 300_000);
  const options: SeatOptions = {
    serverUrl: proxy.url,
    licenseKey: license.key,
    fingerprint: freshFingerprint(),
    store: memoryStore(),
    clock,
    automatic: false,
    ...given,
  };
  const scene: SeatScene = {
    license,
    clock,
    store: options.store,
    options,
    seat: await Seat.open(options),
    restart: async () => {
      await scene.seat.whenKept();
      scene.seat.close();
      scene.seat = await Seat.open(options);
      return scene.seat;
    },
  };
  return scene;
}

/** The device's credential, as the software keeps it. */
export async function tokenOf(store: SeatStore): Promise<string> {
  const kept = JSON.parse((await store.read()) ?? 'null') as { seat: { token: string } } | null;
  if (kept === null) throw new Error('no session is kept');
  return kept.seat.token;
}
