/** Rows of the history as sentences: who did what, to what. The rows say it; nothing is concluded here. */
import { refusalWords } from 'virtual:refusal-words';
import type { Transition } from '../api/schema';
import type { HistoryEvent } from './license.queries';

/** What to call a device that has no name here. */
export const unnamedDevice = 'a device';

const actorWords: Record<Transition['actor']['kind'], string> = {
  device: 'the device',
  licenseKey: 'client software with the license key',
  member: 'a person of the organization',
  support: 'support',
  operator: 'the operator',
  expiry: 'time',
  system: 'Seatkeeper',
};

/** Who did it: by name where there is one. The name of a license key is its end. */
export function actorInWords({ kind, name }: Transition['actor']): string {
  if (kind === 'licenseKey' && name !== null) return `client software with the key …${name}`;
  return name ?? actorWords[kind];
}

type Sentence = (row: Transition, who: string, device: string) => string;

const sentences: Record<Transition['machine'], Record<string, Sentence>> = {
  device: {
    register: (_row, who, device) => `${who} registered ${device}`,
    activate: ({ from }, _who, device) => `${device} ${from === 'active' ? 'activated again' : 'took a seat'}`,
    checkIn: (_row, _who, device) => `${device} checked in`,
    logOut: (_row, _who, device) => `${device} logged out`,
    expire: (_row, _who, device) => `${device} did not connect in time, and its seat became free`,
    remotelyDeactivate: (_row, who, device) => `${who} deactivated ${device} remotely`,
    forceDeactivate: (_row, who, device) => `${who} deactivated ${device} on a support ticket`,
    rename: (_row, who, device) => `${who} renamed ${device}`,
    reseat: (_row, _who, device) => `${device} moved to another seat, since there are fewer`,
  },
  remoteDeactivation: {
    enable: ({ to }, who) =>
      to === 'enabled'
        ? `${who} enabled remote deactivation`
        : `${who} asked for remote deactivation; it waits for devices`,
    blockingDeviceLeft: ({ to }) =>
      to === 'enabled'
        ? 'The last device that was waited for has left: remote deactivation is enabled'
        : 'A device that is waited for has left',
    disable: ({ from }, who) =>
      from === 'enabling' ? `${who} stopped enabling remote deactivation` : `${who} disabled remote deactivation`,
    forceEnable: (_row, who) => `${who} enabled remote deactivation on a support ticket`,
  },
  license: {
    issue: (_row, who) => `${who} issued the license`,
    change: (_row, who) => `${who} changed the terms of the license`,
    replaceKey: (_row, who) => `${who} replaced the license key`,
    suspend: (_row, who) => `${who} suspended the license`,
    reinstate: (_row, who) => `${who} reinstated the license`,
    renew: (_row, who) => `${who} renewed the license`,
    revoke: (_row, who) => `${who} revoked the license`,
    expire: () => 'The validity of the license ended',
  },
  supportTicket: {
    open: (_row, who) => `${who} opened a support ticket`,
    resolve: (_row, who) => `${who} resolved a support ticket`,
    reopen: (_row, who) => `${who} opened a support ticket again`,
    close: (_row, who) => `${who} closed a support ticket`,
  },
};

const attempts: Record<string, string> = {
  activate: 'take a seat',
  checkIn: 'check in',
  logOut: 'log out',
};

/** @param device what to call the device that the row is about */
export function sentenceOf(row: Transition, device: string): string {
  const who = actorInWords(row.actor);
  const { machine, event, outcome, reason } = row;
  if (outcome === 'refused') {
    const why = reason === null ? '' : `: ${lowered(refusalWords[reason]?.title ?? reason)}`;
    return begun(row, device, `${device} wanted to ${attempts[event] ?? event} and was refused${why}`);
  }
  const sentence = sentences[machine][event];
  return begun(row, device, sentence === undefined ? `${who}: ${event}` : sentence(row, who, device));
}

/** Events that the history can be filtered by, in words. */
export const eventWords: readonly (readonly [event: HistoryEvent, words: string])[] = [
  ['activate', 'Took a seat'],
  ['logOut', 'Logged out'],
  ['expire', 'Expired'],
  ['remotelyDeactivate', 'Deactivated remotely'],
  ['forceDeactivate', 'Deactivated by support'],
  ['register', 'Registered'],
  ['rename', 'Renamed'],
  ['reseat', 'Moved to another seat'],
  ['enable', 'Remote deactivation asked for'],
  ['blockingDeviceLeft', 'A device that was waited for left'],
  ['disable', 'Remote deactivation disabled'],
  ['forceEnable', 'Remote deactivation enabled by support'],
  ['issue', 'License issued'],
  ['change', 'Terms changed'],
  ['renew', 'License renewed'],
  ['suspend', 'License suspended'],
  ['reinstate', 'License reinstated'],
  ['revoke', 'License revoked'],
  ['replaceKey', 'License key replaced'],
  ['open', 'Ticket opened'],
  ['resolve', 'Ticket resolved'],
  ['reopen', 'Ticket opened again'],
  ['close', 'Ticket closed'],
];

/** Whether rows of a history can be of this event; a check-in is none. */
export function isInHistories(event: string): event is HistoryEvent {
  return eventWords.some(([name]) => name === event);
}

/** Kinds of actors that the history can be filtered by, in words. */
export const actorKindWords: readonly (readonly [kind: Transition['actor']['kind'], words: string])[] = [
  ['device', 'Devices'],
  ['licenseKey', 'Client software with the key'],
  ['member', 'People of the organization'],
  ['support', 'Support'],
  ['operator', 'The operator'],
  ['expiry', 'Time'],
];

/** A sentence with a capital at its beginning, unless it begins with a name: that is written as it was given. */
function begun({ machine, actor, subjectId }: Transition, device: string, text: string): string {
  const isGiven =
    (actor.kind !== 'licenseKey' && actor.name !== null && text.startsWith(actor.name)) ||
    (machine === 'device' && subjectId !== null && device !== unnamedDevice && text.startsWith(device));
  return isGiven ? text : text.charAt(0).toUpperCase() + text.slice(1);
}

function lowered(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
