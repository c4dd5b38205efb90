/**
 * Every transition of the device over HTTP, by generated paths. The facts that an event carries in the model are brought
 * about on the license before the request: its status, its seats, its setting.
 */
import { type AnyMachineSnapshot } from 'xstate';
import { decideDevice, type DeviceContext, type DeviceEvent, deviceMachine } from '../../../machines/index.js';
import { currentEpoch, deviceKey, deviceModel, epochClass } from '../../machines/models/device.model.js';
import { advanceTo, later, now, second } from '../../support/clock.js';
import { type Activation, type Device, type RemoteDeactivation } from '../../support/representations.js';
import {
  accepted,
  activate,
  changeLicense,
  type DeviceScene,
  issueLicense,
  type LicenseScene,
  logOut,
  openTicket,
  readDevice,
  readLicense,
  register,
  setRemoteDeactivation,
} from '../../support/scene.js';
import { startServer, type TestServer } from '../../support/server.js';
import { walkOverHttp } from './http.walk.js';

const seats = 3;

let server: TestServer;
let license: LicenseScene;
let device: Device;
/** The newest token of the device; null before its first activation. */
let auth: string | null;
/** Other devices that are active. */
let others: DeviceScene[];
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

type EventOf<Type extends DeviceEvent['type']> = Extract<DeviceEvent, { type: Type }>;

const stateOfSetting = async () => (await readLicense(server, license.id)).remoteDeactivation.state;
const isActive = ({ value }: AnyMachineSnapshot) => value === 'active';
const classOf = ({ context }: AnyMachineSnapshot) => epochClass((context as DeviceContext).epoch);

/** Not everything that the machine can be told can be seen from outside. */
function canHappen(snapshot: AnyMachineSnapshot, event: DeviceEvent): boolean {
  // A device that was never activated has no token to ask with.
  if (snapshot.value === 'inactive' && (event.type === 'checkIn' || event.type === 'logOut')) return false;
  // Only an accepted activation from a non-active state leaves a trace of the epoch.
  const leavesEpoch =
    event.type === 'activate' && !isActive(snapshot) && event.licenseStatus === 'active' && event.freeSeat !== null;
  return event.type !== 'activate' || leavesEpoch || event.epoch === currentEpoch;
}

/** Another device is active, whether or not those from before have expired meanwhile. */
async function haveAnother(): Promise<void> {
  for (const other of others) {
    if ((await readDevice(server, other.id)).state === 'active') return;
  }
  others.push(await activate(server, license));
}

async function logOutOthers(): Promise<void> {
  for (const other of others.splice(0)) {
    if ((await readDevice(server, other.id)).state === 'active') await logOut(server, other);
  }
}

async function haveNoFreeSeat(): Promise<void> {
  let { activeDevices } = await readLicense(server, license.id);
  for (; activeDevices < seats; activeDevices += 1) others.push(await activate(server, license));
}

async function haveStatus(status: EventOf<'activate'>['licenseStatus']): Promise<void> {
  if (status === 'suspended') await changeLicense(server, license.id, 'suspend');
  if (status === 'revoked') await changeLicense(server, license.id, 'revoke');
  if (status !== 'expired') return;
  await changeLicense(server, license.id, 'renew', { validUntil: later(await now(server), second) });
  await server.advance('PT1S');
}

async function forceEnable(): Promise<void> {
  const { id: ticketId } = await openTicket(server, license.id);
  const path = `/v1/licenses/${license.id}/remote-deactivation/forced`;
  accepted(await server.request<RemoteDeactivation>('POST', path, { body: { ticketId } }));
}

/** Waits for devices that were active before, so that a device that activates now is under a current enabling. */
async function haveEnabling(): Promise<void> {
  await setRemoteDeactivation(server, license.id, false);
  await haveAnother();
  expect((await setRemoteDeactivation(server, license.id, true)).state).toBe('enabling');
}

async function activateDevice({ licenseStatus, freeSeat, epoch }: EventOf<'activate'>, before: AnyMachineSnapshot) {
  const isArrival = !isActive(before);
  const whose = epochClass(epoch);
  if (isArrival && whose === 'current') await haveEnabling();
  if (isArrival && whose === 'none') await setRemoteDeactivation(server, license.id, false);
  if (isArrival && whose === 'other') await setRemoteDeactivation(server, license.id, true);
  if (freeSeat === null) await haveNoFreeSeat();
  await haveStatus(licenseStatus);
  const answer = await server.request<Activation>('POST', '/v1/devices', {
    auth: license.auth,
    body: { fingerprint: device.fingerprint },
  });
  if (answer.status > 299) return answer;
  auth = `Bearer ${answer.body.token}`;
  if (isArrival && whose === 'other') {
    await setRemoteDeactivation(server, license.id, false);
    await forceEnable();
  }
  return answer;
}

/** Brings the setting to a state without touching the device, or what its epoch is to the setting's. */
async function haveSetting(
  wanted: EventOf<'remotelyDeactivate'>['setting'],
  before: AnyMachineSnapshot,
): Promise<void> {
  if (wanted === 'disabled') await setRemoteDeactivation(server, license.id, false);
  else if (wanted === 'enabled') {
    if (isActive(before) && classOf(before) === 'current') await logOutOthers();
    else if ((await stateOfSetting()) !== 'enabled') await forceEnable();
  } else if (!isActive(before)) await haveEnabling();
  else if (classOf(before) !== 'current') {
    await setRemoteDeactivation(server, license.id, false);
    await setRemoteDeactivation(server, license.id, true);
  }
  expect(await stateOfSetting()).toBe(wanted);
}

describe('a device over HTTP', () => {
  const model = deviceModel();
  model.options.filterEvents = canHappen;

  walkOverHttp<DeviceEvent>({
    machine: deviceMachine,
    model,
    key: deviceKey,
    decide: decideDevice,
    begin: async () => {
      license = await issueLicense(server, { seats, checkInPeriod: 'PT1H' });
      device = await register(server, license.id);
      auth = null;
      others = [];
    },
    executors: {
      activate: activateDevice,
      checkIn: async ({ licenseStatus }) => {
        await haveStatus(licenseStatus);
        return server.request('POST', `/v1/devices/${device.id}/check-in`, { auth });
      },
      logOut: () => server.request('POST', `/v1/devices/${device.id}/log-out`, { auth }),
      expire: async (event, before) => {
        const { deactivationDate } = await readDevice(server, device.id);
        if (deactivationDate === null) await server.advance('PT1S');
        else await advanceTo(server, later(deactivationDate, isOverdueIn(event, before) ? 0 : -1));
        return null;
      },
      remotelyDeactivate: async ({ setting }, before) => {
        await haveSetting(setting, before);
        return server.request('POST', `/v1/devices/${device.id}/remote-deactivation`);
      },
      forceDeactivate: async () => {
        const { id: ticketId } = await openTicket(server, license.id);
        const body = { ticketId, reason: 'Asked for on the phone.' };
        return server.request('POST', `/v1/devices/${device.id}/forced-deactivation`, { body });
      },
    },
    observe: async ({ value }) => {
      const read = await readDevice(server, device.id);
      expect([read.seat !== null, read.deactivationDate !== null]).toEqual([value === 'active', value === 'active']);
      return read.state;
    },
  });
});

function isOverdueIn({ at }: EventOf<'expire'>, { context }: AnyMachineSnapshot): boolean {
  const { deactivationDate } = context as DeviceContext;
  return deactivationDate !== null && at >= deactivationDate;
}
