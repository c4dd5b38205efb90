/** What requests about devices say and what they are answered: validation, types and description in one. */
import { z } from 'zod';
import { deviceStates } from '../../machines/index.js';
import { transitionSchema } from '../history/transition.schemas.js';
import { listOf } from '../http/cursor.js';
import * as story from '../http/example.story.js';
import { fingerprint, optional, pageQuery, repeated, text, uuid } from '../http/schema.js';
import { problemCodeSchema } from '../problems/problem.schemas.js';

const time = z.string().meta({ format: 'date-time', examples: ['2026-11-24T09:30:00.000Z'] });

const absent = {
  allowed: false,
  reason: 'deviceNotActive',
  remedy: 'The device holds no seat now: log in again on the device itself to use it.',
};

/** The workstation at its activation. */
const activated = {
  id: story.workstation.id,
  licenseId: story.licenseId,
  fingerprint: story.workstation.fingerprint,
  name: story.workstation.name,
  platform: null,
  appVersion: null,
  state: 'active',
  seat: 1,
  activatedAt: story.times.workstationActivated,
  lastSeenAt: story.times.workstationActivated,
  deactivationDate: '2026-12-24T08:14:05.415Z',
  leaseExpiresAt: story.dates.leaseOfActivation,
  checkInCount: 0,
  remoteDeactivation: { allowed: true, reason: null, remedy: null },
  endedBy: null,
  version: 2,
};

/** The workstation after its first check-in. */
export const deviceExample = {
  ...activated,
  appVersion: '4.2.1',
  lastSeenAt: story.times.checkedIn,
  deactivationDate: story.dates.workstation,
  leaseExpiresAt: story.dates.leaseOfCheckIn,
  checkInCount: 1,
};

const ended = { seat: null, deactivationDate: null, remoteDeactivation: absent, version: 3 };

/** The laptop after its owner has freed its seat. */
const stolen = {
  ...activated,
  ...story.laptop,
  ...ended,
  state: 'remotelyDeactivated',
  activatedAt: story.times.laptopActivated,
  lastSeenAt: story.times.laptopActivated,
  endedBy: { kind: 'member', at: story.times.laptopDeactivated, reason: story.reasons.laptop },
};

/** What the log-out of the workstation is answered. */
export const logOutExample = {
  device: {
    ...deviceExample,
    ...ended,
    state: 'loggedOut',
    lastSeenAt: story.times.workstationLoggedOut,
    endedBy: { kind: 'device', at: story.times.workstationLoggedOut, reason: null },
  },
};

/** What support is answered that frees the seat of the workstation. */
export const forcedExample = {
  device: {
    ...deviceExample,
    ...ended,
    state: 'remotelyDeactivated',
    endedBy: { kind: 'support', at: story.times.ticketOpened, reason: story.reasons.workstation },
  },
};

/** The tablet before it activates. */
export const registeredExample = {
  ...activated,
  ...ended,
  ...story.tablet,
  state: 'inactive',
  activatedAt: null,
  lastSeenAt: null,
  leaseExpiresAt: null,
  version: 1,
};

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
  .meta({
    id: 'Device',
    description: 'One installation, known by its fingerprint within a license',
    examples: [deviceExample],
  });

const preview = {
  dryRun: z.literal(true).optional().meta({ description: 'Present where nothing was stored' }),
  transitions: z.array(transitionSchema).optional().meta({ description: 'The rows that a dry run would write' }),
};

export const deviceAnswerSchema = z.strictObject({ device: deviceSchema, ...preview }).meta({
  id: 'DeviceAnswer',
  description: 'A device after a command, or as a dry run would leave it',
  examples: [{ device: stolen }],
});

export const activationSchema = z
  .strictObject({
    device: deviceSchema,
    token: z.string().nullable().meta({ description: 'The device token; null in a dry run' }),
    lease: z.string().nullable().meta({ description: 'The signed lease, a JWT; null in a dry run' }),
    ...preview,
  })
  .meta({
    id: 'Activation',
    description: 'A device on its seat, with what it proves itself by',
    examples: [{ device: activated, token: story.workstation.token, lease: story.lease }],
  });

export const checkInSchema = z.strictObject({ device: deviceSchema, lease: z.string().nullable(), ...preview }).meta({
  id: 'CheckIn',
  description: 'A device with its new dates, and its new lease',
  examples: [{ device: deviceExample, lease: story.lease }],
});

export const deviceListSchema = listOf(deviceSchema, 'DeviceList');

export const newDeviceSchema = z
  .strictObject({
    fingerprint,
    name: optional(text(100)),
    platform: optional(text(100)),
    appVersion: optional(text(100)),
  })
  .meta({ id: 'NewDevice', examples: [{ fingerprint: story.workstation.fingerprint, name: story.workstation.name }] });

export const checkInBodySchema = z.strictObject({ appVersion: optional(text(100)) }).meta({
  id: 'CheckInBody',
  examples: [{ appVersion: '4.2.1' }],
});

export const registrationSchema = z
  .strictObject({ fingerprint, name: optional(text(100)) })
  .meta({ id: 'Registration', examples: [{ fingerprint: story.tablet.fingerprint, name: story.tablet.name }] });

export const renamingSchema = z
  .strictObject({ name: text(100) })
  .meta({ id: 'Renaming', examples: [{ name: story.workstation.name }] });

export const remoteDeactivationBodySchema = z
  .strictObject({ reason: optional(text(500)) })
  .meta({ id: 'RemoteDeactivationOfDevice', examples: [{ reason: story.reasons.laptop }] });

export const forcedDeactivationSchema = z.strictObject({ ticketId: uuid, reason: text(500) }).meta({
  id: 'ForcedDeactivation',
  examples: [{ ticketId: story.ticketId, reason: story.reasons.workstation }],
});

export const devicesQuery = pageQuery.extend({
  state: repeated(z.enum(deviceStates)).meta({
    description: 'Devices in one of these states only',
    examples: [['active']],
  }),
});

export type DeviceRepresentation = z.output<typeof deviceSchema>;
export type DeviceAnswer = z.output<typeof deviceAnswerSchema>;
export type Activation = z.output<typeof activationSchema>;
export type CheckIn = z.output<typeof checkInSchema>;
export type NewDevice = z.output<typeof newDeviceSchema>;
export type ForcedDeactivation = z.output<typeof forcedDeactivationSchema>;
export type RemoteDeactivationWish = z.output<typeof remoteDeactivationBodySchema>;
