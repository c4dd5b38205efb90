/**
 * The devices that the bench loads with: organizations, licenses and activations made through the public API, as a vendor and
 * its customers would. It writes nothing into the database by itself.
 */
import { load } from './load.client.js';
import { requestBytes } from './request.bytes.js';

/** The operator token of the server under test. */
export const operatorToken = 'ska_operator-of-the-bench-0123456789abcdef';

/** The version every client says it is. */
export const appVersion = '4.2.1';

/** An active device. */
export interface FleetDevice {
  id: string;
  token: string;
}

/** An issued license with room for the activations of the bench. */
export interface FleetLicense {
  id: string;
  key: string;
}

/** All that was set up. */
export interface Fleet {
  licenses: FleetLicense[];
  devices: FleetDevice[];
}

const licenseCount = 8;
const spareSeats = 100;

/**
 * Issues eight licenses, activates `devices` devices on them and lets each check in once, `connections` at a time: the first use
 * of a token is written, and what is measured is the daily check-in after it. Throws where an answer is wrong.
 */
export async function setUpFleet(port: number, devices: number, connections: number): Promise<Fleet> {
  const organization = await post(port, '/v1/organizations', { name: 'Bench' });
  const seats = Math.ceil(devices / licenseCount) + spareSeats;
  const licenses: FleetLicense[] = [];
  for (let number = 0; number < licenseCount; number++) {
    const body = { organizationId: textAt(organization, 'id'), product: `bench-${number}`, seats };
    const issued = await post(port, '/v1/licenses', body);
    licenses.push({ id: textAt(issued, 'license', 'id'), key: textAt(issued, 'key') });
  }
  const active = await activate(port, licenses, devices, connections);
  await checkInOnce(port, active, connections);
  return { licenses, devices: active.sort((one, other) => (endOf(one) < endOf(other) ? -1 : 1)) };
}

/** The request that activates the device with this fingerprint. */
export function activationBytes(license: FleetLicense, fingerprint: string): Buffer {
  const body = { fingerprint, name: 'Workstation', platform: 'linux-x64', appVersion };
  return requestBytes({ method: 'POST', path: '/v1/devices', auth: `License ${license.key}`, body });
}

/** The check-in of a device. */
export function checkInBytes({ id, token }: FleetDevice): Buffer {
  return requestBytes({
    method: 'POST',
    path: `/v1/devices/${id}/check-in`,
    auth: `Bearer ${token}`,
    body: { appVersion },
  });
}

/** The device and its token, from the body of the answer to an activation. */
export function activatedDevice(body: Buffer): FleetDevice {
  const answer: unknown = JSON.parse(body.toString());
  return { id: textAt(answer, 'device', 'id'), token: textAt(answer, 'token') };
}

/** The random end of an id: devices in its order are neighbours in no table and no index, like those that connect in a month. */
function endOf({ id }: FleetDevice): string {
  return id.slice(-12);
}

async function activate(
  port: number,
  licenses: FleetLicense[],
  count: number,
  connections: number,
): Promise<FleetDevice[]> {
  const devices: FleetDevice[] = [];
  let sent = 0;
  const result = await load(
    {
      next() {
        const license = licenses[sent % licenses.length];
        if (sent === count || license === undefined) return null;
        sent += 1;
        return activationBytes(license, `bench-fleet-${String(sent).padStart(8, '0')}`);
      },
      judge(_lane, status, body) {
        if (status !== 201) return `activation: ${status} ${body.toString()}`;
        devices.push(activatedDevice(body));
        return null;
      },
    },
    { port, connections },
  );
  if (result.wrong > 0) throw new Error(`${result.wrong} activations failed:\n${result.samples.join('\n')}`);
  return devices;
}

async function checkInOnce(port: number, devices: readonly FleetDevice[], connections: number): Promise<void> {
  let sent = 0;
  const result = await load(
    {
      next() {
        const device = devices[sent];
        sent += 1;
        return device === undefined ? null : checkInBytes(device);
      },
      judge: (_lane, status, body) => (status === 200 ? null : `first check-in: ${status} ${body.toString()}`),
    },
    { port, connections },
  );
  if (result.wrong > 0) throw new Error(`${result.wrong} first check-ins failed:\n${result.samples.join('\n')}`);
}

async function post(port: number, path: string, body: unknown): Promise<unknown> {
  const headers = { authorization: `Bearer ${operatorToken}`, 'content-type': 'application/json' };
  const response = await fetch(`http://127.0.0.1:${port}${path}`, {
    method: 'POST',
    headers,
    body: JSON.stringify(body),
  });
  const text = await response.text();
  if (response.status !== 201) throw new Error(`POST ${path}: ${response.status} ${text}`);
  return JSON.parse(text);
}

function textAt(value: unknown, ...path: string[]): string {
  let at = value;
  for (const key of path) at = typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[key] : undefined;
  if (typeof at !== 'string') throw new Error(`no text at ${path.join('.')} in ${JSON.stringify(value)}`);
  return at;
}
