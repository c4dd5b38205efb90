/** What a dry run from the inspector is asked and answers: types and description in one. */
import { z } from 'zod';
import { machineIds } from '../../machines/index.js';
import { transitionExample, transitionSchema } from '../history/transition.schemas.js';
import * as story from '../http/example.story.js';
import { instant, optional, text, uuid } from '../http/schema.js';
import { problemCodeSchema } from '../problems/problem.schemas.js';
import { falseGuardSchema } from './inspection.schemas.js';

const plainEvents = [
  'activate',
  'checkIn',
  'logOut',
  'enable',
  'disable',
  'suspend',
  'reinstate',
  'revoke',
  'resolve',
  'reopen',
  'close',
] as const;

const onTicket = { ticketId: uuid };

/** What each event takes. */
export const wishSchema = z.discriminatedUnion('event', [
  z.strictObject({ event: z.enum(plainEvents) }),
  z.strictObject({ event: z.literal('remotelyDeactivate'), reason: optional(text(500)) }),
  z.strictObject({ event: z.literal('forceDeactivate'), ...onTicket, reason: text(500) }),
  z.strictObject({ event: z.literal('forceEnable'), ...onTicket }),
  z.strictObject({ event: z.literal('renew'), validUntil: instant.nullable() }),
]);

/** Before it is known which event it is. */
export const dryRunWishSchema = z
  .strictObject({
    event: z.enum([...plainEvents, 'remotelyDeactivate', 'forceDeactivate', 'forceEnable', 'renew']),
    reason: z.string().nullish().meta({ description: 'A person’s words, for a deactivation; forced, they are needed' }),
    ticketId: z.string().nullish().meta({ format: 'uuid', description: 'For what is forced on a ticket' }),
    validUntil: z.string().nullish().meta({ format: 'date-time', description: 'For `renew`; null: without end' }),
  })
  .meta({ id: 'DryRunWish', examples: [{ event: 'remotelyDeactivate', reason: story.reasons.laptop }] });

export const dryRunSchema = z
  .strictObject({
    machine: z.enum(machineIds),
    subjectId: uuid,
    event: z.string().meta({ examples: ['logOut'] }),
    outcome: z.enum(['changed', 'connected', 'unchanged', 'refused']),
    from: z.string().meta({ description: 'The state before', examples: ['active'] }),
    to: z.string().meta({ description: 'The state afterwards', examples: ['loggedOut'] }),
    reason: problemCodeSchema.nullable().meta({ description: 'Why it would be refused' }),
    guard: falseGuardSchema,
    remedy: z.string().nullable().meta({ description: 'What could be done about it' }),
    transitions: z.array(transitionSchema).meta({ description: 'The rows that it would write' }),
  })
  .meta({
    id: 'DryRun',
    description: 'What a command would do now, decided on the real rows; nothing was stored',
    examples: [
      {
        machine: 'device',
        subjectId: story.laptop.id,
        event: 'remotelyDeactivate',
        outcome: 'changed',
        from: 'active',
        to: 'remotelyDeactivated',
        reason: null,
        guard: null,
        remedy: null,
        transitions: [
          {
            ...transitionExample,
            at: story.times.tried,
            recordedAt: story.times.tried,
            requestId: '01a20c9e-8c40-725f-a9e9-bd992e5a4f1f',
          },
        ],
      },
    ],
  });

export type Wish = z.output<typeof wishSchema>;
export type DryRunWish = z.output<typeof dryRunWishSchema>;
export type DryRun = z.output<typeof dryRunSchema>;
