/** What the tests have taken of a machine: type and description in one. */
import { z } from 'zod';
import { anyMachineIds } from '../../machines/index.js';
import { coveredWalks } from './coverage.record.js';

const at = z.string().meta({ format: 'date-time', examples: ['2026-11-24T09:30:00.000Z'] });

export const machineCoverageSchema = z
  .strictObject({
    machine: z.enum(anyMachineIds),
    run: z
      .strictObject({
        at: at.meta({ description: 'When the last of its walks ended' }),
        commit: z
          .string()
          .nullable()
          .meta({
            description: 'The commit that was tested; null where it was not known',
            examples: ['4f2c1d09a7b3e8566c0f9d1e2a3b4c5d6e7f8091'],
          }),
        hasChanges: z.boolean().meta({ description: 'Whether something was tested that is not in that commit' }),
        isOfTheseRules: z
          .boolean()
          .meta({ description: 'Whether the machine that was tested is the one of this server' }),
        walks: z
          .array(
            z.strictObject({
              walk: z.enum(coveredWalks).meta({
                description:
                  'machine: through the machine alone; httpOn…: through a server, on that database; clientKit: through the client kit, against a server',
              }),
              at: at.meta({ description: 'When it ended' }),
            }),
          )
          .meta({
            description: 'What the numbers are added up of; the last one first. Each is recorded by a test of its own',
          }),
      })
      .nullable()
      .meta({
        description: 'The last run of the model-based tests before this server was built; null where none is on record',
      }),
    transitions: z.array(
      z.strictObject({
        id: z.string().meta({ description: 'The transition of the machine', examples: ['active.logOut'] }),
        from: z.string().meta({ examples: ['active'] }),
        event: z.string().meta({ examples: ['logOut'] }),
        to: z
          .string()
          .nullable()
          .meta({ description: 'A state; null: it stays', examples: ['loggedOut'] }),
        count: z
          .int()
          .min(0)
          .meta({ description: 'How often it was taken', examples: [12] }),
      }),
    ),
  })
  .meta({
    id: 'MachineCoverage',
    description: 'How often the model-based tests have taken each transition',
    examples: [
      {
        machine: 'device',
        run: {
          at: '2026-11-23T17:20:11.402Z',
          commit: '4f2c1d09a7b3e8566c0f9d1e2a3b4c5d6e7f8091',
          hasChanges: false,
          isOfTheseRules: true,
          walks: [{ walk: 'machine', at: '2026-11-23T17:20:11.402Z' }],
        },
        transitions: [
          { id: 'inactive.activate', from: 'inactive', event: 'activate', to: 'active', count: 31 },
          { id: 'active.activate', from: 'active', event: 'activate', to: null, count: 12 },
        ],
      },
    ],
  });

export type MachineCoverage = z.output<typeof machineCoverageSchema>;
