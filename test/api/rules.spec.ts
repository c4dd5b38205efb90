/** What the API documentation says of the rules is so: each operation puts the events that its description names. */
import {
  accepted,
  activate,
  changeLicense,
  checkIn,
  type DeviceScene,
  historyOfLicense,
  issueLicense,
  logOut,
  openTicket,
  readDevice,
  setRemoteDeactivation,
  setTicketStatus,
  unknownId,
} from '../support/scene.js';
import { startServer, type TestServer } from '../support/server.js';

interface Operation {
  operationId: string;
  'x-events'?: { machine: string; event: string }[];
}

let server: TestServer;
let described: Record<string, string[]>;
beforeAll(async () => {
  server = await startServer();
  const { paths } = (
    await server.request<{ paths: Record<string, Record<string, Operation>> }>('GET', '/openapi.json', { auth: null })
  ).body;
  const operations = Object.values(paths).flatMap((item) => Object.values(item));
  described = Object.fromEntries(
    operations
      .filter(({ 'x-events': events }) => events !== undefined)
      .map(({ operationId, 'x-events': events = [] }) => [
        operationId,
        events.map(({ machine, event }) => `${machine} ${event}`).sort(),
      ]),
  );
});
afterAll(() => server.stop());

interface Scene {
  licenseId: string;
  auth: string;
  device: DeviceScene;
  ticketId: string;
}

async function newScene(): Promise<Scene> {
  const license = await issueLicense(server);
  const device = await activate(server, license);
  const { id: ticketId } = await openTicket(server, license.id);
  return { licenseId: license.id, auth: license.auth, device, ticketId };
}

/** What is done, written by hand: the operation, and for each of its events what it takes to see it in the history. */
const done: Record<string, ((scene: Scene) => Promise<unknown>)[]> = {
  activateDevice: [({ auth }) => activate(server, { auth })],
  logOut: [({ device }) => logOut(server, device)],
  deactivateDevice: [async ({ device }) => post(`/v1/devices/${device.id}/remote-deactivation`)],
  forceDeactivation: [
    ({ device, ticketId }) => post(`/v1/devices/${device.id}/forced-deactivation`, { ticketId, reason: 'Stolen' }),
  ],
  setRemoteDeactivation: [
    ({ licenseId }) => setRemoteDeactivation(server, licenseId, false),
    ({ licenseId }) => setRemoteDeactivation(server, licenseId, true),
  ],
  forceRemoteDeactivation: [
    async ({ licenseId, ticketId }) => {
      await setRemoteDeactivation(server, licenseId, false);
      await post(`/v1/licenses/${licenseId}/remote-deactivation/forced`, { ticketId });
    },
  ],
  suspendLicense: [({ licenseId }) => changeLicense(server, licenseId, 'suspend')],
  reinstateLicense: [
    async ({ licenseId }) => {
      await changeLicense(server, licenseId, 'suspend');
      await changeLicense(server, licenseId, 'reinstate');
    },
  ],
  renewLicense: [
    ({ licenseId }) => changeLicense(server, licenseId, 'renew', { validUntil: '2099-01-01T00:00:00.000Z' }),
  ],
  revokeLicense: [({ licenseId }) => changeLicense(server, licenseId, 'revoke')],
  moveTicket: [
    ({ ticketId }) => setTicketStatus(server, ticketId, 'resolved'),
    ({ ticketId }) => setTicketStatus(server, ticketId, 'open'),
    ({ ticketId }) => setTicketStatus(server, ticketId, 'closed'),
  ],
};

const post = async (path: string, body?: object) => accepted(await server.request('POST', path, { body }));

describe('an operation', () => {
  it.each(Object.entries(done))('puts the events that its description names: %s', async (operationId, steps) => {
    const scene = await newScene();
    const seen: string[] = [];
    for (const step of steps) {
      await step(scene);
      // The newest row, or the one before where an accepted force has resolved its ticket, too.
      const rows = (await historyOfLicense(server, scene.licenseId)).slice(0, 2);
      const row = rows.find(({ event }) => event !== 'resolve' || operationId === 'moveTicket');
      seen.push(`${row?.machine} ${row?.event}`);
    }
    expect(seen.sort()).toEqual(described[operationId]);
  });

  it('that checks in puts its event without a row, and names it', async () => {
    const { device } = await newScene();
    await checkIn(server, device);
    expect((await readDevice(server, device.id)).checkInCount).toBe(1);
    expect(described['checkIn']).toEqual(['device checkIn']);
  });

  it('that names events is tried here', () => {
    expect(Object.keys(described).sort()).toEqual([...Object.keys(done), 'checkIn'].sort());
  });
});

describe('the pages of refusals', () => {
  it('say at which requests a code is met, on a server that runs', async () => {
    const page = await fetch(`${server.url}/problems/no-seat-available`);
    const html = await page.text();
    expect(html).toContain('<a href="/inspector/device#seatIsFree">');
    expect(html).toContain('<a href="/docs#/devices/activateDevice">');
    expect(html).toContain('What to do');
  });

  it('are led to by what a refusal is called', async () => {
    const { body } = await server.request<{ type: string }>('GET', `/v1/licenses/${unknownId}`);
    expect(new URL(body.type).pathname).toBe('/problems/not-found');
  });
});
