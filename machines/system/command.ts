/** What somebody wants of one license: pure data, decided by `decide`. */
import type { TicketTopic } from '../support-ticket/support-ticket.events.js';
import type { Actor } from './rows.js';

/** What client software says of itself; null where it does not. */
export interface ClientDescription {
  readonly name: string | null;
  readonly platform: string | null;
  readonly appVersion: string | null;
}

export type Command = { readonly actor: Actor } & (
  | ({ readonly type: 'activate'; readonly fingerprint: string; readonly newDeviceId: string } & ClientDescription)
  | { readonly type: 'checkIn'; readonly deviceId: string; readonly appVersion: string | null }
  | { readonly type: 'logOut'; readonly deviceId: string }
  | {
      readonly type: 'register';
      readonly fingerprint: string;
      readonly newDeviceId: string;
      readonly name: string | null;
    }
  | { readonly type: 'rename'; readonly deviceId: string; readonly name: string }
  | { readonly type: 'remotelyDeactivate'; readonly deviceId: string; readonly note: string | null }
  | { readonly type: 'forceDeactivate'; readonly deviceId: string; readonly ticketId: string; readonly note: string }
  | { readonly type: 'enable' }
  | { readonly type: 'disable' }
  | { readonly type: 'forceEnable'; readonly ticketId: string }
  | { readonly type: 'suspend' }
  | { readonly type: 'reinstate' }
  | { readonly type: 'renew'; readonly validUntil: number | null }
  | { readonly type: 'revoke' }
  | {
      readonly type: 'change';
      readonly seats?: number;
      readonly checkInPeriod?: { readonly text: string; readonly millis: number };
      readonly supportAndUpgradeUntil?: number | null;
    }
  | { readonly type: 'replaceKey'; readonly keyHash: string; readonly keyHint: string }
  | {
      readonly type: 'openTicket';
      readonly newTicketId: string;
      readonly topic: TicketTopic;
      readonly deviceId: string | null;
      readonly message: string;
    }
  | { readonly type: 'resolveTicket' | 'reopenTicket' | 'closeTicket'; readonly ticketId: string }
  | { readonly type: 'settle' }
);

export type CommandType = Command['type'];
