/** What is written in a chart, line by line, with its size: the name of a state, what can happen in it, the label of a transition. */
import type { ChartState, ChartTransition } from './chart.graph.js';
import { type Weight, widthOf } from './text.width.js';

export type LineRole = 'name' | 'tag' | 'event' | 'guard' | 'repeat';

export interface Line {
  readonly role: LineRole;
  readonly text: string;
  readonly size: number;
  readonly weight: Weight;
  readonly width: number;
  /** From the left edge of the block; null where it is centred. */
  readonly indent: number | null;
  readonly height: number;
  /** The transition that it is of; null for what is said of a state. */
  readonly transition: string | null;
}

export interface Block {
  readonly lines: readonly Line[];
  readonly width: number;
  readonly height: number;
}

const styles: Record<LineRole, { size: number; weight: Weight; height: number }> = {
  name: { size: 14, weight: 'bold', height: 20 },
  tag: { size: 11, weight: 'regular', height: 15 },
  event: { size: 12, weight: 'bold', height: 16 },
  guard: { size: 11, weight: 'regular', height: 14 },
  repeat: { size: 11, weight: 'regular', height: 15 },
};

function line(role: LineRole, text: string, indent: number | null, transition: string | null): Line {
  const { size, weight, height } = styles[role];
  return { role, text, size, weight, height, indent, transition, width: widthOf(text, size, weight) };
}

function block(lines: readonly Line[]): Block {
  return {
    lines,
    width: Math.max(0, ...lines.map(({ width, indent }) => width + (indent ?? 0))),
    height: lines.reduce((sum, { height }) => sum + height, 0),
  };
}

/** The name of a state, and below it what it says besides. */
export function nameBlock({ name, tags }: ChartState): Block {
  return block([line('name', name, null, null), ...tags.map((tag) => line('tag', tag, null, null))]);
}

/** What can happen in a state without leaving it: first what changes something, then the harmless repeats. */
export function internalsBlock({ internals }: ChartState): Block {
  const guardIndent = 10;
  const effective = internals.filter(({ isRepeat }) => !isRepeat);
  const repeats = internals.filter(({ isRepeat }) => isRepeat);
  return block([
    ...effective.flatMap(({ id, event, guards }) => [
      line('event', event, 0, id),
      ...guards.map((guard) => line('guard', `[${guard}]`, guardIndent, id)),
    ]),
    ...repeats.map(({ id, event, guards }) =>
      line('repeat', `${[event, ...guards.map((guard) => `[${guard}]`)].join(' ')} changes nothing`, 0, id),
    ),
  ]);
}

/** The label on a transition. */
export function labelBlock({ id, event, guards }: ChartTransition): Block {
  return block([line('event', event, null, id), ...guards.map((guard) => line('guard', `[${guard}]`, null, id))]);
}
