/** What can happen to a support ticket. */

/** The states of a ticket. */
export const ticketStatuses = ['open', 'resolved', 'closed'] as const;
export type TicketStatus = (typeof ticketStatuses)[number];

/** What a ticket can be about. Only `deviceDeactivation` is open to everybody (R9). */
export const ticketTopics = ['deviceDeactivation', 'billing', 'technical', 'other'] as const;
export type TicketTopic = (typeof ticketTopics)[number];

export type SupportTicketEvent =
  { type: 'resolve'; at: number } | { type: 'reopen'; at: number } | { type: 'close'; at: number };

export const supportTicketEvents = {
  resolve: 'Support did what the ticket asks for.',
  reopen: 'It was not solved after all.',
  close: 'Nothing more is to be done, or its author takes it back.',
} as const satisfies Record<SupportTicketEvent['type'], string>;
