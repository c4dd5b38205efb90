/**
 * Rows on their way from before a decision to after it. Every change of a subject goes through its machine here and
 * leaves a step; what follows between machines (a device left, a seat is free) follows here too.
 */
import { decideDevice, deviceSnapshot } from '../device/device.decide.js';
import type { DeviceEvent } from '../device/device.events.js';
import type { Refusal } from '../decision.js';
import { decideLicense, licenseSnapshot } from '../license/license.decide.js';
import type { LicenseEvent } from '../license/license.events.js';
import {
  decideRemoteDeactivation,
  remoteDeactivationSnapshot,
} from '../remote-deactivation/remote-deactivation.decide.js';
import type { RemoteDeactivationEvent } from '../remote-deactivation/remote-deactivation.events.js';
import { decideSupportTicket, supportTicketSnapshot } from '../support-ticket/support-ticket.decide.js';
import type { SupportTicketEvent } from '../support-ticket/support-ticket.events.js';
import type { Actor, DeviceRow, Ending, LicenseRow, Rows, SettingRow, TicketRow } from './rows.js';
import type { Step } from './step.js';

/** The actor of what happens by the passing of time. */
export const expiry: Actor = { kind: 'expiry', id: null, name: 'Expiry' };
/** The actor of what follows from something else. */
export const system: Actor = { kind: 'system', id: null, name: 'Seatkeeper' };

/** Who, when, and in whose words. */
export interface Occasion {
  readonly actor: Actor;
  readonly at: number;
  readonly note?: string | null;
  readonly ticketId?: string | null;
}

/** What a machine said; the draft has taken the next snapshot over already. */
export type Verdict = 'changed' | 'connected' | 'unchanged' | Refusal;

export class Draft {
  private license: LicenseRow;
  private setting: SettingRow;
  private devices: ReadonlyMap<string, DeviceRow>;
  private tickets: ReadonlyMap<string, TicketRow>;
  private freeSeats: readonly number[];
  private elsewhere: Rows['elsewhere'];
  /** Copies made at the first change, so that the rows from before stay as they were. */
  private ownDevices: Map<string, DeviceRow> | undefined;
  private ownTickets: Map<string, TicketRow> | undefined;
  readonly steps: Step[] = [];

  constructor(private readonly before: Rows) {
    ({
      license: this.license,
      setting: this.setting,
      devices: this.devices,
      tickets: this.tickets,
      freeSeats: this.freeSeats,
      elsewhere: this.elsewhere,
    } = before);
  }

  /** The rows as they are now. */
  get rows(): Rows {
    const { license, setting, devices, tickets, freeSeats, elsewhere } = this;
    const same = this.before;
    if (
      license === same.license &&
      setting === same.setting &&
      devices === same.devices &&
      tickets === same.tickets &&
      freeSeats === same.freeSeats
    ) {
      return same;
    }
    return { license, setting, devices, tickets, freeSeats, elsewhere };
  }

  /** The device, which must be among the rows. */
  device(id: string): DeviceRow {
    return present(this.devices.get(id), `device ${id}`);
  }

  /** The ticket, which must be among the rows. */
  ticket(id: string): TicketRow {
    return present(this.tickets.get(id), `ticket ${id}`);
  }

  deviceOf(fingerprint: string): DeviceRow | undefined {
    for (const device of this.devices.values()) if (device.fingerprint === fingerprint) return device;
    return undefined;
  }

  lowestFreeSeat(): number | null {
    return this.freeSeats[0] ?? null;
  }

  activeDevices(): number {
    return this.elsewhere.active + this.countDevices((device) => device.state === 'active');
  }

  /** R6: active devices that activated before the present enabling. */
  blockingDevices(): number {
    const { epoch } = this.setting;
    return this.elsewhere.blocking + this.countDevices((device) => device.state === 'active' && device.epoch !== epoch);
  }

  addDevice(device: DeviceRow, event: string, occasion: Occasion): void {
    this.putDevice(device);
    this.steps.push({ ...deviceStep(device, event, occasion), from: null, to: device.state });
  }

  addTicket(ticket: TicketRow, event: string, occasion: Occasion): void {
    this.putTicket(ticket);
    this.steps.push({ ...ticketStep(ticket, event, occasion), from: null, to: ticket.status });
  }

