/**
 * Where the rules and what belongs to them can be read on this server: machines with their states, events and guards in the inspector,
 * operations in the API documentation. Refusals have theirs in `src/problems`.
 */
import type { AnyMachineId } from '../../machines/index.js';

/** The page of a machine. */
export function addressOfMachine(machine: AnyMachineId): string {
  return `/inspector/${machine}`;
}

/** The place of a state, an event or a guard on the page of its machine. No two of a machine have one name. */
export function addressOfRule(machine: AnyMachineId, name: string): string {
  return `${addressOfMachine(machine)}#${name}`;
}

/** Where an operation is unfolded in the API documentation. @param chapter its tag */
export function addressOfOperation(chapter: string, operationId: string): string {
  return `/docs#/${encodeURIComponent(chapter)}/${operationId}`;
}
