/** A license under test beside the composed model of it, and how each move is made for real over HTTP. */
import { type Command, decide, type Rows } from '../../../machines/index.js';
import { beginning, type DeviceId, deviceIds, seatsMax } from '../../machines/system/composed.model.js';
import { deviceOf } from '../../machines/system/composed.tour.js';
import { now as modelNow } from '../../machines/system/rows.js';
import { advanceTo } from '../../support/clock.js';
import { type Activation, type Device } from '../../support/representations.js';
import {
  accepted,
  freshFingerprint,
  issueLicense,
  type LicenseScene,
  type LicenseTerms,
  openTicket,
  setTicketStatus,
} from '../../support/scene.js';
import { type Answer, type TestServer } from '../../support/server.js';

/** The license under test, beside the model of it. */
export class Scene {
  readonly fingerprints = new Map(deviceIds.map((id) => [id, freshFingerprint()]));
  readonly devices = new Map<DeviceId, { id: string; auth: string }>();
  /** What the history has to tell of devices and setting, oldest first. */
  readonly told: string[] = [];

  constructor(
    readonly server: TestServer,
    readonly license: LicenseScene,
    readonly ticketId: string,
    public rows: Rows,
  ) {}

  async send(command: Command): Promise<Answer<unknown>> {
    const id = deviceOf(command);
    const device = id === null ? undefined : this.devices.get(id);
    const post = (path: string, options = {}) =>
      this.server.request('POST', `/v1/devices/${device?.id}/${path}`, options);
    const setting = `/v1/licenses/${this.license.id}/remote-deactivation`;
    switch (command.type) {
      case 'activate':
        return this.activate(command.newDeviceId as DeviceId);
      case 'checkIn':
        return post('check-in', { auth: device?.auth });
      case 'logOut':
        return post('log-out', { auth: device?.auth });
      case 'remotelyDeactivate':
        return post('remote-deactivation');
      case 'forceDeactivate':
        return post('forced-deactivation', { body: { ticketId: this.ticketId, reason: 'Asked for.' } });
      case 'enable':
      case 'disable':
        return this.server.request('PUT', setting, { body: { enabled: command.type === 'enable' } });
      case 'forceEnable':
        return this.server.request('POST', `${setting}/forced`, { body: { ticketId: this.ticketId } });
      default:
        throw new Error(`${command.type} is not walked`);
    }
  }

  /** Lets time pass until the device's date has come, and nobody else's: all check in now, the others once more later. */
  async pass(due: DeviceId): Promise<void> {
    const deactivationDate = await this.checkIn(due);
    const others = deviceIds.filter((id) => id !== due && this.rows.devices.get(id)?.state === 'active');
    await Promise.all(others.map((id) => this.checkIn(id)));
    await this.server.advance('PT1S');
    await Promise.all(others.map((id) => this.checkIn(id)));
    await advanceTo(this.server, deactivationDate);
  }

  /** Checks a device in, which must be active, and gives its new deactivation date. */
  private async checkIn(id: DeviceId): Promise<string> {
    const device = this.devices.get(id);
    const answer = await this.server.request<{ device: Device }>('POST', `/v1/devices/${device?.id}/check-in`, {
      auth: device?.auth,
    });
    return accepted(answer).device.deactivationDate ?? '';
  }

  private async activate(id: DeviceId): Promise<Answer<unknown>> {
    const answer = await this.server.request<Activation>('POST', '/v1/devices', {
      auth: this.license.auth,
      body: { fingerprint: this.fingerprints.get(id), name: `device ${id}` },
    });
    if (answer.status < 300) {
      this.devices.set(id, { id: answer.body.device.id, auth: `Bearer ${answer.body.token}` });
    }
    return answer;
  }
}

/** What a new license of the model needs: its terms, a ticket that serves again and again, and the rows of the model. */
export async function newBeginning(
  server: TestServer,
  setting: 'enabled' | 'disabled',
  terms: LicenseTerms = {},
): Promise<[server: TestServer, license: LicenseScene, ticketId: string, rows: Rows]> {
  const license = await issueLicense(server, {
    seats: seatsMax,
    checkInPeriod: 'PT1H',
    remoteDeactivation: setting,
    ...terms,
  });
  const ticket = await openTicket(server, license.id);
  await setTicketStatus(server, ticket.id, 'resolved');
  return [server, license, ticket.id, withResolvedTicket(beginning(setting))];
}

/** Tickets have paths of their own; here one that serves again and again. */
export function withResolvedTicket(rows: Rows): Rows {
  return decide(
    rows,
    { type: 'resolveTicket', ticketId: 'ticket', actor: { kind: 'support', id: 's', name: null } },
    modelNow,
  ).rows;
}
