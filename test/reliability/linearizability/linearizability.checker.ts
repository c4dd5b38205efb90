/**
 * Searches for a sequential explanation of a concurrent history: an order of its operations that respects real time and in which the
 * model gives every client the answer that it got. The search is Wing and Gong's, with the memory of Lowe: the same operations done,
 * leading to the same state, are not tried twice. It knows nothing of seats.
 */
import type { Model, Operation } from './operation.js';

export type Verdict<Call> =
  | { readonly kind: 'explained'; readonly order: readonly Operation<Call>[] }
  /** No order explains it. `furthest` is the longest that does for its part, `stuck` what could not follow. */
  | {
      readonly kind: 'unexplained';
      readonly furthest: readonly Operation<Call>[];
      readonly stuck: readonly Operation<Call>[];
    }
  /** The search was given up after so many steps. */
  | { readonly kind: 'undecided'; readonly steps: number };

interface Frame<State> {
  readonly state: State;
  /** Which operations may come next, the best guess last, since it is taken from the end. */
  readonly choices: number[];
  /** The operation that led here; -1 at the beginning. */
  readonly taken: number;
}

/** Whether there is an order that explains the history. @param stepsMax after so many tries the search gives up */
export function checkHistory<State, Call>(
  model: Model<State, Call>,
  history: readonly Operation<Call>[],
  stepsMax = 2_000_000,
): Verdict<Call> {
  const operations = [...history].sort((a, b) => a.invokedAt - b.invokedAt);
  const answered = operations.filter(({ answer }) => answer !== null).length;
  const done = new Set<number>();
  const seen = new Set<string>();
  const marks = new Marks(operations.length);
  let answeredDone = 0;
  let furthest: number[] = [];
  let steps = 0;
  const frames: Frame<State>[] = [{ state: model.initial, choices: candidates(operations, done), taken: -1 }];
  const order = (): number[] => frames.slice(1).map(({ taken }) => taken);

  for (;;) {
    const frame = frames.at(-1);
    if (frame === undefined) {
      const list = furthest.map((index) => operations[index]).filter((one) => one !== undefined);
      return { kind: 'unexplained', furthest: list, stuck: stuckAfter(operations, new Set(furthest)) };
    }
    if (answeredDone === answered) {
      return {
        kind: 'explained',
        order: order()
          .map((index) => operations[index])
          .filter((one) => one !== undefined),
      };
    }
    const index = frame.choices.pop();
    if (index === undefined) {
      frames.pop();
      if (frame.taken >= 0) {
        done.delete(frame.taken);
        marks.flip(frame.taken);
        if (operations[frame.taken]?.answer !== null) answeredDone -= 1;
      }
      continue;
    }
    const operation = operations[index];
    if (operation === undefined) continue;
    steps += 1;
    if (steps > stepsMax) return { kind: 'undecided', steps };
    const next = model.step(frame.state, operation.call);
    if (operation.answer !== null && operation.answer !== next.answer) continue;
    const key = model.keyOf(next.state);
    // What got no answer and changes nothing can be left out as well.
    if (operation.answer === null && key === model.keyOf(frame.state)) continue;
    marks.flip(index);
    const memory = `${marks.text()} ${key}`;
    if (seen.has(memory)) {
      marks.flip(index);
      continue;
    }
    seen.add(memory);
    done.add(index);
    if (operation.answer !== null) answeredDone += 1;
    frames.push({ state: next.state, choices: candidates(operations, done), taken: index });
    if (frames.length - 1 > furthest.length) furthest = order();
  }
}

/** Who may be next: whoever was invoked before the earliest answer among those not done. Those without an answer are tried last. */
function candidates<Call>(operations: readonly Operation<Call>[], done: ReadonlySet<number>): number[] {
  let earliest = Infinity;
  operations.forEach(({ answeredAt }, index) => {
    if (!done.has(index)) earliest = Math.min(earliest, answeredAt);
  });
  const open: number[] = [];
  for (const [index, { invokedAt }] of operations.entries()) {
    if (invokedAt > earliest) break;
    if (!done.has(index)) open.push(index);
  }
  const answeredAt = (index: number): number => operations[index]?.answeredAt ?? Infinity;
  return open.sort((a, b) => (answeredAt(a) === answeredAt(b) ? b - a : answeredAt(b) - answeredAt(a)));
}

function stuckAfter<Call>(operations: readonly Operation<Call>[], done: ReadonlySet<number>): Operation<Call>[] {
  return candidates(operations, done)
    .reverse()
    .map((index) => operations[index])
    .filter((one) => one !== undefined);
}

/** A set of numbers whose text is short enough to be remembered often. */
class Marks {
  private readonly words: Uint16Array;

  constructor(size: number) {
    this.words = new Uint16Array(Math.ceil(size / 16));
  }

  flip(index: number): void {
    const word = index >> 4;
    this.words[word] = (this.words[word] ?? 0) ^ (1 << (index & 15));
  }

  text(): string {
    return String.fromCharCode(...this.words);
  }
}
