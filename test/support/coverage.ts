/**
 * Coverage of transitions: how often each transition that a machine defines was taken, internal ones and guarded
 * alternatives included, and how often each guard refused. Counts what it is told, asserts nothing and decides nothing.
 */
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type AnyEventObject, type AnyMachineSnapshot, type AnyStateMachine } from 'xstate';
import { describedMachines, guardNames, transitionId } from '../../machines/index.js';
import { type CoveredWalk, rulesPrint } from '../../src/inspector/coverage.record.js';
import { testedCommit } from './commit.js';

/** One transition as a machine defines it. */
export interface CountedTransition {
  /** Its name in the description of the machine. */
  id: string;
  state: string;
  event: string;
  /** Which alternative of this state and event, from 0. */
  index: number;
  /** The state it leads to; null where it stays. */
  target: string | null;
  guards: string[];
  hits: number;
}

/** One guard that can refuse an event in a state. */
export interface CountedRefusal {
  state: string;
  event: string;
  guard: string;
  hits: number;
}

const usualFolder = 'coverage/transitions';

export class TransitionCoverage {
  readonly transitions: CountedTransition[] = [];
  readonly refusals: CountedRefusal[] = [];
  private readonly counted = new Map<unknown, CountedTransition>();

  constructor(
    private readonly machine: AnyStateMachine,
    private readonly walk: CoveredWalk,
  ) {
    for (const node of Object.values(machine.states)) {
      for (const [event, alternatives] of node.transitions) {
        alternatives.forEach((transition, index) => {
          const guards = guardNames(transition.guard);
          const target = transition.target?.[0]?.key ?? null;
          const id = transitionId(node.key, event, index);
          const counter = { id, state: node.key, event, index, target, guards, hits: 0 };
          this.transitions.push(counter);
          this.counted.set(transition, counter);
        });
        // Where the last alternative has no guard, none of them ever refuses.
        if (alternatives.every((transition) => transition.guard !== undefined)) {
          const guards = new Set(alternatives.flatMap((transition) => guardNames(transition.guard)));
          for (const guard of guards) this.refusals.push({ state: node.key, event, guard, hits: 0 });
        }
      }
    }
  }

  /** Counts the transition that the machine takes for `event` in `snapshot`; none where it refuses. */
  take(snapshot: AnyMachineSnapshot, event: AnyEventObject): void {
    for (const taken of this.machine.getTransitionData(snapshot, event)) {
      const counter = this.counted.get(taken);
      if (counter !== undefined) counter.hits += 1;
    }
  }

  /** Counts a refusal by `guard`. */
  refuse(state: string, event: string, guard: string): void {
    for (const counter of this.refusals) {
      if (counter.state === state && counter.event === event && counter.guard === guard) counter.hits += 1;
    }
  }

  /** What was never taken and what never refused, one line each. */
  get missing(): string[] {
    return [
      ...this.transitions.filter(({ hits }) => hits === 0).map(named),
      ...this.refusals
        .filter(({ hits }) => hits === 0)
        .map(({ state, event, guard }) => `${state}.${event} – ${guard}`),
    ];
  }

  /** One line for people. */
  get line(): string {
    const { transitions, refusals } = this;
    const taken = transitions.filter(({ hits }) => hits > 0).length;
    const refused = refusals.filter(({ hits }) => hits > 0).length;
    const percent = Math.floor((100 * taken) / transitions.length);
    return (
      `${this.machine.id}, ${this.walk}: ${taken} of ${transitions.length} transitions (${percent} %), ` +
      `${refused} of ${refusals.length} refusing guards`
    );
  }

  /**
   * Prints the line and keeps the counts as a file, which the build takes along for the inspector: one for each walk and machine, so
   * that tests in several processes do not meet, and each says when and of what it is.
   */
  publish(folder = usualFolder): void {
    const { machine, walk, transitions, refusals } = this;
    process.stdout.write(`coverage of transitions: ${this.line}\n`);
    const described = describedMachines.find(({ id }) => id === machine.id);
    if (described === undefined) throw new Error(`no machine is called ${machine.id}`);
    const record = {
      machine: machine.id,
      walk,
      at: new Date().toISOString(),
      ...testedCommit(),
      rules: rulesPrint(described),
      transitions,
      refusals,
    };
    const path = join(folder, walk, `${machine.id}.json`);
    mkdirSync(join(folder, walk), { recursive: true });
    // Who builds meanwhile takes the old one or the new one, and never a half.
    writeFileSync(`${path}.${process.pid}`, `${JSON.stringify(record, null, 2)}\n`);
    renameSync(`${path}.${process.pid}`, path);
  }
}

function named({ state, event, index, target }: CountedTransition): string {
  return `${state}.${event}[${index}] → ${target ?? 'stays'}`;
}
