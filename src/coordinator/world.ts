/**
 * What a batch has loaded, and carries from one decision to the next, so that within a batch everything is serial. A
 * license that is only checked in to is not locked: its devices are decided about one by one, and nothing but them is
 * written.
 */
import type { DeviceRow, LicenseRow, Rows, SettingRow, TicketRow } from '../../machines/index.js';
import type { DeviceRecord } from '../devices/device.mapper.js';
import type { LicenseRecord } from '../licenses/license.mapper.js';

/** A token as it stands in the row of its device. */
export interface TokenHashes {
  readonly tokenHash: string | null;
  readonly nextTokenHash: string | null;
}

/** One license in a batch. */
export class LicenseWorld {
  /** As they are now: decisions replace them. */
  rows: Rows;
  private sequence: number;

  constructor(
    readonly record: LicenseRecord,
    readonly loaded: Rows,
  ) {
    this.rows = loaded;
    this.sequence = record.lastSequence;
  }

  get lastSequence(): number {
    return this.sequence;
  }

  /** The next place in the history: from 1 without a gap. */
  nextSequence(): number {
    this.sequence += 1;
    return this.sequence;
  }
}

/** Everything that a batch works on. */
export class World {
  readonly licenses = new Map<string, LicenseRecord>();
  readonly records = new Map<string, DeviceRecord>();
  readonly tickets = new Map<string, TicketRow>();
  /** Licenses that are decided about as a whole. */
  readonly locked = new Map<string, LicenseWorld>();
  /** Devices of other licenses, each on its own. */
  readonly lone = new Map<string, LicenseWorld>();
  /** Tokens as they are now, where they differ from the rows. */
  readonly tokens = new Map<string, TokenHashes>();

  /** The hashes that a token of the device must have now. */
  tokensOf(deviceId: string): TokenHashes {
    return this.tokens.get(deviceId) ?? this.records.get(deviceId) ?? { tokenHash: null, nextTokenHash: null };
  }

  /** Devices whose row differs from what was loaded. */
  changedDevices(): { before: DeviceRecord | undefined; after: DeviceRow; tokens: TokenHashes }[] {
    const changed = [];
    for (const world of [...this.locked.values(), ...this.lone.values()]) {
      for (const [id, after] of world.rows.devices) {
        const before = this.records.get(id);
        if (before?.device === after && !this.tokens.has(id)) continue;
        changed.push({ before, after, tokens: this.tokensOf(id) });
      }
    }
    return changed;
  }

  changedTickets(): TicketRow[] {
    return [...this.locked.values()].flatMap((world) =>
      [...world.rows.tickets.values()].filter((ticket) => this.tickets.get(ticket.id) !== ticket),
    );
  }
}

/** The rows of one device on its own, or of none. `blockingElsewhere` is 0 only if no other device blocks the setting. */
export function loneRows(
  license: LicenseRow,
  setting: SettingRow,
  device: DeviceRow | null,
  blockingElsewhere: number,
): Rows {
  return {
    license,
    setting,
    devices: device === null ? noDevices : new Map([[device.id, device]]),
    tickets: noTickets,
    freeSeats: [],
    elsewhere: { active: blockingElsewhere, blocking: blockingElsewhere },
  };
}

const noDevices: ReadonlyMap<string, DeviceRow> = new Map();
const noTickets: ReadonlyMap<string, TicketRow> = new Map();
