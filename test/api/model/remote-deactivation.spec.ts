/** Every transition of the remote deactivation setting over HTTP, by generated paths; devices come and go as it needs. */
import { type AnyMachineSnapshot } from 'xstate';
import {
  decideRemoteDeactivation,
  type RemoteDeactivationEvent,
  remoteDeactivationMachine,
} from '../../../machines/index.js';
import { remoteDeactivationKey, remoteDeactivationModel } from '../../machines/models/remote-deactivation.model.js';
import {
  activate,
  type DeviceScene,
  issueLicense,
  type LicenseScene,
  logOut,
  openTicket,
  readLicense,
} from '../../support/scene.js';
import { startServer, type TestServer } from '../../support/server.js';
import { walkOverHttp } from './http.walk.js';

let server: TestServer;
let license: LicenseScene;
let active: DeviceScene[];
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

/** Lets exactly `count` devices be active. */
async function haveActive(count: number): Promise<void> {
  while (active.length < count) active.push(await activate(server, license));
  for (const device of active.splice(count)) await logOut(server, device);
}

const put = (enabled: boolean) =>
  server.request('PUT', `/v1/licenses/${license.id}/remote-deactivation`, { body: { enabled } });

/** A device that leaves is a blocking one only while the setting waits for it. */
function canHappen({ value }: AnyMachineSnapshot, event: RemoteDeactivationEvent): boolean {
  if (event.type === 'blockingDeviceLeft') return value === 'enabling';
  return !(value === 'enabling' && event.type === 'enable' && event.activeDevices === 0);
}

describe('the remote deactivation setting over HTTP', () => {
  const model = remoteDeactivationModel();
  model.options.filterEvents = canHappen;

  walkOverHttp<RemoteDeactivationEvent>({
    machine: remoteDeactivationMachine,
    model,
    key: remoteDeactivationKey,
    decide: decideRemoteDeactivation,
    begin: async () => {
      license = await issueLicense(server);
      active = [];
    },
    executors: {
      enable: async ({ activeDevices }, { value }) => {
        if (value !== 'enabling') await haveActive(activeDevices);
        return put(true);
      },
      disable: () => put(false),
      blockingDeviceLeft: async ({ remaining }) => {
        await haveActive(remaining);
        return null;
      },
      forceEnable: async () => {
        const { id: ticketId } = await openTicket(server, license.id);
        return server.request('POST', `/v1/licenses/${license.id}/remote-deactivation/forced`, { body: { ticketId } });
      },
    },
    observe: async ({ value }) => {
      const { remoteDeactivation } = await readLicense(server, license.id);
      expect(remoteDeactivation.blockingDeviceCount).toBe(value === 'enabling' ? active.length : 0);
      return remoteDeactivation.state;
    },
  });
});
