/**
 * What the sandbox is asked and answers. Facts that are left out are those of an ordinary case: a license that works, with a free seat,
 * an option that is on, and a person who asks. Times are RFC 3339, as everywhere.
 */
import { z } from 'zod';
import {
  type ClientSessionEvent,
  clientSessionEvents,
  clientSessionStates,
  deviceStates,
  guards,
  licenseStatuses,
  anyMachineIds,
  remoteDeactivationStates,
  ticketStatuses,
} from '../../machines/index.js';
import * as story from '../http/example.story.js';
import { duration, instant } from '../http/schema.js';
import { problemCodeSchema } from '../problems/problem.schemas.js';

const count = z.int().min(0).max(100_000);
const seat = z.int().min(1).max(100_000);
const at = instant.optional().meta({ description: 'When it happens; now where left out' });
const when = instant.nullable();
const epoch = count.nullable();

const license = {
  at,
  licenseStatus: z.enum(licenseStatuses).default('active'),
  checkInPeriod: duration('PT1S', 'P366D', 'second').prefault('P30D'),
  validUntil: when.prefault(null),
};

/** What happens to client software, and brings nothing but its name. */
const factless = (Object.keys(clientSessionEvents) as ClientSessionEvent['type'][]).filter(
  (type) => type !== 'activate',
);

/** The facts of an event, as they are written. */
export const factsSchema = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]));
export type Facts = z.output<typeof factsSchema>;

/** What can be imagined of each machine: its state, its context, and what is said to it. */
export const imaginedSchemas = {
  device: z.strictObject({
    state: z.enum(deviceStates),
    context: z
      .strictObject({
        seat: seat.nullable(),
        epoch,
        activatedAt: when,
        lastSeenAt: when,
        deactivationDate: when,
        leaseExpiresAt: when,
      })
      .partial()
      .optional(),
    event: z.discriminatedUnion('type', [
      z.strictObject({
        type: z.literal('activate'),
        ...license,
        freeSeat: seat.nullable().default(1),
        epoch: epoch.default(1),
      }),
      z.strictObject({ type: z.literal('checkIn'), ...license }),
      z.strictObject({ type: z.literal('logOut'), at }),
      z.strictObject({ type: z.literal('expire'), at }),
      z.strictObject({
        type: z.literal('remotelyDeactivate'),
        at,
        setting: z.enum(remoteDeactivationStates).default('enabled'),
        epoch: count.default(1),
      }),
      z.strictObject({ type: z.literal('forceDeactivate'), at, ticketId: z.string().default('') }),
    ]),
  }),
  remoteDeactivation: z.strictObject({
    state: z.enum(remoteDeactivationStates),
    context: z.strictObject({ epoch: count }).optional(),
    event: z.discriminatedUnion('type', [
      z.strictObject({ type: z.literal('enable'), at, activeDevices: count.default(0) }),
      z.strictObject({ type: z.literal('blockingDeviceLeft'), at, remaining: count.default(0) }),
      z.strictObject({ type: z.literal('disable'), at }),
      z.strictObject({ type: z.literal('forceEnable'), at, ticketId: z.string().default('') }),
    ]),
  }),
  license: z.strictObject({
    state: z.enum(licenseStatuses),
    context: z.strictObject({ validUntil: when }).optional(),
    event: z.discriminatedUnion('type', [
      z.strictObject({ type: z.literal('suspend'), at }),
      z.strictObject({ type: z.literal('reinstate'), at }),
      z.strictObject({ type: z.literal('expire'), at }),
      z.strictObject({ type: z.literal('renew'), at, validUntil: when.prefault(null) }),
      z.strictObject({ type: z.literal('revoke'), at }),
    ]),
  }),
  supportTicket: z.strictObject({
    state: z.enum(ticketStatuses),
    context: z.strictObject({}).optional(),
    event: z.discriminatedUnion('type', [
      z.strictObject({ type: z.literal('resolve'), at }),
      z.strictObject({ type: z.literal('reopen'), at }),
      z.strictObject({ type: z.literal('close'), at }),
    ]),
  }),
  clientSession: z.strictObject({
    state: z.enum(clientSessionStates),
    context: z.strictObject({}).optional(),
    event: z.discriminatedUnion('type', [
      z.strictObject({ type: z.literal('activate'), byPerson: z.boolean().default(true) }),
      z.strictObject({ type: z.enum(factless) }),
    ]),
  }),
} as const;

/** Before it is known about which machine it is. */
export const imaginedSchema = z
  .strictObject({
    state: z.string().meta({ examples: ['active'] }),
    context: z
      .record(z.string(), z.unknown())
      .optional()
      .meta({ description: 'What the machine remembers besides; an ordinary one where left out' }),
    event: z
      .looseObject({ type: z.string().meta({ examples: ['remotelyDeactivate'] }) })
      .meta({ description: 'The event, with the facts that it brings; ordinary ones where left out' }),
  })
  .meta({
    id: 'Imagined',
    examples: [{ state: 'active', event: { type: 'remotelyDeactivate', setting: 'disabled' } }],
  });

export const imaginationSchema = z
  .strictObject({
    machine: z.enum(anyMachineIds),
    from: z.string().meta({ examples: ['active'] }),
    event: z.string().meta({ examples: ['remotelyDeactivate'] }),
    outcome: z.enum(['changed', 'connected', 'unchanged', 'refused']),
    to: z.string().meta({ description: 'The state afterwards', examples: ['active'] }),
    context: factsSchema.meta({ description: 'What the machine remembers afterwards' }),
    reason: problemCodeSchema.nullable().meta({ description: 'Why not' }),
    guard: z.strictObject({ name: z.string(), description: z.string() }).nullable().meta({
      description: 'The guard that refuses; null where the state does not know the event, or nothing refuses',
    }),
    remedy: z.string().nullable().meta({ description: 'What a person could do about it' }),
  })
  .meta({
    id: 'Imagination',
    description: 'What a machine would do',
    examples: [
      {
        machine: 'device',
        from: 'active',
        event: 'remotelyDeactivate',
        outcome: 'refused',
        to: 'active',
        context: {
          seat: 1,
          epoch: 1,
          activatedAt: story.times.tried,
          lastSeenAt: story.times.tried,
          deactivationDate: '2026-12-24T08:14:06.914Z',
          leaseExpiresAt: '2026-12-24T08:14:06.914Z',
        },
        reason: 'remoteDeactivationDisabled',
        guard: {
          name: 'remoteDeactivationIsNotDisabled',
          description: guards.remoteDeactivationIsNotDisabled.description,
        },
        remedy: 'Enable remote deactivation for this license, or open a support ticket about device deactivation.',
      },
    ],
  });

export type Imagination = z.output<typeof imaginationSchema>;
