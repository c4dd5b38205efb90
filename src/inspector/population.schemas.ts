/** How many live in each state of a machine: type and description in one. */
import { z } from 'zod';
import { machineIds } from '../../machines/index.js';
import * as story from '../http/example.story.js';

export const populationSchema = z
  .strictObject({
    machine: z.enum(machineIds),
    at: z.string().meta({
      format: 'date-time',
      examples: ['2026-11-24T09:30:00.000Z'],
      description: 'When they were counted: a short while ago where there are many',
    }),
    states: z.array(z.strictObject({ name: z.string().meta({ examples: ['active'] }), count: z.int().min(0) })),
  })
  .meta({
    id: 'Population',
    description: 'How many of those that the asker sees are in each state',
    examples: [
      {
        machine: 'device',
        at: story.times.tried,
        states: [
          { name: 'inactive', count: 0 },
          { name: 'active', count: 2 },
          { name: 'loggedOut', count: 0 },
          { name: 'expired', count: 0 },
          { name: 'remotelyDeactivated', count: 0 },
        ],
      },
    ],
  });

export type Population = z.output<typeof populationSchema>;
