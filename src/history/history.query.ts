/** What the history can be asked for: the query of its routes, as it is validated and described. */
import { z } from 'zod';
import {
  birthEvents,
  deviceEvents,
  fieldEvents,
  licenseEvents,
  machineIds,
  remoteDeactivationEvents,
  supportTicketEvents,
} from '../../machines/index.js';
import * as story from '../http/example.story.js';
import { idOfStolenDevice, idOfTicket } from '../http/id.schemas.js';
import { instant, pageQuery, repeated, uuid } from '../http/schema.js';
import { actorKinds, askedSequence, outcomes } from './transition.schemas.js';

/** Which rows come first; a cursor goes on in the same order. */
export const historyOrders = ['newestFirst', 'oldestFirst'] as const;

const machineEvents = { ...deviceEvents, ...licenseEvents, ...remoteDeactivationEvents, ...supportTicketEvents };

/** Every event that a row can tell of: a check-in is none (R11). */
export const historyEvents = [
  ...new Set([
    ...Object.values(birthEvents),
    ...Object.values(fieldEvents).flat(),
    ...(Object.keys(machineEvents) as (keyof typeof machineEvents)[]).filter((event) => event !== 'checkIn'),
  ]),
].sort();

const filters = {
  event: repeated(z.enum(historyEvents)).meta({
    description: 'Rows of one of these events only',
    examples: [['activate', 'remotelyDeactivate']],
  }),
  actorKind: z
    .enum(actorKinds)
    .optional()
    .meta({
      description: 'Rows by actors of this kind only',
      examples: ['member'],
    }),
  actorId: uuid.optional().meta({
    description: 'Rows by this person, program or device only',
    examples: [story.olivia.tokenId],
  }),
  outcome: z
    .enum(outcomes)
    .optional()
    .meta({
      description: 'Accepted steps only, or refusals only',
      examples: ['accepted'],
    }),
  from: instant.optional().meta({
    description: 'Rows that hold from this time on only',
    examples: [story.times.issued],
  }),
  to: instant.optional().meta({
    description: 'Rows that hold before this time only',
    examples: [story.times.ticketOpened],
  }),
  startAt: askedSequence.optional().meta({
    description: 'Begin at the row with this sequence, or where it would be if it is not among those asked for',
    examples: [42],
  }),
  order: z
    .enum(historyOrders)
    .default('newestFirst')
    .meta({
      description: 'Which rows come first. With `startAt` it says whether to go on to older or to newer ones',
      examples: ['oldestFirst'],
    }),
};

function endsAfterItBegins({ from, to }: { from?: number | undefined; to?: number | undefined }): boolean {
  return from === undefined || to === undefined || from < to;
}

const wrongEnd = { path: ['to'], message: 'must be later than from' };

/** The query of a device's history. */
export const deviceHistoryQuery = pageQuery.extend(filters).refine(endsAfterItBegins, wrongEnd);

/** The query of a license's history. */
export const licenseHistoryQuery = pageQuery
  .extend({
    ...filters,
    deviceId: idOfStolenDevice.optional().meta({ description: 'Rows about this device only' }),
    machine: z
      .enum(machineIds)
      .optional()
      .meta({
        description: 'Rows of this machine only',
        examples: ['device'],
      }),
    ticketId: idOfTicket.optional().meta({ description: 'Rows about this ticket only' }),
  })
  .refine(endsAfterItBegins, wrongEnd);

export type DeviceHistoryQuery = z.output<typeof deviceHistoryQuery>;
export type LicenseHistoryQuery = z.output<typeof licenseHistoryQuery>;
