/** What requests about devices say and what they are answered: validation, types and description in one. */
import { z } from 'zod';
import { deviceStates } from '../../machines/index.js';
import { transitionSchema } from '../history/transition.schemas.js';
import { listOf } from '../http/cursor.js';
import { fingerprint, optional, pageQuery, repeated, text, uuid } from '../http/schema.js';
import { problemCodeSchema } from '../problems/problem.schemas.js';

const time = z.string().meta({ format: 'date-time', examples: ['2026-11-24T09:30:00.000Z'] });

export const deviceSchema = z
  .strictObject({
    id: uuid,
    licenseId: uuid,
    fingerprint,
    name: z.string().nullable().meta({ description: 'Null where nobody gave one' }),
    platform: z.string().nullable(),
    appVersion: z.string().nullable(),
    state: z.enum(deviceStates),
    seat: z.int().nullable().meta({ description: 'The seat that it occupies; only while active' }),
    activatedAt: time.nullable().meta({ description: 'When the present or last activation began' }),
    lastSeenAt: time.nullable().meta({ description: 'The last activation, check-in or log-out' }),
    deactivationDate: time
      .nullable()
      .meta({ description: 'When it is deactivated by itself unless it connects; only while active' }),
    leaseExpiresAt: time
      .nullable()
      .meta({ description: 'The end of the last lease given: until then it can run offline at most' }),
    checkInCount: z.int().min(0),
    remoteDeactivation: z
      .strictObject({ allowed: z.boolean(), reason: problemCodeSchema.nullable(), remedy: z.string().nullable() })
      .meta({ description: 'Whether it can be deactivated remotely now, role aside, or why not and what to do' }),
    endedBy: z
      .strictObject({
        kind: z.enum(['device', 'expiry', 'member', 'support', 'operator']),
        at: time,
        reason: z.string().nullable(),
      })
      .nullable()
      .meta({ description: 'How the last activation ended' }),
    version: z.int(),
  })
  .meta({ id: 'Device', description: 'One installation, known by its fingerprint within a license' });

const preview = {
  dryRun: z.literal(true).optional().meta({ description: 'Present where nothing was stored' }),
  transitions: z.array(transitionSchema).optional().meta({ description: 'The rows that a dry run would write' }),
};

export const deviceAnswerSchema = z.strictObject({ device: deviceSchema, ...preview }).meta({ id: 'DeviceAnswer' });

export const activationSchema = z
  .strictObject({
    device: deviceSchema,
    token: z.string().nullable().meta({ description: 'The device token; null in a dry run' }),
    lease: z.string().nullable().meta({ description: 'The signed lease, a JWT; null in a dry run' }),
    ...preview,
  })
  .meta({ id: 'Activation' });

export const checkInSchema = z
  .strictObject({ device: deviceSchema, lease: z.string().nullable(), ...preview })
  .meta({ id: 'CheckIn' });

export const deviceListSchema = listOf(deviceSchema, 'DeviceList');

export const newDeviceSchema = z
  .strictObject({
    fingerprint,
    name: optional(text(100)),
    platform: optional(text(100)),
    appVersion: optional(text(100)),
  })
  .meta({ id: 'NewDevice', examples: [{ fingerprint: 'b7c1e2d4-workstation', name: 'Field laptop' }] });

export const checkInBodySchema = z.strictObject({ appVersion: optional(text(100)) }).meta({ id: 'CheckInBody' });

export const registrationSchema = z
  .strictObject({ fingerprint, name: optional(text(100)) })
  .meta({ id: 'Registration', examples: [{ fingerprint: 'b7c1e2d4-workstation' }] });

export const renamingSchema = z
  .strictObject({ name: text(100) })
  .meta({ id: 'Renaming', examples: [{ name: 'Anna' }] });

export const remoteDeactivationBodySchema = z
  .strictObject({ reason: optional(text(500)) })
  .meta({ id: 'RemoteDeactivationOfDevice', examples: [{ reason: 'Stolen on the train' }] });

export const forcedDeactivationSchema = z
  .strictObject({ ticketId: uuid, reason: text(500) })
  .meta({ id: 'ForcedDeactivation' });

export const devicesQuery = pageQuery.extend({ state: repeated(z.enum(deviceStates)) });

export type DeviceRepresentation = z.output<typeof deviceSchema>;
export type DeviceAnswer = z.output<typeof deviceAnswerSchema>;
export type Activation = z.output<typeof activationSchema>;
export type CheckIn = z.output<typeof checkInSchema>;
export type NewDevice = z.output<typeof newDeviceSchema>;
export type ForcedDeactivation = z.output<typeof forcedDeactivationSchema>;
export type RemoteDeactivationWish = z.output<typeof remoteDeactivationBodySchema>;
