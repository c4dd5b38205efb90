/** One accepted step of one machine, or a refusal worth a row, as the history will tell it (R11). */
import type { Reason } from '../reasons.js';
import type { Actor } from './rows.js';

export interface Step {
  readonly machine: 'device' | 'remoteDeactivation' | 'license' | 'supportTicket';
  /** The device's or ticket's id; the license's for its own steps and its setting's; null for a device not known. */
  readonly subjectId: string | null;
  readonly event: string;
  /** Null at a birth, and for a device that is not known. */
  readonly from: string | null;
  readonly to: string | null;
  readonly outcome: 'accepted' | 'refused';
  readonly reason: Reason | null;
  /** A person's words. */
  readonly note: string | null;
  /** When it holds: for an expiry the date itself, not when it was noticed. */
  readonly at: number;
  readonly actor: Actor;
  readonly ticketId: string | null;
  /** Connections of the device since its previous step. */
  readonly checkIns: number;
  /** Seat, epoch and deactivation date after the step, where the subject has them. */
  readonly seat: number | null;
  readonly epoch: number | null;
  readonly deactivationDate: number | null;
  /** The license's number of seats after the step, where it is born or its fields change. */
  readonly seats: number | null;
}

/** Events that no machine knows: births, by machine, whose rows begin from null. */
export const birthEvents = { device: 'register', license: 'issue', supportTicket: 'open' } as const;

/** Events that no machine knows: changes of fields, by machine, whose rows leave the state as it is. */
export const fieldEvents = { device: ['rename', 'reseat'], license: ['change', 'replaceKey'] } as const;
