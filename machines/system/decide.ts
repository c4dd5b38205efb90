/**
 * The rules between machines: settle, decide, follow up to the end. The coordinator, the composed model, the dry run
 * and the sandbox call this and nothing else.
 */
import { decideDevice, deviceSnapshot } from '../device/device.decide.js';
import type { DeviceEvent } from '../device/device.events.js';
import { newDevice } from '../device/device.machine.js';
import type { Reason } from '../reasons.js';
import type { Command } from './command.js';
import { Draft, type Occasion, refusedStep, type Verdict } from './draft.js';
import { activation, connection, remoteDeactivation } from './facts.js';
import type { Outcome, SystemDecision } from './outcome.js';
import type { DeviceRow, LicenseRow, Rows, TicketRow } from './rows.js';
import { settleDraft } from './settle.js';
import { mayOpenTicket } from './topics.js';

/**
 * Decides a command about one license at `now` (milliseconds). Total: a refusal is an outcome. The rows must hold the
 * devices and tickets that the command names. Throws only where they do not.
 */
export function decide(rows: Rows, command: Command, now: number): SystemDecision {
  const draft = new Draft(rows);
  settleDraft(draft, rows, now);
  const stepsByTime = draft.steps.length;
  const outcome = apply(draft, command, now);
  return { outcome, steps: draft.steps, stepsByTime, rows: draft.rows };
}

function apply(draft: Draft, command: Command, now: number): Outcome {
  const occasion: Occasion = { actor: command.actor, at: now };
  switch (command.type) {
    case 'activate':
      return activate(draft, command, occasion);
    case 'checkIn':
      return checkIn(draft, command, occasion);
    case 'logOut':
      return toDevice(draft, command.deviceId, { type: 'logOut', at: now }, occasion);
    case 'register':
      return register(draft, command, occasion);
    case 'rename':
      return rename(draft, command, occasion);
    case 'remotelyDeactivate': {
      const event = remoteDeactivation(draft.rows.setting, now);
      return toDevice(draft, command.deviceId, event, { ...occasion, note: command.note });
    }
    case 'forceDeactivate': {
      const { deviceId, ticketId, note } = command;
      const event: DeviceEvent = { type: 'forceDeactivate', at: now, ticketId };
      return onTicket(draft, ticketId, 'forceDeactivate', occasion, () =>
        toDevice(draft, deviceId, event, { ...occasion, note, ticketId }),
      );
    }
    case 'enable':
      return toSetting(
        draft,
        draft.sendToSetting({ type: 'enable', at: now, activeDevices: draft.activeDevices() }, occasion),
        'enable',
      );
    case 'disable':
      return toSetting(draft, draft.sendToSetting({ type: 'disable', at: now }, occasion), 'disable');
    case 'forceEnable': {
      const { ticketId } = command;
      return onTicket(draft, ticketId, 'forceEnable', occasion, () =>
        toSetting(
          draft,
          draft.sendToSetting({ type: 'forceEnable', at: now, ticketId }, { ...occasion, ticketId }),
          'forceEnable',
        ),
      );
    }
    case 'suspend':
    case 'reinstate':
    case 'revoke':
      return toLicense(draft, draft.sendToLicense({ type: command.type, at: now }, occasion), command.type);
    case 'renew':
      return toLicense(
        draft,
        draft.sendToLicense({ type: 'renew', at: now, validUntil: command.validUntil }, occasion),
        'renew',
      );
    case 'change':
      return change(draft, command, occasion);
    case 'replaceKey':
      draft.changeLicense({ keyHash: command.keyHash, keyHint: command.keyHint }, 'replaceKey', occasion);
      return { kind: 'changed', subjectId: draft.rows.license.id };
    case 'openTicket':
      return openTicket(draft, command, occasion);
    case 'resolveTicket':
      return toTicket(draft, command.ticketId, 'resolve', occasion);
    case 'reopenTicket':
      return toTicket(draft, command.ticketId, 'reopen', occasion);
    case 'closeTicket':
      return toTicket(draft, command.ticketId, 'close', occasion);
    case 'settle':
      return { kind: draft.steps.length > 0 ? 'changed' : 'unchanged', subjectId: draft.rows.license.id };
    default:
      return command satisfies never;
  }
}

