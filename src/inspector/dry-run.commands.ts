/** Real commands, one for each event that somebody can ask for, with the actor that it has in earnest. */
import { v7 as uuidv7 } from 'uuid';
import type { Command, DeviceRow, LicenseRow, MachineId } from '../../machines/index.js';
import { actorOf, actorOfDevice, type TokenPrincipal } from '../auth/principal.js';
import { askedEventsOf } from '../rules/event.operations.js';
import type { Wish } from './dry-run.schemas.js';

/** The events of each machine that somebody can ask for; others are brought by time or by another change. */
export const commandEvents: Readonly<Record<MachineId, readonly string[]>> = {
  device: askedEventsOf('device'),
  remoteDeactivation: askedEventsOf('remoteDeactivation'),
  license: askedEventsOf('license'),
  supportTicket: askedEventsOf('supportTicket'),
};

/** The command that such a wish stands for. @param subject the device in question and the license */
export function commandOf(
  wish: Wish,
  asker: TokenPrincipal,
  subjectId: string,
  { device, license }: { device: DeviceRow | undefined; license: LicenseRow },
): Command {
  const actor = actorOf(asker);
  switch (wish.event) {
    case 'activate':
      return {
        type: 'activate',
        actor: { kind: 'licenseKey', id: null, name: license.keyHint },
        fingerprint: device?.fingerprint ?? '',
        newDeviceId: uuidv7(),
        name: null,
        platform: null,
        appVersion: null,
      };
    case 'checkIn':
      return { type: 'checkIn', actor: actorOfDevice(subjectId), deviceId: subjectId, appVersion: null };
    case 'logOut':
      return { type: 'logOut', actor: actorOfDevice(subjectId), deviceId: subjectId };
    case 'remotelyDeactivate':
      return { type: 'remotelyDeactivate', actor, deviceId: subjectId, note: wish.reason ?? null };
    case 'forceDeactivate':
      return { type: 'forceDeactivate', actor, deviceId: subjectId, ticketId: wish.ticketId, note: wish.reason };
    case 'forceEnable':
      return { type: 'forceEnable', actor, ticketId: wish.ticketId };
    case 'renew':
      return { type: 'renew', actor, validUntil: wish.validUntil };
    case 'enable':
    case 'disable':
    case 'suspend':
    case 'reinstate':
    case 'revoke':
      return { type: wish.event, actor };
    case 'resolve':
      return { type: 'resolveTicket', actor, ticketId: subjectId };
    case 'reopen':
      return { type: 'reopenTicket', actor, ticketId: subjectId };
    case 'close':
      return { type: 'closeTicket', actor, ticketId: subjectId };
  }
}
