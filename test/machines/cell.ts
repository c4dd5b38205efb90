/** How a cell of a table of the design is written, and how a decision is read as one. Knows no machine and no rule. */
import { type Decision } from '../../machines/index.js';

/**
 * What a cell says: `→ state` changed, `•` connected, `=` a harmless repeat, `– reason` refused by the state itself,
 * `– reason [guard]` refused by the first guard that is false.
 */
export type Saying = `→ ${string}` | '•' | '=' | `– ${string}`;

/** Reads a decision as a cell. A change of fields within a state reads as a change to that state. */
export function saying(decision: Decision<{ value: unknown }>): Saying {
  switch (decision.outcome) {
    case 'changed':
      return `→ ${String(decision.snapshot.value)}`;
    case 'connected':
      return '•';
    case 'unchanged':
      return '=';
    case 'refused':
      return decision.guard === null ? `– ${decision.reason}` : `– ${decision.reason} [${decision.guard}]`;
  }
}
