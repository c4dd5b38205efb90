/** What is answered about one subject, now or at a moment of its past: types and description in one. */
import { z } from 'zod';
import { guards, type GuardName, machineIds } from '../../machines/index.js';
import { transitionSchema } from '../history/transition.schemas.js';
import { uuid } from '../http/schema.js';
import { problemCodeSchema } from '../problems/problem.schemas.js';

const time = z.string().meta({ format: 'date-time', examples: ['2026-11-24T09:30:00.000Z'] });
const epoch = z.int().min(0);

/** The guard that is false, in words. */
export const falseGuardSchema = z
  .strictObject({ name: z.enum(Object.keys(guards) as [GuardName, ...GuardName[]]), description: z.string() })
  .nullable()
  .meta({ description: 'The first guard that does not hold; null where the state does not know the event' });

const prospectSchema = z
  .strictObject({
    event: z.string().meta({ examples: ['logOut'] }),
    isCommand: z.boolean().meta({ description: 'Whether somebody asks for it; else time or another change brings it' }),
    outcome: z.enum(['changed', 'connected', 'unchanged', 'refused']),
    to: z.string().meta({ description: 'The state afterwards', examples: ['loggedOut'] }),
    reason: problemCodeSchema.nullable().meta({ description: 'Why it would be refused' }),
    guard: falseGuardSchema,
    remedy: z.string().nullable().meta({ description: 'What could be done about it' }),
  })
  .meta({ description: 'What an event would do now, roles and tickets aside' });

export const inspectionSchema = z
  .strictObject({
    machine: z.enum(machineIds),
    subjectId: uuid,
    licenseId: uuid,
    name: z.string().meta({ description: 'The device’s name or fingerprint, the product, or the ticket’s topic' }),
    isPresent: z.boolean().meta({ description: 'Whether this is now; else what held after the row `sequence`' }),
    sequence: z.int().min(0).meta({ description: 'How far the history of the license had come' }),
    at: time.meta({ description: 'Now, or when that row holds' }),
    state: z
      .string()
      .nullable()
      .meta({ description: 'Null before its birth', examples: ['active'] }),
    device: z
      .strictObject({ seat: z.int().nullable(), epoch: epoch.nullable(), deactivationDate: time.nullable() })
      .nullable()
      .meta({ description: 'Of a device; in the past as they were recorded with its last row' }),
    setting: z.strictObject({ state: z.string(), epoch }).nullable().meta({
      description: 'Remote deactivation; null in the past of a license whose history does not tell it',
    }),
    license: z.strictObject({
      status: z.string().nullable().meta({ description: 'Null where the history does not tell it' }),
      seats: z.int().nullable().meta({ description: 'Null where the history does not tell it' }),
    }),
    transition: transitionSchema.nullable().meta({ description: 'The last one that it took' }),
    prospects: z
      .array(prospectSchema)
      .nullable()
      .meta({ description: 'Each event of its machine; null in the past, of which nobody knows the facts' }),
  })
  .meta({ id: 'Inspection', description: 'One device, setting, license or ticket in its statechart' });

export const inspectionQuery = z.strictObject({
  sequence: z.coerce
    .number()
    .int()
    .min(1)
    .max(Number.MAX_SAFE_INTEGER)
    .optional()
    .meta({ description: 'A row of the license’s history: what held right after it; now where left out' }),
});

export type Inspection = z.output<typeof inspectionSchema>;
