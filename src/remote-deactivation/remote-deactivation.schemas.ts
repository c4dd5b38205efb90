/** What requests about the remote deactivation setting say and what they are answered. */
import { z } from 'zod';
import { remoteDeactivationStates } from '../../machines/index.js';
import { transitionSchema } from '../history/transition.schemas.js';
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

export const remoteDeactivationSchema = z
  .strictObject(fields)
  .meta({ id: 'RemoteDeactivation', description: 'Whether the owner may deactivate devices remotely' });

export const remoteDeactivationAnswerSchema = z
  .strictObject({
    ...fields,
    dryRun: z.literal(true).optional(),
    transitions: z.array(transitionSchema).optional(),
  })
  .meta({ id: 'RemoteDeactivationAnswer' });

export const settingBodySchema = z
  .strictObject({ enabled: z.boolean() })
  .meta({ id: 'RemoteDeactivationSetting', examples: [{ enabled: true }] });

export const forcedSettingSchema = z.strictObject({ ticketId: uuid }).meta({ id: 'ForcedEnabling' });

export type RemoteDeactivationRepresentation = z.output<typeof remoteDeactivationSchema>;
export type RemoteDeactivationAnswer = z.output<typeof remoteDeactivationAnswerSchema>;
