/** The table of the support ticket, cell by cell, from a copy written by hand (R9, R12). */
import {
  decideSupportTicket,
  type SupportTicketEvent,
  supportTicketSnapshot,
  type TicketStatus,
  ticketStatuses,
} from '../../machines/index.js';
import { type Saying, saying } from './cell.js';

const at = 1_800_000_000_000;

const table: Record<SupportTicketEvent['type'], Record<TicketStatus, Saying>> = {
  resolve: { open: '→ resolved', resolved: '=', closed: '– eventNotAllowed' },
  reopen: { open: '=', resolved: '→ open', closed: '– eventNotAllowed' },
  close: { open: '→ closed', resolved: '→ closed', closed: '=' },
};

describe.each(Object.keys(table) as SupportTicketEvent['type'][])('%s', (type) => {
  it.each([...ticketStatuses])('says of a ticket that is %s what the table says', (status) => {
    const snapshot = supportTicketSnapshot(status, {});
    const decision = decideSupportTicket(snapshot, { type, at });
    expect(saying(decision)).toBe(table[type][status]);
    if (decision.outcome === 'unchanged') expect(decision.snapshot).toBe(snapshot);
  });
});

describe('a ticket', () => {
  it('is refused an event that no state declares', () => {
    const unheardOf = { type: 'escalate', at } as unknown as SupportTicketEvent;
    for (const status of ticketStatuses) {
      expect(saying(decideSupportTicket(supportTicketSnapshot(status, {}), unheardOf))).toBe('– eventNotAllowed');
    }
  });

  it('cannot be read from a row with a status that does not exist', () => {
    expect(() => supportTicketSnapshot('lost', {})).toThrow(/lost/);
  });
});
