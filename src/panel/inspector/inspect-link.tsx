/** The way from where something is shown to its statechart. */
import { TextLink } from '../shell/text-link';
import type { KeptMachineId } from './machine-words';

/** @param what what is inspected, for who hears the links one by one */
export function InspectLink({ machine, id, what }: { machine: KeptMachineId; id: string; what: string }) {
  return (
    <TextLink
      to="/inspector/$machineId/$subjectId"
      params={{ machineId: machine, subjectId: id }}
      size="sm"
      aria-label={`Inspect ${what}`}
    >
      Inspect
    </TextLink>
  );
}