  /** Puts an event to a device and takes over what its machine says, seats and setting included. */
  sendToDevice(id: string, event: DeviceEvent, occasion: Occasion): Verdict {
    const device = this.device(id);
    const decision = decideDevice(deviceSnapshot(device.state, device), event);
    if (decision.outcome === 'refused') return decision;
    if (decision.outcome === 'unchanged') return 'unchanged';
    const context = decision.snapshot.context;
    const facts = {
      seat: context.seat,
      epoch: context.epoch,
      activatedAt: context.activatedAt,
      lastSeenAt: context.lastSeenAt,
      deactivationDate: context.deactivationDate,
      leaseExpiresAt: context.leaseExpiresAt,
    };
    if (decision.outcome === 'connected') {
      this.putDevice({
        ...device,
        ...facts,
        checkInCount: device.checkInCount + 1,
        checkInsSinceRow: device.checkInsSinceRow + 1,
      });
      return 'connected';
    }
    const state = decision.snapshot.value;
    const changed: DeviceRow = {
      ...device,
      ...facts,
      state,
      checkInsSinceRow: 0,
      endedBy: state === 'active' ? null : endingOf(occasion),
      version: device.version + 1,
    };
    this.putDevice(changed);
    this.steps.push({
      ...deviceStep(changed, event.type, occasion),
      from: device.state,
      to: state,
      checkIns: device.checkInsSinceRow,
    });
    if (state === 'active') this.takeSeat(changed);
    else if (device.state === 'active') this.deviceLeft(device, occasion.at);
    return 'changed';
  }

  /** Changes fields of a device that are not its machine's, without a step. */
  describeDevice(
    id: string,
    fields: Partial<Pick<DeviceRow, 'name' | 'namedByPerson' | 'platform' | 'appVersion'>>,
  ): void {
    const device = this.device(id);
    const renamed = fields.name !== undefined && fields.name !== device.name;
    this.putDevice({ ...device, ...fields, version: device.version + (renamed ? 1 : 0) });
  }

  renameDevice(id: string, name: string, occasion: Occasion): void {
    this.describeDevice(id, { name, namedByPerson: true });
    const device = this.device(id);
    this.putDevice({ ...device, checkInsSinceRow: 0 });
    this.steps.push({ ...deviceStep(device, 'rename', occasion), checkIns: device.checkInsSinceRow });
  }

  /** Moves an active device to the lowest free seat. */
  reseatDevice(id: string, occasion: Occasion): void {
    const device = this.device(id);
    const seat = present(this.lowestFreeSeat(), 'a free seat');
    const moved = { ...device, seat, checkInsSinceRow: 0 };
    this.putDevice(moved);
    this.freeSeats = this.freeSeats.slice(1);
    this.steps.push({ ...deviceStep(moved, 'reseat', occasion), checkIns: device.checkInsSinceRow });
  }

  sendToSetting(event: RemoteDeactivationEvent, occasion: Occasion): Verdict {
    const before = this.setting;
    const decision = decideRemoteDeactivation(remoteDeactivationSnapshot(before.state, before), event);
    if (decision.outcome === 'refused') return decision;
    if (decision.outcome === 'unchanged') return 'unchanged';
    const state = decision.snapshot.value;
    const { epoch } = decision.snapshot.context;
    this.setting = { state, epoch };
    // A new epoch is nobody's yet: every device active elsewhere blocks it.
    if (epoch !== before.epoch) this.elsewhere = { ...this.elsewhere, blocking: this.elsewhere.active };
    this.steps.push({
      ...blankStep('remoteDeactivation', this.license.id, event.type, occasion),
      from: before.state,
      to: state,
      epoch,
    });
    return 'changed';
  }

  sendToLicense(event: LicenseEvent, occasion: Occasion): Verdict {
    const before = this.license;
    const decision = decideLicense(licenseSnapshot(before.status, before), event);
    if (decision.outcome === 'refused') return decision;
    if (decision.outcome === 'unchanged') return 'unchanged';
    const status = decision.snapshot.value;
    const { validUntil } = decision.snapshot.context;
    if (status === before.status && validUntil === before.validUntil) return 'unchanged';
    this.license = { ...before, status, validUntil, version: before.version + 1 };
    this.steps.push({
      ...blankStep('license', before.id, event.type, occasion),
      from: before.status,
      to: status,
    });
    return 'changed';
  }

