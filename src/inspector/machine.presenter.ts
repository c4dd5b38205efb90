/** A machine as it is shown. */
import type { DescribedMachine } from '../../machines/index.js';
import type { Machine } from './machine.schemas.js';

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
    events: events.map((event) => ({ ...event })),
    guards: guards.map((guard) => ({ ...guard })),
    transitions: transitions.map((transition) => ({ ...transition, guards: [...transition.guards] })),
    refusals: refusals.map((refusal) => ({ ...refusal })),
  };
}
