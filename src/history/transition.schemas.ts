/** A row of the history as it is shown: type and description in one. */
import { z } from 'zod';
import { listOf } from '../http/cursor.js';
import * as story from '../http/example.story.js';
import { uuid } from '../http/schema.js';
import { problemCodeSchema } from '../problems/problem.schemas.js';

const time = z.string().meta({ format: 'date-time', examples: ['2026-11-24T09:30:00.000Z'] });

/** Who does things. */
export const actorKinds = ['device', 'licenseKey', 'member', 'support', 'operator', 'expiry', 'system'] as const;

/** How a step ended. */
export const outcomes = ['accepted', 'refused'] as const;

/** The row that tells how the owner freed the seat of the laptop. */
export const transitionExample = {
  sequence: 7,
  at: story.times.laptopDeactivated,
  recordedAt: story.times.laptopDeactivated,
  machine: 'device',
  subjectId: story.laptop.id,
  licenseId: story.licenseId,
  event: 'remotelyDeactivate',
  from: 'active',
  to: 'remotelyDeactivated',
  outcome: 'accepted',
  reason: null,
  note: story.reasons.laptop,
  count: 1,
  checkIns: 0,
  actor: { kind: 'member', id: story.olivia.tokenId, name: 'Olivia' },
  ticketId: null,
  requestId: '01a20c9e-8d0b-7ac2-9e37-5b80f1c4d69a',
};

export const transitionSchema = z
  .strictObject({
    sequence: z.int().min(1).meta({ description: 'The place in the history of the license: from 1 without a gap' }),
    at: time.meta({ description: 'When it holds: for an expiry the date itself, not when it was noticed' }),
    recordedAt: time.meta({ description: 'When it was written' }),
    machine: z.enum(['device', 'remoteDeactivation', 'license', 'supportTicket']),
    subjectId: uuid
      .nullable()
      .meta({ description: 'The device or ticket; the license for its own rows and its setting’s; null if not known' }),
    licenseId: uuid,
    event: z.string().meta({ examples: ['logOut'] }),
    from: z
      .string()
      .nullable()
      .meta({ description: 'The state before; null at a birth', examples: ['active'] }),
    to: z
      .string()
      .nullable()
      .meta({ description: 'The state after', examples: ['loggedOut'] }),
    outcome: z.enum(outcomes),
    reason: problemCodeSchema.nullable().meta({ description: 'Why it was refused' }),
    note: z.string().nullable().meta({ description: 'A person’s words' }),
    count: z.int().min(1).meta({ description: 'How many identical refusals the row stands for; else 1' }),
    checkIns: z
      .int()
      .min(0)
      .meta({ description: 'The check-ins of the device since its previous accepted row; 0 in a refused one' }),
    actor: z.strictObject({
      kind: z.enum(actorKinds),
      id: uuid.nullable(),
      name: z.string().nullable(),
    }),
    ticketId: uuid.nullable(),
    requestId: uuid.nullable().meta({ description: 'The x-request-id of the answer; null for what time did' }),
  })
  .meta({
    id: 'Transition',
    description: 'One accepted step of one machine, or a refused activation',
    examples: [transitionExample],
  });

export const transitionListSchema = listOf(transitionSchema, 'TransitionList');

export type Transition = z.output<typeof transitionSchema>;

/** A row of a license's history, as a query names it. */
export const askedSequence = z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER);
