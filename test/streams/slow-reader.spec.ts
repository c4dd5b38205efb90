/**
 * What becomes of a reader that reads too slowly. Thousands of rows fill its buffers, in whichever database they are, so it is tried on one.
 */
import { issueLicense, type LicenseScene, register } from '../support/scene.js';
import { startServer, type TestServer } from '../support/server.js';
import { closeStreams, listenToLicense, metricOf } from '../support/streams.js';

let server: TestServer;
let license: LicenseScene;
beforeAll(async () => {
  server = await startServer();
  license = await issueLicense(server);
});
afterAll(() => server.stop());
afterEach(closeStreams);

const metric = (name: string): Promise<number> => metricOf(server, name);
const ended = (reason: string) => metric(`seatkeeper_ended_streams_total{reason="${reason}"}`);

it('an open stream is taken from a reader that reads too slowly, which misses nothing when it comes back', async () => {
  const slow = await listenToLicense(server, license);
  const begun = Number(slow.lastEventId);
  slow.pause();
  const dropped = await ended('slow');
  let written = 0;
  while ((await ended('slow')) === dropped) {
    await Promise.all(Array.from({ length: 100 }, () => register(server, license.id, { name: 'n'.repeat(100) })));
    written += 100;
  }
  slow.resume();
  await slow.closed();
  expect(slow.hasEnded).toBe(false);
  const back = await listenToLicense(server, license, { lastEventId: slow.lastEventId });
  const heard = slow.sequences.at(-1) ?? begun;
  expect(slow.sequences).toEqual(Array.from({ length: heard - begun }, (_, index) => begun + 1 + index));
  if (begun + written - heard > 1_000) expect(back.names[0]).toBe('reset');
  else await back.until(() => Number(back.lastEventId) === begun + written);
});
