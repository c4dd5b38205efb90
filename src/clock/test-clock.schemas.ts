/** What requests about the test clock say and are answered. */
import { z } from 'zod';
import { duration } from '../http/schema.js';

export const testClockSchema = z
  .strictObject({ now: z.string().meta({ format: 'date-time', examples: ['2026-11-24T09:30:00.000Z'] }) })
  .meta({
    id: 'TestClock',
    description: 'The time that decides dates, leases, validity and history',
    examples: [{ now: '2026-12-25T08:14:08.165Z' }],
  });

export const advanceSchema = z
  .strictObject({ advance: duration('PT0.001S', 'P366D') })
  .meta({ id: 'Advance', examples: [{ advance: 'P31D' }] });

export type TestClock = z.output<typeof testClockSchema>;
export type Advance = z.output<typeof advanceSchema>;
