/** A machine as it is shown. */
import type { DescribedMachine } from '../../machines/index.js';
import type { Machine } from './machine.schemas.js';
import { ordinaryFactsOf } from './sandbox.facts.js';

export function presentMachine({
  states,
  events,
  guards,
  transitions,
  refusals,
  ...machine
}: DescribedMachine): Machine {
  return {
    ...machine,
    states: states.map((state) => ({ ...state, tags: [...state.tags] })),
    events: events.map((event) => ({ ...event, facts: ordinaryFactsOf(machine.id, event.name) })),
    guards: guards.map((guard) => ({ ...guard })),
    transitions: transitions.map((transition) => ({ ...transition, guards: [...transition.guards] })),
    refusals: refusals.map((refusal) => ({ ...refusal })),
  };
}
