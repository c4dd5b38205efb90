/** What is answered about one subject, now or at a moment of its past: types and description in one. */
import { z } from 'zod';
import { guards, type GuardName, machineIds } from '../../machines/index.js';
import { askedSequence, transitionExample, transitionSchema } from '../history/transition.schemas.js';
import * as story from '../http/example.story.js';
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

const prospect = { event: '', isCommand: true, outcome: 'changed', to: '', reason: null, guard: null, remedy: null };

/** The laptop before its owner frees its seat. */
const inspectionExample = {
  machine: 'device',
  subjectId: story.laptop.id,
  licenseId: story.licenseId,
  name: story.laptop.name,
  isPresent: true,
  sequence: 6,
  at: story.times.tried,
  state: 'active',
  device: { seat: 2, epoch: 1, deactivationDate: story.dates.laptop },
  setting: { state: 'enabled', epoch: 1 },
  license: { status: 'active', seats: 2 },
  transition: {
    ...transitionExample,
    sequence: 5,
    at: story.times.laptopActivated,
    recordedAt: story.times.laptopActivated,
    event: 'activate',
    from: 'inactive',
    to: 'active',
    note: null,
    actor: { kind: 'licenseKey', id: null, name: story.keyHint },
    requestId: '01a20c9e-8847-7d19-8c60-2f9b4e17a35d',
  },
  prospects: [
    { ...prospect, event: 'activate', outcome: 'connected', to: 'active' },
    { ...prospect, event: 'checkIn', outcome: 'connected', to: 'active' },
    { ...prospect, event: 'logOut', to: 'loggedOut' },
    {
      ...prospect,
      event: 'expire',
      isCommand: false,
      outcome: 'refused',
      to: 'active',
      reason: 'eventNotAllowed',
      guard: { name: 'isOverdue', description: guards.isOverdue.description },
      remedy: 'Look at its present state: what was asked for cannot be done from there.',
    },
    { ...prospect, event: 'remotelyDeactivate', to: 'remotelyDeactivated' },
    { ...prospect, event: 'forceDeactivate', to: 'remotelyDeactivated' },
  ],
};

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
  .meta({
    id: 'Inspection',
    description: 'One device, setting, license or ticket in its statechart',
    examples: [inspectionExample],
  });

export const inspectionQuery = z.strictObject({
  sequence: askedSequence.optional().meta({
    description: 'A row of the license’s history: what held right after it; now where left out',
    examples: [5],
  }),
});

export type Inspection = z.output<typeof inspectionSchema>;
