/** What questions about health are answered. */
import { z } from 'zod';

export const healthSchema = z.strictObject({ status: z.literal('ok') }).meta({
  id: 'Health',
  description: 'That all is well',
  examples: [{ status: 'ok' }],
});

export type Health = z.output<typeof healthSchema>;
