/**
 * A statechart as a graph to be drawn: nested states, and transitions between them. Read from any XState machine, ours or not; it knows
 * neither sizes nor places.
 */
import type { AnyStateMachine, AnyStateNode, AnyTransitionDefinition } from 'xstate';
import { stateTags, transitionId } from '../../machines/index.js';

export type ChartStateKind = 'atomic' | 'compound' | 'parallel' | 'final' | 'history';

export interface ChartState {
  /** The path of names from the outermost state, joined by dots. */
  readonly id: string;
  readonly name: string;
  readonly kind: ChartStateKind;
  readonly description: string;
  /** What it says besides, in words where they are known. */
  readonly tags: readonly string[];
  /** The state within, in which it begins; null where there is none, or each region begins. */
  readonly initial: string | null;
  /** What can happen in it without leaving it. */
  readonly internals: readonly ChartTransition[];
  readonly children: readonly ChartState[];
}

export interface ChartTransition {
  /** The name that it has in `machines/describe.ts`, too. */
  readonly id: string;
  readonly event: string;
  readonly guards: readonly string[];
  readonly description: string;
  /** Whether nothing changes at all: a repeat of what holds already. */
  readonly isRepeat: boolean;
}

export interface ChartEdge extends ChartTransition {
  /** Its own: a transition into several regions has an edge to each. */
  readonly key: string;
  readonly from: string;
  readonly to: string;
}

export interface ChartGraph {
  readonly name: string;
  readonly description: string;
  readonly initial: string | null;
  readonly states: readonly ChartState[];
  readonly edges: readonly ChartEdge[];
}

/** The graph of a machine. What can happen in every state of it is drawn on a state around them all. */
export function graphOf(machine: AnyStateMachine): ChartGraph {
  const { root } = machine;
  const isFramed = waysOf(root).length > 0 || root.type === 'parallel';
  return {
    name: machine.id,
    description: root.description ?? '',
    initial: isFramed ? null : initialOf(root),
    states: isFramed ? [stateOf(root)] : childrenOf(root),
    edges: [root, ...nodesBelow(root)].flatMap(edgesFrom),
  };
}

/** Said of a way that is taken only where those before it are closed: it would read as always open. */
export const otherWay = 'else';

function edgesFrom(node: AnyStateNode): ChartEdge[] {
  const from = idOf(node);
  return waysOf(node).flatMap(([transition, own]) =>
    (transition.target ?? []).map((target, index) => ({
      ...own,
      key: index === 0 ? own.id : `${own.id} (${index})`,
      from,
      to: idOf(target),
    })),
  );
}

function stateOf(node: AnyStateNode): ChartState {
  return {
    id: idOf(node),
    name: node.key,
    kind: node.type,
    description: node.description ?? '',
    tags: node.tags.map(tagWords),
    initial: initialOf(node),
    internals: waysOf(node).flatMap(([transition, own]) => (transition.target === undefined ? [own] : [])),
    children: childrenOf(node),
  };
}

function childrenOf(node: AnyStateNode): ChartState[] {
  return Object.values(node.states as Record<string, AnyStateNode>).map(stateOf);
}

function nodesBelow(node: AnyStateNode): AnyStateNode[] {
  return Object.values(node.states as Record<string, AnyStateNode>).flatMap((child) => [child, ...nodesBelow(child)]);
}

/** Each transition of a state with what is said of it, in their order. */
function waysOf(node: AnyStateNode): [AnyTransitionDefinition, ChartTransition][] {
  if (node.type === 'history') return [];
  const all = [...(node.transitions as Map<string, AnyTransitionDefinition[]>).values()].flat();
  const seen = new Map<string, number>();
  return [...all, ...((node.always ?? []) as AnyTransitionDefinition[])].map((transition) => {
    const event = eventWords(transition.eventType);
    const count = seen.get(event) ?? 0;
    seen.set(event, count + 1);
    return [
      transition,
      {
        id: transitionId(idOf(node), event, count),
        event,
        guards: count > 0 && transition.guard === undefined ? [otherWay] : guardWords(transition.guard),
        description: transition.description ?? '',
        isRepeat: transition.target === undefined && transition.actions.length === 0,
      },
    ];
  });
}

function initialOf(node: AnyStateNode): string | null {
  const target = node.type === 'compound' ? node.initial.target?.[0] : undefined;
  return target === undefined ? null : idOf(target);
}

/** No state has the machine's own: a name may hold anything, but is below it. */
function idOf(node: AnyStateNode): string {
  return node.path.length === 0 ? `#${node.key}` : node.path.join('.');
}

/** What XState names by itself, as a person would. */
function eventWords(type: string): string {
  if (type === '') return 'always';
  if (type === '*') return 'any other event';
  const after = /^xstate\.after\.([^.]+)\./.exec(type);
  if (after !== null) return /^\d+$/.test(after[1] ?? '') ? `after ${after[1]} ms` : `after ${after[1]}`;
  return type.startsWith('xstate.done.') ? 'done' : type;
}

function tagWords(tag: string): string {
  const known: Readonly<Record<string, string>> = stateTags;
  return Object.hasOwn(known, tag) ? (known[tag] ?? tag) : tag;
}

/** The names of guards; those that are joined stand one by one. */
function guardWords(guard: unknown): string[] {
  if (guard === undefined || guard === null) return [];
  if (typeof guard === 'string') return [guard];
  const { guards, type, name } = guard as { guards?: unknown[]; type?: string; name?: string };
  if (guards !== undefined) return guards.flatMap(guardWords);
  return [type ?? (name !== undefined && name !== '' ? name : 'a condition')];
}
