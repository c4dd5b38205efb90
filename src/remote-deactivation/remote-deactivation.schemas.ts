/** What requests about the remote deactivation setting say and what they are answered. */
import { z } from 'zod';
import { remoteDeactivationStates } from '../../machines/index.js';
import { transitionSchema } from '../history/transition.schemas.js';
import * as story from '../http/example.story.js';
import { uuid } from '../http/schema.js';

const time = z.string().meta({ format: 'date-time', examples: ['2026-12-24T09:30:00.000Z'] });

const fields = {
  state: z.enum(remoteDeactivationStates),
  blockingDevices: z
    .array(z.strictObject({ id: uuid, name: z.string().nullable(), deactivationDate: time }))
    .meta({ description: 'The 20 with the earliest dates' }),
  blockingDeviceCount: z.int().min(0),
  enabledAtLatest: time
    .nullable()
    .meta({ description: 'While enabling: the latest deactivation date of the blocking devices as it stands now' }),
};

/** As a new license has it. */
export const enabledExample = { state: 'enabled', blockingDevices: [], blockingDeviceCount: 0, enabledAtLatest: null };

/** While it waits for the workstation. */
export const enablingExample = {
  state: 'enabling',
  blockingDevices: [
    { id: story.workstation.id, name: story.workstation.name, deactivationDate: story.dates.workstation },
  ],
  blockingDeviceCount: 1,
  enabledAtLatest: story.dates.workstation,
};

export const remoteDeactivationSchema = z.strictObject(fields).meta({
  id: 'RemoteDeactivation',
  description: 'Whether the owner may deactivate devices remotely',
  examples: [enabledExample],
});

export const remoteDeactivationAnswerSchema = z
  .strictObject({
    ...fields,
    dryRun: z.literal(true).optional(),
    transitions: z.array(transitionSchema).optional(),
  })
  .meta({
    id: 'RemoteDeactivationAnswer',
    description: 'The setting as it is now, or as a dry run would leave it',
    examples: [enabledExample],
  });

export const settingBodySchema = z
  .strictObject({ enabled: z.boolean() })
  .meta({ id: 'RemoteDeactivationSetting', examples: [{ enabled: true }] });

export const forcedSettingSchema = z.strictObject({ ticketId: uuid }).meta({
  id: 'ForcedEnabling',
  examples: [{ ticketId: story.ticketId }],
});

export type RemoteDeactivationRepresentation = z.output<typeof remoteDeactivationSchema>;
export type RemoteDeactivationAnswer = z.output<typeof remoteDeactivationAnswerSchema>;
