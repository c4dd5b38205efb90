/** What each event would do to one subject now, with the facts that its license's rows hold: which are possible, and why the others are not. */
import type { Effect } from '../decision.js';
import { type DeviceEvent, deviceEvents } from '../device/device.events.js';
import { type LicenseEvent, licenseEvents } from '../license/license.events.js';
import type { GuardName, Reason } from '../reasons.js';
import {
  type RemoteDeactivationEvent,
  remoteDeactivationEvents,
} from '../remote-deactivation/remote-deactivation.events.js';
import { supportTicketEvents } from '../support-ticket/support-ticket.events.js';
import { Draft, expiry, type Verdict } from './draft.js';
import { activation, connection, remoteDeactivation } from './facts.js';
import type { Rows } from './rows.js';

/** Who is asked about: a device or ticket by its id, the setting or the license itself. */
export type Subject =
  | { readonly machine: 'device' | 'supportTicket'; readonly id: string }
  | { readonly machine: 'remoteDeactivation' | 'license' };

/** What an event would do. `to` is the state afterwards; a refused event leaves it as it is. */
export type Prospect = { readonly event: string; readonly to: string } & (
  | { readonly outcome: Effect; readonly reason: null; readonly guard: null }
  | { readonly outcome: 'refused'; readonly reason: Reason; readonly guard: GuardName | null }
);

/**
 * Every event of the subject's machine, in its order, at `now` (milliseconds). Each machine is asked alone: tickets and roles, which
 * the rules between machines ask for first, are left aside.
 *
 * @param rows settled, complete, with the subject among them; of free seats the lowest
 * @throws where the subject is not among the rows
 */
export function prospectsOf(rows: Rows, subject: Subject, now: number): Prospect[] {
  // Who does it makes no difference to what becomes of it; each draft is thrown away.
  const occasion = { actor: expiry, at: now };
  switch (subject.machine) {
    case 'device':
      return namesOf(deviceEvents).map((type) => {
        const draft = new Draft(rows);
        const verdict = draft.sendToDevice(subject.id, deviceEvent(type, draft, now), occasion);
        return prospect(type, verdict, draft.device(subject.id).state);
      });
    case 'remoteDeactivation':
      return namesOf(remoteDeactivationEvents).map((type) => {
        const draft = new Draft(rows);
        const verdict = draft.sendToSetting(settingEvent(type, draft, now), occasion);
        return prospect(type, verdict, draft.rows.setting.state);
      });
    case 'license':
      return namesOf(licenseEvents).map((type) => {
        const draft = new Draft(rows);
        const verdict = draft.sendToLicense(licenseEvent(type, draft, now), occasion);
        return prospect(type, verdict, draft.rows.license.status);
      });
    case 'supportTicket':
      return namesOf(supportTicketEvents).map((type) => {
        const draft = new Draft(rows);
        const verdict = draft.sendToTicket(subject.id, { type, at: now }, occasion);
        return prospect(type, verdict, draft.ticket(subject.id).status);
      });
  }
}

function deviceEvent(type: DeviceEvent['type'], draft: Draft, at: number): DeviceEvent {
  const { license, setting } = draft.rows;
  switch (type) {
    case 'activate':
      return activation(license, setting, draft.lowestFreeSeat(), at);
    case 'checkIn':
      return connection(license, at);
    case 'remotelyDeactivate':
      return remoteDeactivation(setting, at);
    case 'forceDeactivate':
      return { type, at, ticketId: '' };
    case 'logOut':
    case 'expire':
      return { type, at };
  }
}

function settingEvent(type: RemoteDeactivationEvent['type'], draft: Draft, at: number): RemoteDeactivationEvent {
  switch (type) {
    case 'enable':
      return { type, at, activeDevices: draft.activeDevices() };
    case 'blockingDeviceLeft':
      return { type, at, remaining: draft.blockingDevices() };
    case 'forceEnable':
      return { type, at, ticketId: '' };
    case 'disable':
      return { type, at };
  }
}

/** A renewal is asked about as one that has another end than the license has now, since the same end would be a harmless repeat. */
function licenseEvent(type: LicenseEvent['type'], draft: Draft, at: number): LicenseEvent {
  if (type !== 'renew') return { type, at };
  return { type, at, validUntil: draft.rows.license.validUntil === null ? at + 1 : null };
}

function prospect(event: string, verdict: Verdict, to: string): Prospect {
  if (typeof verdict !== 'object') return { event, to, outcome: verdict, reason: null, guard: null };
  const { outcome, reason, guard } = verdict;
  return { event, to, outcome, reason, guard };
}

function namesOf<Name extends string>(events: Readonly<Record<Name, string>>): Name[] {
  return Object.keys(events) as Name[];
}
