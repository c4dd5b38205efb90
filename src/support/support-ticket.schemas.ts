/** What requests about support tickets say and what they are answered: validation, types and description in one. */
import { z } from 'zod';
import { ticketStatuses, ticketTopics } from '../../machines/index.js';
import { listOf } from '../http/cursor.js';
import * as story from '../http/example.story.js';
import { idOfLicense } from '../http/id.schemas.js';
import { optional, pageQuery, repeated, text, uuid } from '../http/schema.js';
import { problemCodeSchema } from '../problems/problem.schemas.js';

const time = z.string().meta({ format: 'date-time', examples: ['2026-11-24T09:30:00.000Z'] });

/** What is asked for. */
const asked = {
  licenseId: story.licenseId,
  topic: 'deviceDeactivation',
  deviceId: story.workstation.id,
  message: 'The workstation is broken, and we need its seat.',
};

const opened = {
  ...asked,
  id: story.ticketId,
  status: 'open',
  createdAt: story.times.ticketOpened,
  createdBy: { kind: 'member', id: story.olivia.tokenId, name: 'Olivia' },
  version: 1,
};

/** The ticket after support has freed the seat on it and closed it. */
export const closedExample = { ...opened, status: 'closed', version: 3 };

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
  .meta({ id: 'Ticket', description: 'What somebody asks support for, about one license', examples: [opened] });

export const ticketListSchema = listOf(ticketSchema, 'TicketList');

export const ticketTopicSchema = z
  .strictObject({
    topic: z.enum(ticketTopics),
    allowed: z.boolean().meta({ description: 'Whether a ticket of this topic can be opened now, role aside' }),
    reason: problemCodeSchema.nullable(),
    remedy: z.string().nullable().meta({ description: 'What a person can do about it' }),
  })
  .meta({
    id: 'TicketTopic',
    description: 'What a ticket can be about, for one license',
    examples: [
      { topic: 'deviceDeactivation', allowed: true, reason: null, remedy: null },
      {
        topic: 'billing',
        allowed: false,
        reason: 'supportAndUpgradeRequired',
        remedy:
          'Renew Support & Upgrade for this license, or choose the topic device deactivation, which is always open.',
      },
    ],
  });

export const ticketTopicListSchema = z.strictObject({ items: z.array(ticketTopicSchema), nextCursor: z.null() }).meta({
  id: 'TicketTopicList',
  description: 'All topics, whether or not they are open now',
  examples: [{ items: ticketTopicSchema.meta()?.examples, nextCursor: null }],
});

export const newTicketSchema = z
  .strictObject({
    licenseId: uuid,
    topic: z
      .enum(ticketTopics)
      .meta({ description: 'deviceDeactivation is open to everybody; every other topic needs Support & Upgrade' }),
    deviceId: optional(uuid).meta({ description: 'The device that it is about, of the same license' }),
    message: text(2_000).meta({ examples: ['The laptop was stolen.'] }),
  })
  .meta({ id: 'NewTicket', examples: [asked] });

export const ticketChangeSchema = z
  .strictObject({ status: z.enum(ticketStatuses) })
  .meta({ id: 'TicketChange', examples: [{ status: 'closed' }] });

export const ticketsQuery = pageQuery.extend({
  status: repeated(z.enum(ticketStatuses)).meta({
    description: 'Tickets in one of these states only',
    examples: [['open']],
  }),
  licenseId: idOfLicense.optional().meta({ description: 'Tickets about this license only' }),
});

export type TicketTopicList = z.output<typeof ticketTopicListSchema>;
export type Ticket = z.output<typeof ticketSchema>;
export type TicketsQuery = z.output<typeof ticketsQuery>;
export type NewTicket = z.output<typeof newTicketSchema>;
