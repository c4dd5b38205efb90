/** Every transition of the license over HTTP, by generated paths; its validity ends on the test clock. */
import { type AnyMachineSnapshot } from 'xstate';
import { decideLicense, type LicenseEvent, licenseMachine } from '../../../machines/index.js';
import { isLate, licenseKey, licenseModel } from '../../machines/models/license.model.js';
import { advanceTo, day, later, now } from '../../support/clock.js';
import { issueLicense, type LicenseScene, readLicense } from '../../support/scene.js';
import { startServer, type TestServer } from '../../support/server.js';
import { walkOverHttp } from './http.walk.js';

let server: TestServer;
let license: LicenseScene;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

const tomorrow = async () => later(await now(server), day);

/** Waits for the end of the validity where the event comes after it. */
async function arrive(event: LicenseEvent): Promise<void> {
  if (!isLate(event)) return;
  const { validUntil } = await readLicense(server, license.id);
  if (validUntil === null) await server.advance('P2D');
  else if (validUntil > (await now(server))) await advanceTo(server, validUntil);
}

async function post(event: LicenseEvent, body?: object) {
  await arrive(event);
  return server.request('POST', `/v1/licenses/${license.id}/${event.type}`, { body });
}

/** An active license whose validity has ended is expired before anybody can reinstate it. */
function canHappen({ value, context }: AnyMachineSnapshot, event: LicenseEvent): boolean {
  const ends = (context as { validUntil: number | null }).validUntil !== null;
  return !(value === 'active' && ends && event.type === 'reinstate' && isLate(event));
}

describe('a license over HTTP', () => {
  const model = licenseModel();
  model.options.filterEvents = canHappen;

  walkOverHttp<LicenseEvent>({
    machine: licenseMachine,
    model,
    key: licenseKey,
    decide: decideLicense,
    begin: async () => {
      license = await issueLicense(server, { validUntil: await tomorrow() });
    },
    executors: {
      suspend: (event) => post(event),
      reinstate: (event) => post(event),
      revoke: (event) => post(event),
      renew: async (event) => post(event, { validUntil: event.validUntil === null ? null : await tomorrow() }),
      expire: async (event) => {
        await arrive(event);
        return null;
      },
    },
    observe: async ({ context }) => {
      const { status, validUntil } = await readLicense(server, license.id);
      expect(validUntil === null).toBe((context as { validUntil: number | null }).validUntil === null);
      return status;
    },
  });
});
