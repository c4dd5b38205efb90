/** What requests about support tickets say and what they are answered: validation, types and description in one. */
import { z } from 'zod';
import { ticketStatuses, ticketTopics } from '../../machines/index.js';
import { listOf } from '../http/cursor.js';
import { optional, pageQuery, repeated, text, uuid } from '../http/schema.js';
import { problemCodeSchema } from '../problems/problem.schemas.js';

const time = z.string().meta({ format: 'date-time', examples: ['2026-11-24T09:30:00.000Z'] });

export const ticketSchema = z
  .strictObject({
    id: uuid,
    licenseId: uuid,
    deviceId: uuid.nullable(),
    topic: z.enum(ticketTopics),
    message: z.string(),
    status: z.enum(ticketStatuses),
    createdAt: time,
    createdBy: z.strictObject({
      kind: z.enum(['member', 'support', 'operator']),
      id: uuid,
      name: z.string().nullable(),
    }),
    version: z.int(),
  })
  .meta({ id: 'Ticket', description: 'What somebody asks support for, about one license' });

export const ticketListSchema = listOf(ticketSchema, 'TicketList');

export const ticketTopicSchema = z
  .strictObject({
    topic: z.enum(ticketTopics),
    allowed: z.boolean().meta({ description: 'Whether a ticket of this topic can be opened now, role aside' }),
    reason: problemCodeSchema.nullable(),
    remedy: z.string().nullable().meta({ description: 'What a person can do about it' }),
  })
  .meta({ id: 'TicketTopic', description: 'What a ticket can be about, for one license' });

export const ticketTopicListSchema = z
  .strictObject({ items: z.array(ticketTopicSchema), nextCursor: z.null() })
  .meta({ id: 'TicketTopicList' });

export const newTicketSchema = z
  .strictObject({
    licenseId: uuid,
    topic: z
      .enum(ticketTopics)
      .meta({ description: 'deviceDeactivation is open to everybody; every other topic needs Support & Upgrade' }),
    deviceId: optional(uuid).meta({ description: 'The device that it is about, of the same license' }),
    message: text(2_000).meta({ examples: ['The laptop was stolen.'] }),
  })
  .meta({ id: 'NewTicket' });

export const ticketChangeSchema = z
  .strictObject({ status: z.enum(ticketStatuses) })
  .meta({ id: 'TicketChange', examples: [{ status: 'closed' }] });

export const ticketsQuery = pageQuery.extend({
  status: repeated(z.enum(ticketStatuses)).meta({ description: 'Tickets in one of these states only' }),
  licenseId: uuid.optional().meta({ description: 'Tickets about this license only' }),
});

export type TicketTopicList = z.output<typeof ticketTopicListSchema>;
export type Ticket = z.output<typeof ticketSchema>;
export type TicketsQuery = z.output<typeof ticketsQuery>;
export type NewTicket = z.output<typeof newTicketSchema>;
