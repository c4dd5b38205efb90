/** How a session goes on, by the table that is generated from its machine. It decides nothing else, and knows no XState. */
import { initialState, sessionTable } from './session.table.js';

export type SessionState = keyof typeof sessionTable;

/** What happens to a session; what each means is described at the machine. */
export type SessionEvent =
  | { readonly type: 'activate'; readonly byPerson: boolean }
  | {
      readonly type:
        | 'logOut'
        | 'confirm'
        | 'refuse'
        | 'hold'
        | 'end'
        | 'deactivate'
        | 'release'
        | 'missAnswer'
        | 'expire'
        | 'distrustClock'
        | 'trustClock'
        | 'restore';
    };

/** What an event does: `moved` to another state, `stayed` (a repeat, or only dates move), or `refused`. */
export interface Step {
  readonly outcome: 'moved' | 'stayed' | 'refused';
  readonly state: SessionState;
}

interface Way {
  readonly to: SessionState | null;
  readonly guard?: 'personAsks';
}

const guards = {
  personAsks: (event: SessionEvent): boolean => event.type === 'activate' && event.byPerson,
};

/** The state of a session that was never begun. */
export const signedOut: SessionState = initialState;

/** What an event does in a state. Total: what the state does not know is refused. */
export function step(state: SessionState, event: SessionEvent): Step {
  const ways: Readonly<Partial<Record<SessionEvent['type'], Way>>> = sessionTable[state].on;
  const way = ways[event.type];
  if (way === undefined || (way.guard !== undefined && !guards[way.guard](event))) return { outcome: 'refused', state };
  return way.to === null ? { outcome: 'stayed', state } : { outcome: 'moved', state: way.to };
}

/** Whether the software may run in a state. */
export function mayRunIn(state: SessionState): boolean {
  return sessionTable[state].mayRun;
}

/** Whether a word is a state, such as one that was kept. */
export function isSessionState(word: unknown): word is SessionState {
  return typeof word === 'string' && Object.hasOwn(sessionTable, word);
}