type CommandOf<Type extends Command['type']> = Extract<Command, { type: Type }>;

/** R1, R2: the lowest free seat. A refused activation registers no device. */
function activate(draft: Draft, command: CommandOf<'activate'>, occasion: Occasion): Outcome {
  const known = draft.deviceOf(command.fingerprint);
  const { license, setting } = draft.rows;
  const event = activation(license, setting, draft.lowestFreeSeat(), occasion.at);
  if (known === undefined) {
    const verdict = decideDevice(deviceSnapshot('inactive', newDevice), event);
    if (verdict.outcome === 'refused') {
      draft.steps.push(refusedStep(undefined, 'activate', verdict, occasion));
      return refused(null, 'activate', null, verdict);
    }
    const { name, platform, appVersion } = command;
    const born = bornDevice(license.id, command.newDeviceId, command.fingerprint);
    draft.addDevice({ ...born, name, platform, appVersion }, 'register', occasion);
  }
  const device = known ?? draft.device(command.newDeviceId);
  const verdict = draft.sendToDevice(device.id, event, occasion);
  if (typeof verdict === 'object') {
    draft.steps.push(refusedStep(device, 'activate', verdict, occasion));
    return refused(device.id, 'activate', device.state, verdict);
  }
  describe(draft, device.id, command);
  return { kind: verdict, subjectId: device.id };
}

function checkIn(draft: Draft, command: CommandOf<'checkIn'>, occasion: Occasion): Outcome {
  const outcome = toDevice(draft, command.deviceId, connection(draft.rows.license, occasion.at), occasion);
  if (outcome.kind !== 'refused' && command.appVersion !== null) {
    draft.describeDevice(command.deviceId, { appVersion: command.appVersion });
  }
  return outcome;
}

function register(draft: Draft, command: CommandOf<'register'>, occasion: Occasion): Outcome {
  const known = draft.deviceOf(command.fingerprint);
  if (known !== undefined) return { kind: 'unchanged', subjectId: known.id };
  const { name } = command;
  const device = { ...bornDevice(draft.rows.license.id, command.newDeviceId, command.fingerprint), name };
  draft.addDevice({ ...device, namedByPerson: name !== null }, 'register', occasion);
  return { kind: 'changed', subjectId: device.id };
}

function rename(draft: Draft, command: CommandOf<'rename'>, occasion: Occasion): Outcome {
  const { id: subjectId, name, namedByPerson } = draft.device(command.deviceId);
  if (name === command.name && namedByPerson) return { kind: 'unchanged', subjectId };
  if (name === command.name) draft.describeDevice(subjectId, { namedByPerson: true });
  else draft.renameDevice(subjectId, command.name, occasion);
  return { kind: 'changed', subjectId };
}

/** Fewer seats than active devices are refused; else the highest numbers go, and who sits there moves down. */
function change(draft: Draft, command: CommandOf<'change'>, occasion: Occasion): Outcome {
  const { license } = draft.rows;
  const seats = command.seats ?? license.seats;
  if (seats < draft.activeDevices()) {
    return refusedBy('seatsInUse', license.id, 'change', license.status);
  }
  const fields: Partial<LicenseRow> = {
    seats,
    checkInPeriod: command.checkInPeriod?.text ?? license.checkInPeriod,
    checkInPeriodMillis: command.checkInPeriod?.millis ?? license.checkInPeriodMillis,
    supportAndUpgradeUntil:
      command.supportAndUpgradeUntil === undefined ? license.supportAndUpgradeUntil : command.supportAndUpgradeUntil,
  };
  const differs = (Object.keys(fields) as (keyof LicenseRow)[]).some((field) => fields[field] !== license[field]);
  if (!differs) return { kind: 'unchanged', subjectId: license.id };
  draft.changeLicense(fields, 'change', occasion);
  const homeless = [...draft.rows.devices.values()].filter((device) => device.seat !== null && device.seat > seats);
  for (const device of homeless.sort((a, b) => (a.seat ?? 0) - (b.seat ?? 0))) draft.reseatDevice(device.id, occasion);
  return { kind: 'changed', subjectId: license.id };
}

