/** Which facts an event brings to the sandbox, with the ordinary ones: read from what the sandbox takes, so that neither can lack one. */
import { z } from 'zod';
import type { AnyMachineId } from '../../machines/index.js';
import { type Facts, imaginedSchemas } from './sandbox.schemas.js';

/** What every event has, and what is there of it besides its facts. */
const common: ReadonlySet<string> = new Set(['type', 'at']);

const factsOfEvents = new Map(
  Object.entries(imaginedSchemas).flatMap(([machine, { shape }]) =>
    shape.event.options.flatMap((event) => {
      const { properties = {} } = z.toJSONSchema(event, { io: 'input' });
      const facts = Object.entries(properties).filter(([name]) => !common.has(name));
      const ordinary = Object.fromEntries(facts.map(([name, property]) => [name, ordinaryOf(name, property)]));
      const { type } = event.shape;
      const names: readonly string[] = type instanceof z.ZodEnum ? type.options : [type.value];
      return names.map((name) => [keyOf(machine, name), ordinary] as const);
    }),
  ),
);

/** The facts of an event beside its instant, as they are where they are left out. Throws for an event that the sandbox does not take. */
export function ordinaryFactsOf(machine: AnyMachineId, event: string): Facts {
  const facts = factsOfEvents.get(keyOf(machine, event));
  if (facts === undefined) throw new Error(`the sandbox takes no ${event} of ${machine}`);
  return { ...facts };
}

function keyOf(machine: string, event: string): string {
  return `${machine}.${event}`;
}

function ordinaryOf(name: string, property: z.core.JSONSchema._JSONSchema): Facts[string] {
  const value = typeof property === 'object' ? (property.default as Facts[string] | undefined) : undefined;
  if (value === undefined) throw new Error(`the sandbox has no ordinary ${name}`);
  return value;
}
