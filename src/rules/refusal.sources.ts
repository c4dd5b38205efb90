/**
 * Which rules a refusal comes from: the guards that give its code where they are false, and the states that do not know an event. What
 * client software says to itself is no refusal of the server's.
 */
import { type DescribedRefusal, keptMachines, type MachineId, type Reason } from '../../machines/index.js';
import { operationOf } from './event.operations.js';

/** A guard or a state that says no, and to which events. */
export interface RefusalSource {
  readonly machine: MachineId;
  readonly kind: 'guard' | 'state';
  readonly name: string;
  readonly description: string;
  readonly events: readonly string[];
}

/** The rules that give a code, in the order of the machines; none for what is no matter of the machines. */
export function sourcesOf(code: string): RefusalSource[] {
  return keptMachines.flatMap((machine) => {
    const said = machine.refusals.filter(({ reason }) => reason === code);
    return [
      ...machine.states.map((state) => source(machine.id, 'state', state, said.filter(isOfState(state.name)))),
      ...machine.guards.map((guard) => source(machine.id, 'guard', guard, said.filter(isOfGuard(guard.name)))),
    ].filter(({ events }) => events.length > 0);
  });
}

const isOfState =
  (name: string) =>
  ({ state, guard }: DescribedRefusal): boolean =>
    guard === null && state === name;

const isOfGuard =
  (name: string) =>
  ({ guard }: DescribedRefusal): boolean =>
    guard === name;

function source(
  machine: MachineId,
  kind: RefusalSource['kind'],
  { name, description }: { name: string; description: string },
  refusals: readonly DescribedRefusal[],
): RefusalSource {
  return { machine, kind, name, description, events: [...new Set(refusals.map(({ event }) => event))] };
}

/** The reasons for which the machines can refuse what an operation asks of them. */
export function reasonsOf(operationId: string): Reason[] {
  const said = keptMachines.flatMap(({ id, refusals }) =>
    refusals.filter(({ event }) => operationOf(id, event) === operationId),
  );
  return [...new Set([...said.map(({ reason }) => reason), ...(betweenMachines[operationId] ?? [])])];
}

/** The refusals of the rules between the machines (`machines/system`), which are no guard's. */
const betweenMachines: Readonly<Record<string, readonly Reason[]>> = {
  changeLicense: ['seatsInUse'],
  openTicket: ['supportAndUpgradeRequired'],
  forceDeactivation: ['ticketNotApplicable'],
  forceRemoteDeactivation: ['ticketNotApplicable'],
};
