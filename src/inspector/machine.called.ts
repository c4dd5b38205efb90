/** Finds a machine by the name in an address. */
import { type DescribedMachine, describedMachines } from '../../machines/index.js';
import { ProblemError } from '../problems/problem.js';

/** The machine of that name. Throws `notFound`. */
export function machineCalled(id: string): DescribedMachine {
  const found = describedMachines.find((machine) => machine.id === id);
  if (found === undefined) throw new ProblemError('notFound', 'There is no such machine.');
  return found;
}
