/** The life of a support ticket (R9). What is done on a ticket is a rule between machines (`machines/system`). */
import { setup } from 'xstate';
import type { StateMeta } from '../decision.js';
import type { SupportTicketEvent } from './support-ticket.events.js';

export const supportTicketMachine = setup({
  types: {
    events: {} as SupportTicketEvent,
    meta: {} as StateMeta,
  },
}).createMachine({
  id: 'supportTicket',
  description: 'What an owner asks support for.',
  initial: 'open',
  states: {
    open: {
      description: 'Waits for a support agent.',
      meta: { refusal: 'eventNotAllowed' },
      on: {
        resolve: { description: 'Done.', target: 'resolved' },
        reopen: { description: 'It is open already.' },
        close: { description: 'Over.', target: 'closed' },
      },
    },
    resolved: {
      description: 'Done; it still serves further devices until it is closed.',
      meta: { refusal: 'eventNotAllowed' },
      on: {
        resolve: { description: 'It is resolved already.' },
        reopen: { description: 'Back to work.', target: 'open' },
        close: { description: 'Over.', target: 'closed' },
      },
    },
    closed: {
      description: 'Over for good; nothing can be done on it.',
      meta: { refusal: 'eventNotAllowed' },
      type: 'final',
      on: {
        close: { description: 'It is closed already.' },
      },
    },
  },
});
