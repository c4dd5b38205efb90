/** Problem codes and problem documents as the description of the interface shows them. Both come from the one table of codes. */
import { z } from 'zod';
import { problemCodes } from './problem.js';

/** A refusal's code. */
export const problemCodeSchema = z.enum(problemCodes);

/** The document of RFC 9457 that every refusal is sent as; further members depend on the code. */
export const problemSchema = z
  .looseObject({
    type: z.url().meta({ description: 'A page of this server that explains the code' }),
    title: z.string(),
    status: z.int().min(400).max(599),
    detail: z.string().meta({ description: 'A sentence about this very case, for people' }),
    instance: z.string().meta({ description: 'The path of the request' }),
    code: problemCodeSchema.meta({ description: 'What programs switch on' }),
    remedy: z.string().nullable().meta({ description: 'What a person can do about it' }),
    issues: z
      .array(z.strictObject({ path: z.string(), message: z.string() }))
      .optional()
      .meta({ description: 'The faults of a request that is not valid, each by the path of its field' }),
  })
  .meta({
    id: 'Problem',
    description: 'A refusal (RFC 9457). Which further members there are depends on the code; `type` leads to its page.',
    examples: [
      {
        type: 'http://127.0.0.1:3000/problems/no-seat-available',
        title: 'All seats are occupied',
        status: 409,
        detail: 'All seats are occupied.',
        instance: '/v1/devices',
        code: 'noSeatAvailable',
        remedy: 'Log out on another device, or deactivate one in the Licenses panel.',
        seats: 2,
        activeDevices: 2,
        nextSeatFreeAt: '2026-12-24T08:14:05.415Z',
      },
    ],
  });
