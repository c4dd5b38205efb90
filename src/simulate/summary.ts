/** What a simulation came to: how often what happened, and that all rules held; as a value and as a table for the terminal. */
import type { WatchedRule } from './rules.js';
import type { World } from './world.js';

export interface Summary {
  readonly seed: string;
  readonly devices: number;
  readonly days: number;
  /** What devices asked for and got. */
  readonly accepted: Readonly<Record<string, number>>;
  /** What the server said no to, by request and code. */
  readonly refused: Readonly<Record<string, number>>;
  /** What was not answered, by request. */
  readonly unanswered: Readonly<Record<string, number>>;
  /** Which states sessions came into. */
  readonly sessions: Readonly<Record<string, number>>;
  /** How many sessions were in a state in the middle of a day, added up. */
  readonly states: Readonly<Record<string, number>>;
  readonly lives: Readonly<Record<string, number>>;
  readonly network: Readonly<Record<string, number>>;
  /** Accepted rows of the server's history, by event. */
  readonly history: Readonly<Record<string, number>>;
  readonly rules: readonly WatchedRule[];
  readonly allRulesHeld: boolean;
}

/** Adds up what was counted. */
export function summaryOf({ seed, tally, rules }: World, devices: number, days: number): Summary {
  const { activations = 0, checkIns = 0, logOuts = 0, activationsByPersons = 0 } = tally.group('');
  return {
    seed,
    devices,
    days,
    accepted: { activations, activationsByPersons, checkIns, logOuts },
    refused: tally.group('refused.'),
    unanswered: tally.group('unanswered.'),
    sessions: tally.group('sessions.'),
    states: tally.group('days.'),
    lives: tally.group('lives.'),
    network: tally.group('network.'),
    history: tally.group('history.'),
    rules: rules.watched(),
    allRulesHeld: rules.allHeld,
  };
}

/** The summary for people. */
export function summaryLines(summary: Summary): string[] {
  const { devices, days, seed, accepted, refused, unanswered, sessions, lives, network, history, rules } = summary;
  return [
    `${devices} devices lived ${days} days (seed ${seed}).`,
    ...chapter('Asked for and given', accepted),
    ...chapter('Refused', refused),
    ...chapter('Not answered', unanswered),
    ...chapter('Sessions became', sessions),
    ...chapter('Days in state', summary.states),
    ...chapter('Lives', lives),
    ...chapter('Network', network),
    ...chapter('Written in the history', history),
    '',
    'Rules',
    ...rules.flatMap(({ sentence, looks, held, broken }) => [
      `  ${held ? 'held  ' : 'BROKEN'}  ${sentence} (looked ${looks} times).`,
      ...broken.map((place) => `            ${place}`),
    ]),
    '',
    summary.allRulesHeld ? 'All rules held.' : 'Rules were broken.',
  ];
}

const countWidth = 8;

function chapter(title: string, counts: Readonly<Record<string, number>>): string[] {
  const rows = Object.entries(counts);
  if (rows.length === 0) return [];
  return ['', title, ...rows.map(([name, times]) => `  ${String(times).padStart(countWidth)}  ${words(name)}`)];
}

/** `activations.noSeatAvailable` as `activations: noSeatAvailable`. */
function words(name: string): string {
  return name.replace('.', ': ');
}
