/**
 * A machine as the configuration of XState, in JSON: what `createMachine` takes. Guards and actions are names, to be provided; guards
 * that are joined are one named `and`, whose parameters say which.
 */
import type { AnyStateMachine, AnyTransitionDefinition } from 'xstate';
import { guardNames } from '../../machines/index.js';

export interface ExportedTransition {
  readonly target?: string;
  readonly guard?: string | { readonly type: 'and'; readonly params: { readonly guards: readonly string[] } };
  readonly actions?: readonly string[];
  readonly description?: string;
}

export interface ExportedMachine {
  readonly id: string;
  readonly description?: string;
  readonly initial: string;
  /** What a new one begins with. */
  readonly context: unknown;
  readonly states: Readonly<
    Record<
      string,
      {
        readonly description?: string;
        readonly type?: 'final';
        readonly tags?: readonly string[];
        readonly meta: unknown;
        readonly on: Readonly<Record<string, readonly ExportedTransition[]>>;
      }
    >
  >;
}

/** The configuration of a machine of ours: its states are not nested. */
export function configOf(machine: AnyStateMachine): ExportedMachine {
  const nodes = Object.values(machine.states);
  return {
    id: machine.id,
    ...described(machine.root.description),
    initial: machine.root.initial.target[0]?.key ?? '',
    context: machine.getInitialSnapshot({} as never, undefined).context as unknown,
    states: Object.fromEntries(
      nodes.map((node) => [
        node.key,
        {
          ...described(node.description),
          ...(node.type === 'final' ? { type: 'final' as const } : {}),
          ...(node.tags.length === 0 ? {} : { tags: node.tags }),
          meta: node.meta as unknown,
          on: Object.fromEntries(
            [...node.transitions].map(([event, ways]) => [event, (ways as AnyTransitionDefinition[]).map(exported)]),
          ),
        },
      ]),
    ),
  };
}

function exported({ target, guard, actions, description }: AnyTransitionDefinition): ExportedTransition {
  const names = guardNames(guard);
  const [first] = names;
  return {
    ...(target?.[0] === undefined ? {} : { target: target[0].key }),
    ...(first === undefined ? {} : { guard: names.length === 1 ? first : { type: 'and', params: { guards: names } } }),
    ...(actions.length === 0 ? {} : { actions: actions.map(nameOf) }),
    ...described(description),
  };
}

function described(description: string | undefined): { description?: string } {
  return description === undefined ? {} : { description };
}

function nameOf(action: unknown): string {
  return typeof action === 'string' ? action : (action as { type: string }).type;
}
