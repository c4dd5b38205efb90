/** The occupancy of a license over time, as it is asked for and answered. */
import { z } from 'zod';
import * as story from '../http/example.story.js';
import { instant } from '../http/schema.js';

const pointsMin = 2;
const pointsMax = 1_000;
const pointsDefault = 300;

export const occupancyQuery = z
  .strictObject({
    from: instant.optional().meta({
      description: 'Where the plot begins; 90 days before its end where left out',
      examples: [story.times.issued],
    }),
    to: instant.optional().meta({
      description: 'Where it ends; now where left out or later than now',
      examples: [story.times.laptopDeactivated],
    }),
    points: z
      .string()
      .refine(
        (value) => /^[1-9]\d{0,3}$/.test(value) && Number(value) >= pointsMin && Number(value) <= pointsMax,
        `must be a whole number from ${pointsMin} to ${pointsMax}`,
      )
      .transform(Number)
      .default(pointsDefault)
      .meta({
        type: 'integer',
        minimum: pointsMin,
        maximum: pointsMax,
        default: pointsDefault,
        description: 'How many points at most',
        examples: [100],
      }),
  })
  .refine(({ from, to }) => from === undefined || to === undefined || from <= to, {
    path: ['to'],
    message: 'must not be earlier than from',
  });

const time = z.string().meta({ format: 'date-time', examples: ['2026-11-24T09:30:00.000Z'] });

export const occupancySchema = z
  .strictObject({
    from: time,
    to: time.meta({ description: 'Never later than now' }),
    points: z
      .array(
        z.strictObject({
          at: time,
          activeDevices: z.int().min(0),
          seats: z
            .int()
            .nullable()
            .meta({ description: 'Null where the history does not know it: before the license, or in old rows' }),
        }),
      )
      .meta({
        description:
          'In order of time; each holds until the next. The first is the state at `from`, every other one a change. Where there are more changes than points, equal spans of time keep their highest and their last one.',
      }),
    refused: z.array(z.strictObject({ at: time, count: z.int().min(1) })).meta({
      description: 'Refused activations; where there are more rows than points, those of equal spans are one',
    }),
  })
  .meta({
    id: 'Occupancy',
    description: 'How many seats of a license were occupied, over time',
    examples: [
      {
        from: story.times.issued,
        to: story.times.laptopDeactivated,
        points: [
          { at: story.times.issued, activeDevices: 0, seats: 2 },
          { at: story.times.workstationActivated, activeDevices: 1, seats: 2 },
          { at: story.times.laptopActivated, activeDevices: 2, seats: 2 },
          { at: story.times.laptopDeactivated, activeDevices: 1, seats: 2 },
        ],
        refused: [{ at: story.times.tabletRefused, count: 1 }],
      },
    ],
  });

export type OccupancyQuery = z.output<typeof occupancyQuery>;
export type Occupancy = z.output<typeof occupancySchema>;
