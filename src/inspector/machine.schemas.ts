/** What is answered about the machines: types and description in one. */
import { z } from 'zod';
import {
  anyMachineIds,
  describedMachines,
  guards,
  type GuardName,
  machineIds,
  type Reason,
  type StateTag,
  stateTags,
} from '../../machines/index.js';
import { ordinaryFactsOf } from './sandbox.facts.js';
import { factsSchema } from './sandbox.schemas.js';

const name = z.string().meta({ examples: ['logOut'] });
const guardName = z.enum(Object.keys(guards) as [GuardName, ...GuardName[]]);
const reason = z.enum([...new Set(Object.values(guards).map((guard) => guard.reason))] as [Reason, ...Reason[]]);
const tag = z.enum(Object.keys(stateTags) as [StateTag, ...StateTag[]]);
const words = z.string().meta({ examples: ['The seat is free at once.'] });

const transitionSchema = z
  .strictObject({
    id: z.string().meta({ description: 'Its name in the picture of the machine, too', examples: ['active.logOut'] }),
    from: z.string().meta({ description: 'A state', examples: ['active'] }),
    event: name,
    to: z
      .string()
      .nullable()
      .meta({ description: 'A state; null: it stays', examples: ['loggedOut'] }),
    guards: z.array(guardName).meta({ description: 'All of them have to hold' }),
    effect: z.enum(['changed', 'connected', 'unchanged']).meta({
      description:
        'connected: dates of an active device, or of a lease, move; unchanged: a repeat of what holds already',
    }),
    description: words,
  })
  .meta({ description: 'Of several for the same event in a state, the first counts whose guards hold' });

const refusalSchema = z
  .strictObject({
    state: z.string().meta({ examples: ['loggedOut'] }),
    event: name,
    guard: guardName
      .nullable()
      .meta({ description: 'The guard that does not hold; null: the state knows no such event' }),
    reason: z.string().meta({ description: 'The problem code', examples: ['deviceNotActive'] }),
  })
  .meta({ description: 'One way in which the machine says no' });

export const machineSchema = z
  .strictObject({
    id: z.enum(anyMachineIds),
    description: words,
    initial: z.string().meta({ examples: ['inactive'] }),
    states: z.array(
      z.strictObject({
        name: z.string().meta({ examples: ['active'] }),
        description: words,
        isFinal: z.boolean(),
        tags: z.array(tag).meta({
          description: Object.entries(stateTags)
            .map(([name, meaning]) => `${name}: ${meaning}`)
            .join(' '),
        }),
        refusal: z.string().meta({ description: 'The problem code for an event that the state does not know' }),
      }),
    ),
    events: z.array(
      z.strictObject({
        name,
        description: words,
        facts: factsSchema.meta({
          description: 'What it can bring to the sandbox (`…/decide`) beside `at`, as it is where it is left out',
          examples: [{}],
        }),
      }),
    ),
    guards: z.array(
      z.strictObject({
        name: guardName,
        description: words,
        reason: reason.meta({ description: 'The problem code where it does not hold' }),
      }),
    ),
    transitions: z.array(transitionSchema),
    refusals: z.array(refusalSchema),
  })
  .meta({
    id: 'Machine',
    description: 'A statechart: the rules by which something lives',
    examples: describedMachines
      .filter(({ id }) => id === 'device')
      .map((machine) => ({
        ...machine,
        events: machine.events.map((event) => ({ ...event, facts: ordinaryFactsOf(machine.id, event.name) })),
      })),
  });

export const machineListSchema = z.strictObject({ items: z.array(machineSchema), nextCursor: z.null() }).meta({
  id: 'MachineList',
  description: 'All statecharts',
  examples: [{ items: machineSchema.meta()?.examples, nextCursor: null }],
});

/** A name that may be a machine's; one that is not is nothing that there is, and not malformed. */
export const machineName = z.string().meta({
  description: 'The machine',
  enum: [...anyMachineIds],
  examples: ['device'],
});

/** The same of a machine whose lives the server keeps. */
export const keptMachineName = machineName.meta({ enum: [...machineIds] });

export type Machine = z.output<typeof machineSchema>;
export type MachineList = z.output<typeof machineListSchema>;