/** R9. */
function openTicket(draft: Draft, command: CommandOf<'openTicket'>, occasion: Occasion): Outcome {
  const { license } = draft.rows;
  if (!mayOpenTicket(license, command.topic, occasion.at)) {
    return refusedBy('supportAndUpgradeRequired', license.id, 'openTicket', license.status);
  }
  const ticket: TicketRow = {
    id: command.newTicketId,
    licenseId: license.id,
    deviceId: command.deviceId,
    topic: command.topic,
    message: command.message,
    status: 'open',
    createdAt: occasion.at,
    createdBy: command.actor,
    version: 1,
  };
  draft.addTicket(ticket, 'open', occasion);
  return { kind: 'changed', subjectId: ticket.id };
}

/** R9: the ticket is looked at before the device or the setting, and is resolved by what is done on it. */
function onTicket(draft: Draft, ticketId: string, event: string, occasion: Occasion, act: () => Outcome): Outcome {
  const ticket = draft.ticket(ticketId);
  const applies =
    ticket.licenseId === draft.rows.license.id && ticket.topic === 'deviceDeactivation' && ticket.status !== 'closed';
  if (!applies) return refusedBy('ticketNotApplicable', ticket.id, event, ticket.status);
  const outcome = act();
  if (outcome.kind !== 'refused') draft.sendToTicket(ticketId, { type: 'resolve', at: occasion.at }, occasion);
  return outcome;
}

function toDevice(draft: Draft, deviceId: string, event: DeviceEvent, occasion: Occasion): Outcome {
  const verdict = draft.sendToDevice(deviceId, event, occasion);
  if (typeof verdict !== 'object') return { kind: verdict, subjectId: deviceId };
  return refused(deviceId, event.type, draft.device(deviceId).state, verdict);
}

function toSetting(draft: Draft, verdict: Verdict, event: string): Outcome {
  const { license, setting } = draft.rows;
  if (typeof verdict !== 'object') return { kind: verdict, subjectId: license.id };
  return refused(license.id, event, setting.state, verdict);
}

function toLicense(draft: Draft, verdict: Verdict, event: string): Outcome {
  const { license } = draft.rows;
  if (typeof verdict !== 'object') return { kind: verdict, subjectId: license.id };
  return refused(license.id, event, license.status, verdict);
}

function toTicket(draft: Draft, ticketId: string, type: 'resolve' | 'reopen' | 'close', occasion: Occasion): Outcome {
  const verdict = draft.sendToTicket(ticketId, { type, at: occasion.at }, occasion);
  if (typeof verdict !== 'object') return { kind: verdict, subjectId: ticketId };
  return refused(ticketId, type, draft.ticket(ticketId).status, verdict);
}

/** What client software says of itself; a name that a person gave stays. */
function describe(draft: Draft, deviceId: string, said: CommandOf<'activate'>): void {
  const device = draft.device(deviceId);
  draft.describeDevice(deviceId, {
    name: device.namedByPerson ? device.name : (said.name ?? device.name),
    platform: said.platform ?? device.platform,
    appVersion: said.appVersion ?? device.appVersion,
  });
}

function bornDevice(licenseId: string, id: string, fingerprint: string): DeviceRow {
  return {
    ...newDevice,
    id,
    licenseId,
    fingerprint,
    name: null,
    namedByPerson: false,
    platform: null,
    appVersion: null,
    state: 'inactive',
    checkInCount: 0,
    checkInsSinceRow: 0,
    endedBy: null,
    version: 1,
  };
}

function refused(
  subjectId: string | null,
  event: string,
  state: string | null,
  verdict: Exclude<Verdict, string>,
): Outcome {
  return { kind: 'refused', subjectId, reason: verdict.reason, guard: verdict.guard, event, state };
}

function refusedBy(reason: Reason, subjectId: string, event: string, state: string): Outcome {
  return { kind: 'refused', subjectId, reason, guard: null, event, state };
}