  /** Changes fields of the license that are not its machine's. */
  changeLicense(fields: Partial<LicenseRow>, event: string, occasion: Occasion): void {
    const before = this.license;
    this.license = { ...before, ...fields, version: before.version + 1 };
    const added = this.license.seats - before.seats;
    if (added > 0) {
      this.freeSeats = [...this.freeSeats, ...Array.from({ length: added }, (_, index) => before.seats + 1 + index)];
    } else if (added < 0) {
      this.freeSeats = this.freeSeats.filter((seat) => seat <= this.license.seats);
    }
    this.steps.push({
      ...blankStep('license', before.id, event, occasion),
      from: before.status,
      to: before.status,
      seats: this.license.seats,
    });
  }

  sendToTicket(id: string, event: SupportTicketEvent, occasion: Occasion): Verdict {
    const ticket = this.ticket(id);
    const decision = decideSupportTicket(supportTicketSnapshot(ticket.status, {}), event);
    if (decision.outcome === 'refused') return decision;
    if (decision.outcome === 'unchanged') return 'unchanged';
    const status = decision.snapshot.value;
    this.putTicket({ ...ticket, status, version: ticket.version + 1 });
    this.steps.push({ ...ticketStep(ticket, event.type, occasion), from: ticket.status, to: status });
    return 'changed';
  }

  /** R6: when the last blocking device leaves, the setting becomes enabled in the same transaction. */
  private deviceLeft(left: DeviceRow, at: number): void {
    if (left.seat !== null) this.freeSeat(left.seat);
    if (this.setting.state !== 'enabling' || left.epoch === this.setting.epoch) return;
    this.sendToSetting({ type: 'blockingDeviceLeft', at, remaining: this.blockingDevices() }, { actor: system, at });
  }

  private takeSeat(device: DeviceRow): void {
    this.freeSeats = this.freeSeats.filter((seat) => seat !== device.seat);
  }

  private freeSeat(seat: number): void {
    if (seat > this.license.seats) return;
    const higher = this.freeSeats.findIndex((other) => other > seat);
    const at = higher === -1 ? this.freeSeats.length : higher;
    this.freeSeats = [...this.freeSeats.slice(0, at), seat, ...this.freeSeats.slice(at)];
  }

  private countDevices(condition: (device: DeviceRow) => boolean): number {
    let count = 0;
    for (const device of this.devices.values()) if (condition(device)) count += 1;
    return count;
  }

  private putDevice(device: DeviceRow): void {
    this.ownDevices ??= new Map(this.devices);
    this.devices = this.ownDevices.set(device.id, device);
  }

  private putTicket(ticket: TicketRow): void {
    this.ownTickets ??= new Map(this.tickets);
    this.tickets = this.ownTickets.set(ticket.id, ticket);
  }
}

function endingOf({ actor, at, note }: Occasion): Ending {
  if (actor.kind === 'licenseKey' || actor.kind === 'system') throw new Error(`${actor.kind} ends no activation`);
  return { kind: actor.kind, at, reason: note ?? null };
}

/** A step with nothing but its occasion. */
export function blankStep(machine: Step['machine'], subjectId: string | null, event: string, occasion: Occasion): Step {
  return {
    machine,
    subjectId,
    event,
    from: null,
    to: null,
    outcome: 'accepted',
    reason: null,
    note: occasion.note ?? null,
    at: occasion.at,
    actor: occasion.actor,
    ticketId: occasion.ticketId ?? null,
    checkIns: 0,
    seat: null,
    epoch: null,
    deactivationDate: null,
    seats: null,
  };
}

function deviceStep(device: DeviceRow, event: string, occasion: Occasion): Step {
  return {
    ...blankStep('device', device.id, event, occasion),
    from: device.state,
    to: device.state,
    seat: device.seat,
    epoch: device.epoch,
    deactivationDate: device.deactivationDate,
  };
}

function ticketStep(ticket: TicketRow, event: string, occasion: Occasion): Step {
  return { ...blankStep('supportTicket', ticket.id, event, occasion), ticketId: ticket.id };
}

/** The step that tells of a refused activation (R11); the device may be unknown. */
export function refusedStep(device: DeviceRow | undefined, event: string, refused: Refusal, occasion: Occasion): Step {
  const step = device === undefined ? blankStep('device', null, event, occasion) : deviceStep(device, event, occasion);
  return { ...step, outcome: 'refused', reason: refused.reason };
}

function present<Value>(value: Value | null | undefined, what: string): Value {
  if (value === undefined || value === null) throw new Error(`${what} is not among the rows of this decision`);
  return value;
}
