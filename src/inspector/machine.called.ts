/** Finds a machine by the name in an address. */
import { type DescribedMachine, describedMachines, isKept, type KeptMachine } from '../../machines/index.js';
import { ProblemError } from '../problems/problem.js';

/** The machine of that name. Throws `notFound`. */
export function machineCalled(id: string): DescribedMachine {
  const found = describedMachines.find((machine) => machine.id === id);
  if (found === undefined) throw new ProblemError('notFound', 'There is no such machine.');
  return found;
}

/** The machine of that name, where there are subjects of it. Throws `notFound`. */
export function keptMachineCalled(id: string): KeptMachine {
  const found = machineCalled(id);
  if (!isKept(found)) throw new ProblemError('notFound', 'The server keeps nothing that lives by this machine.');
  return found;
}
