/** Whether a license works. It knows nothing of seats: those are rules between machines (`machines/system`). */
import { assign, setup } from 'xstate';
import type { StateMeta } from '../decision.js';
import type { LicenseEvent } from './license.events.js';

export interface LicenseContext {
  /** When the validity ends; null for without end. */
  validUntil: number | null;
}

/** Whether something that lasts until `until` has ended: at `now >= until`; null lasts without end. */
export function hasEnded(until: number | null, now: number): boolean {
  return until !== null && now >= until;
}

export const licenseMachine = setup({
  types: {
    context: {} as LicenseContext,
    events: {} as LicenseEvent,
    meta: {} as StateMeta,
    input: {} as LicenseContext | undefined,
  },
  guards: {
    validityHasEnded: ({ context, event }) => hasEnded(context.validUntil, event.at),
  },
  actions: {
    setValidity: assign(({ event }) => (event.type === 'renew' ? { validUntil: event.validUntil } : {})),
  },
}).createMachine({
  id: 'license',
  description: 'The right to run a product on a number of seats at the same time.',
  context: ({ input }) => input ?? { validUntil: null },
  initial: 'active',
  states: {
    active: {
      description: 'Devices can activate and check in.',
      meta: { refusal: 'eventNotAllowed' },
      on: {
        suspend: { description: 'No device can activate or check in.', target: 'suspended' },
        reinstate: { description: 'It works already.' },
        expire: { description: 'The validity is over.', guard: 'validityHasEnded', target: 'expired' },
        renew: { description: 'The validity has a new end.', actions: ['setValidity'] },
        revoke: { description: 'Ended for good.', target: 'revoked' },
      },
    },
    suspended: {
      description: 'Stopped by the vendor; devices keep their seats and can log out.',
      meta: { refusal: 'eventNotAllowed' },
      on: {
        suspend: { description: 'It is suspended already.' },
        reinstate: [
          { description: 'The validity ended meanwhile.', guard: 'validityHasEnded', target: 'expired' },
          { description: 'It works again.', target: 'active' },
        ],
        renew: { description: 'The validity has a new end; it stays suspended.', actions: ['setValidity'] },
        revoke: { description: 'Ended for good.', target: 'revoked' },
      },
    },
    expired: {
      description: 'Its validity has ended; a renewal brings it back.',
      meta: { refusal: 'eventNotAllowed' },
      on: {
        expire: { description: 'It has expired already.' },
        renew: { description: 'It works again.', target: 'active', actions: ['setValidity'] },
        revoke: { description: 'Ended for good.', target: 'revoked' },
      },
    },
    revoked: {
      description: 'Ended by the vendor for good.',
      meta: { refusal: 'eventNotAllowed' },
      type: 'final',
      on: {
        revoke: { description: 'It is revoked already.' },
      },
    },
  },
});
