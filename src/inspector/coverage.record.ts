/**
 * What the model-based tests record of a walk through a machine: which transitions were taken, how often, when, at which commit and by
 * which rules. The tests write it (`test/support/coverage.ts`), the build takes it along, a server shows it.
 */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { type DescribedMachine, anyMachineIds } from '../../machines/index.js';

/**
 * What was walked: the machine alone, the whole server over HTTP on a database, or the client kit against a server. Also the names of
 * the folders of records.
 */
export const coveredWalks = ['machine', 'httpOnSqlite', 'httpOnPostgres', 'clientKit'] as const;
export type CoveredWalk = (typeof coveredWalks)[number];

/** As much of a record as is shown. */
export const coverageRecordSchema = z.object({
  machine: z.enum(anyMachineIds),
  walk: z.enum(coveredWalks),
  at: z.iso.datetime(),
  /** Null where it was not known. */
  commit: z
    .string()
    .regex(/^[0-9a-f]{7,64}$/)
    .nullable(),
  /** Whether something was tested that is not in that commit. */
  hasChanges: z.boolean(),
  /** The `rulesPrint` of the machine that was walked. */
  rules: z.string(),
  transitions: z.array(z.object({ id: z.string(), hits: z.int().min(0) })),
});

export type CoverageRecord = z.output<typeof coverageRecordSchema>;

/** The same for two machines exactly where they are made of the same; what is only said of it in words does not count. */
export function rulesPrint({ id, initial, states, events, guards, transitions }: DescribedMachine): string {
  const rules = [
    id,
    initial,
    states.map(({ name, isFinal, tags, refusal }) => [name, isFinal, tags, refusal]),
    events.map(({ name }) => name),
    guards.map(({ name, reason }) => [name, reason]),
    transitions.map((way) => [way.id, way.from, way.event, way.to, way.guards, way.effect]),
  ];
  return createHash('sha256').update(JSON.stringify(rules)).digest('hex').slice(0, 16);
}
