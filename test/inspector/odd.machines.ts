/** Twelve machines that are not like ours, for what draws and exports machines: each is odd in its own way. */
import { type AnyStateMachine, createMachine } from 'xstate';

const longName = 'aStateWhoseNameIsSoLongThatNobodyWouldEverWriteItOnPurposeButSomebodyDid';

/** A ring of states with ways across: so many that laying it out takes its time. */
function large(states: number, ways: number): AnyStateMachine {
  const name = (index: number): string => `state${index % states}`;
  const on = (index: number) =>
    Object.fromEntries(
      Array.from({ length: ways / states }, (_, way) => [`event${way}`, name(index + [1, 7, 31][way % 3]! + way)]),
    );
  return createMachine({
    id: 'large',
    initial: 'state0',
    states: Object.fromEntries(Array.from({ length: states }, (_, index) => [name(index), { on: on(index) }])),
  });
}

export const oddMachines: readonly AnyStateMachine[] = [
  createMachine({ id: 'alone', initial: 'only', states: { only: {} } }),
  createMachine({
    id: 'nested',
    initial: 'outer',
    states: {
      outer: {
        initial: 'middle',
        on: { leave: 'away', again: { target: '.middle' } },
        states: {
          middle: {
            initial: 'inner',
            states: { inner: { on: { deeper: 'innermost' } }, innermost: { on: { out: '#nested.away' } } },
          },
          beside: { on: { back: 'middle.innermost' } },
        },
      },
      away: { on: { home: 'outer.beside', deep: 'outer.middle.innermost' } },
    },
  }),
  createMachine({
    id: 'parallel',
    type: 'parallel',
    states: {
      light: { initial: 'red', states: { red: { on: { next: 'green' } }, green: { on: { next: 'red' } } } },
      door: { initial: 'shut', states: { shut: { on: { push: 'open' } }, open: { on: { pull: 'shut' } } } },
      bell: { initial: 'quiet', states: { quiet: { on: { ring: 'loud' } }, loud: { after: { 500: 'quiet' } } } },
    },
  }),
  createMachine({
    id: 'history',
    initial: 'working',
    states: {
      working: {
        initial: 'one',
        on: { pause: 'paused' },
        states: {
          one: { on: { next: 'two' } },
          two: { on: { next: 'three' } },
          three: { type: 'final' },
          last: { type: 'history', history: 'deep', target: 'two' },
        },
        onDone: 'finished',
      },
      paused: { on: { resume: 'working.last', restart: 'working' } },
      finished: { type: 'final' },
    },
  }),
  createMachine({
    id: 'long',
    initial: longName,
    states: {
      [longName]: {
        on: { anEventThatIsNearlyAsLongAsTheStateThatItLeavesForReasonsThatNobodyRemembers: 'short' },
        description: 'It has a description, too.',
      },
      short: {
        on: {
          x: {
            target: longName,
            guard: 'theConditionThatHasToBeTrueBeforeAnythingOfTheKindCouldEvenBeThoughtOf' as never,
          },
        },
      },
    },
  }),
  createMachine({
    id: 'selves',
    initial: 'a',
    states: {
      a: { on: { again: { target: 'a', reenter: true }, oncemore: { target: 'a', reenter: true }, go: 'b' } },
      b: { on: { again: { target: 'b', reenter: true }, stay: { actions: 'something' as never }, nothing: {} } },
    },
  }),
  createMachine({
    id: 'many',
    initial: 'left',
    states: {
      left: { on: Object.fromEntries(Array.from({ length: 9 }, (_, index) => [`goRight${index}`, 'right'])) },
      right: { on: Object.fromEntries(Array.from({ length: 9 }, (_, index) => [`goLeft${index}`, 'left'])) },
    },
  }),
  createMachine({
    id: 'root',
    initial: 'idle',
    on: { reset: '.idle', fail: '.broken', '*': { actions: 'log' as never } },
    states: {
      idle: { on: { start: 'busy' } },
      busy: { always: { target: 'idle', guard: 'isEmpty' as never } },
      broken: {},
    },
  }),
  createMachine({
    id: 'guarded',
    initial: 'asked',
    states: {
      asked: {
        on: {
          answer: [
            { target: 'yes', guard: 'isTrue' as never },
            { target: 'no', guard: 'isFalse' as never },
            { target: 'perhaps', guard: ({ event }) => 'doubt' in event },
            { target: 'asked', reenter: true },
          ],
        },
      },
      yes: { type: 'final' },
      no: { type: 'final' },
      perhaps: { after: { 1000: 'asked', 60000: 'no' } },
    },
  }),
  createMachine({
    id: 'letters',
    initial: 'größe',
    states: {
      größe: { on: { 'weiter & "so" <fort>': '状態' } },
      状態: { on: { 次へ: 'مرحبا' } },
      مرحبا: { on: { '🙂': 'größe', "it's": 'größe' }, description: '<script>alert(1)</script>' },
    },
  }),
  createMachine({
    id: 'into',
    initial: 'before',
    states: {
      before: { on: { begin: ['#upper', '#lower'] as never } },
      both: {
        type: 'parallel',
        on: { end: 'before' },
        states: {
          first: { initial: 'low', states: { low: {}, high: { id: 'upper' } } },
          second: { initial: 'low', states: { low: { id: 'lower' }, high: {} } },
        },
      },
    },
  }),
  large(60, 180),
];
