/**
 * One license with a few devices and a ticket to which anything may happen, over HTTP: what each step asks for, of whom, and how it is asked for
 * in earnest. Refusals are part of such a life; nothing is asserted.
 */
import fc from 'fast-check';
import {
  activate,
  freshFingerprint,
  issueLicense,
  type LicenseScene,
  type LicenseTerms,
  openTicket,
  register,
} from './scene.js';
import type { Activation } from './representations.js';
import type { Answer, TestServer } from './server.js';

/** A machine and the id under which its subject is found. */
export interface SubjectScene {
  machine: 'device' | 'remoteDeactivation' | 'license' | 'supportTicket';
  id: string;
}

/** A step: an event for a subject, with what a request for it says besides, and the request itself. */
export interface RestlessStep {
  subject: SubjectScene;
  wish: { event: string } & Record<string, unknown>;
  inEarnest: () => Promise<Answer<unknown>>;
}

export const deviceCount = 3;

const deviceEvents = ['activate', 'checkIn', 'logOut', 'remotelyDeactivate', 'forceDeactivate'] as const;
const settingEvents = ['enable', 'disable', 'forceEnable'] as const;
const licenseEvents = ['suspend', 'reinstate', 'renew', 'revoke'] as const;
const ticketEvents = ['resolve', 'reopen', 'close'] as const;

/** What may happen next. Revoking and closing are rare, since little happens after them. */
export const anyMove = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({ event: fc.constantFrom(...deviceEvents), device: fc.nat(deviceCount - 1) }),
  },
  { weight: 4, arbitrary: fc.record({ event: fc.constantFrom(...settingEvents) }) },
  { weight: 3, arbitrary: fc.record({ event: fc.constantFrom(...licenseEvents.slice(0, 3)) }) },
  { weight: 2, arbitrary: fc.record({ event: fc.constantFrom(...ticketEvents.slice(0, 2)) }) },
  { weight: 2, arbitrary: fc.record({ event: fc.constant('change' as const), seats: fc.integer({ min: 1, max: 4 }) }) },
  { weight: 1, arbitrary: fc.record({ event: fc.constantFrom('rename', 'reseed'), device: fc.nat(deviceCount - 1) }) },
  { weight: 4, arbitrary: fc.record({ event: fc.constant('wait' as const), days: fc.integer({ min: 1, max: 31 }) }) },
  { weight: 1, arbitrary: fc.record({ event: fc.constantFrom('revoke', 'close') }) },
);
export type Move = { event: string; device?: number; seats?: number; days?: number };

export class RestlessLicense {
  private readonly tokens = new Map<string, string>();

  private constructor(
    private readonly server: TestServer,
    private readonly license: LicenseScene,
    private readonly devices: { id: string; fingerprint: string }[],
    private readonly ticketId: string,
    private renewals = 0,
  ) {}

  /** A license of two seats, with registered devices and an open ticket. */
  static async begin(server: TestServer, terms: LicenseTerms = {}): Promise<RestlessLicense> {
    const license = await issueLicense(server, { seats: 2, ...terms });
    const devices = [];
    for (let index = 0; index < deviceCount; index += 1) {
      const fingerprint = freshFingerprint();
      const { id } = await register(server, license.id, { fingerprint });
      devices.push({ id, fingerprint });
    }
    const ticket = await openTicket(server, license.id);
    const restless = new RestlessLicense(server, license, devices, ticket.id);
    // With a token each device can say something, whatever becomes of it.
    for (const { id, fingerprint } of devices.slice(0, 2)) {
      restless.tokens.set(id, (await activate(server, license, { fingerprint })).auth);
    }
    return restless;
  }

  get id(): string {
    return this.license.id;
  }

  get subjects(): SubjectScene[] {
    return [
      ...this.devices.map(({ id }) => ({ machine: 'device', id }) as const),
      { machine: 'remoteDeactivation', id: this.id },
      { machine: 'license', id: this.id },
      { machine: 'supportTicket', id: this.ticketId },
    ];
  }

