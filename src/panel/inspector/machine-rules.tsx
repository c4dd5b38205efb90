/** The rules of a machine in words. Each state, event and guard has an address, and the one that is asked for is marked. */
import type { Machine } from '../api/schema';
import { Section } from '../shell/section';
import type { Counts } from './chart-counts';
import { isKept } from './machine-words';
import { EventsTable, GuardsTable, StatesTable, TransitionsTable } from './machine-tables';
import { useMarkedRule } from './use-marked-rule';

/** @param counts how many are in each state */
export function MachineRules({ machine, counts }: { machine: Machine; counts: Counts | undefined }) {
  const marked = useMarkedRule(machine);
  return (
    <>
      <Section title="States">
        {isKept(machine.id) ? null : (
          <p className="soft">Lives in client software; the server sees its requests only.</p>
        )}
        <StatesTable machine={machine} marked={marked} counts={counts} />
      </Section>
      <Section title="Events">
        <EventsTable machine={machine} marked={marked} />
      </Section>
      <Section title="Transitions">
        <TransitionsTable machine={machine} />
      </Section>
      {machine.guards.length === 0 ? null : (
        <Section title="Guards">
          <GuardsTable machine={machine} marked={marked} />
        </Section>
      )}
    </>
  );
}