  /** What a move asks for; null for one that no machine knows, which has been made already. */
  async stepOf(move: Move): Promise<RestlessStep | null> {
    const { event } = move;
    const { server, ticketId } = this;
    const device = this.devices[move.device ?? 0] ?? { id: '', fingerprint: '' };
    const subjects = {
      device: { machine: 'device', id: device.id },
      setting: { machine: 'remoteDeactivation', id: this.id },
      license: { machine: 'license', id: this.id },
      ticket: { machine: 'supportTicket', id: ticketId },
    } as const;
    const post =
      (path: string, body: object = {}, auth?: string) =>
      () =>
        server.request('POST', path, { auth, body });
    switch (event) {
      case 'wait':
        await server.request('POST', '/v1/test-clock', { body: { advance: `P${move.days}D` } });
        return null;
      case 'rename':
        await server.request('PATCH', `/v1/devices/${device.id}`, { body: { name: `Name ${Math.random()}` } });
        return null;
      case 'change':
        await server.request('PATCH', `/v1/licenses/${this.id}`, {
          body: { seats: move.seats },
          headers: { 'if-match': '*' },
        });
        return null;
      case 'activate':
        return { subject: subjects.device, wish: { event }, inEarnest: () => this.activate(device) };
      case 'checkIn':
      case 'logOut': {
        const auth = this.tokens.get(device.id);
        if (auth === undefined) return null;
        const path = event === 'checkIn' ? 'check-in' : 'log-out';
        return {
          subject: subjects.device,
          wish: { event },
          inEarnest: post(`/v1/devices/${device.id}/${path}`, {}, auth),
        };
      }
      case 'remotelyDeactivate': {
        const reason = 'Lost';
        return {
          subject: subjects.device,
          wish: { event, reason },
          inEarnest: post(`/v1/devices/${device.id}/remote-deactivation`, { reason }),
        };
      }
      case 'forceDeactivate': {
        const body = { ticketId, reason: 'Broken' };
        return {
          subject: subjects.device,
          wish: { event, ...body },
          inEarnest: post(`/v1/devices/${device.id}/forced-deactivation`, body),
        };
      }
      case 'enable':
      case 'disable':
        return {
          subject: subjects.setting,
          wish: { event },
          inEarnest: () =>
            server.request('PUT', `/v1/licenses/${this.id}/remote-deactivation`, {
              body: { enabled: event === 'enable' },
            }),
        };
      case 'forceEnable':
        return {
          subject: subjects.setting,
          wish: { event, ticketId },
          inEarnest: post(`/v1/licenses/${this.id}/remote-deactivation/forced`, { ticketId }),
        };
      case 'renew': {
        // Another one each time, since the same would change nothing.
        this.renewals += 1;
        const end = new Date(Date.UTC(2090, 0, this.renewals)).toISOString();
        return {
          subject: subjects.license,
          wish: { event, validUntil: end },
          inEarnest: post(`/v1/licenses/${this.id}/renew`, { validUntil: end }),
        };
      }
      case 'suspend':
      case 'reinstate':
      case 'revoke':
        return { subject: subjects.license, wish: { event }, inEarnest: post(`/v1/licenses/${this.id}/${event}`) };
      case 'resolve':
      case 'reopen':
      case 'close': {
        const status = { resolve: 'resolved', reopen: 'open', close: 'closed' }[event];
        return {
          subject: subjects.ticket,
          wish: { event },
          inEarnest: () => server.request('PATCH', `/v1/support-tickets/${ticketId}`, { body: { status } }),
        };
      }
      default:
        return null;
    }
  }

  private async activate({ id, fingerprint }: { id: string; fingerprint: string }): Promise<Answer<unknown>> {
    const answer = await this.server.request<Activation>('POST', '/v1/devices', {
      auth: this.license.auth,
      body: { fingerprint },
    });
    if (answer.status < 300) this.tokens.set(id, `Bearer ${answer.body.token}`);
    return answer;
  }
}
