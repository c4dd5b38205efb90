/** The four questions that an application has: may I run, until when, why not, what should the person do. */
import type { KeptSession, Reason } from './kept.session.js';
import { mayRunIn, type SessionState } from './session.js';

export interface SeatAnswer {
  readonly state: SessionState;
  /** Whether the software may run now. */
  readonly mayRun: boolean;
  /** Until when it may run without another word of the server; null where it may not. By the server's clock. */
  readonly until: Date | null;
  /** Why it may not run: a code to switch on; null where it may. */
  readonly whyNot: WhyNot | null;
  /** The same for people, in the server's words where it has said it. */
  readonly detail: string | null;
  /** What the person should do; null where nothing is to be done but to wait, or where all is well. */
  readonly whatToDo: string | null;
  /** How the activation ended, where the server said so. */
  readonly endedBy: Reason['endedBy'];
}

/** A reason that was learned, or the state itself. */
export type WhyNot = Reason['code'] | 'signedOut' | 'activating' | 'loggingOut';

interface Words {
  readonly code: WhyNot;
  readonly detail: string;
  readonly remedy: string | null;
}

/** What a state says where nothing was learned that says more. */
const stateWords: Partial<Record<SessionState, Words>> = {
  signedOut: { code: 'signedOut', detail: 'No seat is held on this device.', remedy: 'Log in to use a seat.' },
  activating: { code: 'activating', detail: 'A seat is being asked for.', remedy: null },
  loggingOut: { code: 'loggingOut', detail: 'The seat is being given back.', remedy: null },
};

export const leaseEnded: Reason = {
  code: 'leaseEnded',
  detail: 'The server was not heard of for so long that the lease has ended.',
  remedy: 'Connect to the internet, or log in again.',
  endedBy: null,
};

export const clockBehind: Reason = {
  code: 'clockBehind',
  detail: 'The clock of this machine was turned back.',
  remedy: 'Set the clock right, or connect to the internet.',
  endedBy: null,
};

/** It counts as behind whatever was seen: nobody knows how much of the lease is left. */
export const clockSilent: Reason = { ...clockBehind, detail: 'The clock of this machine tells no time.' };

/** What is to be said of a session now. */
export function answerOf({ state, reason, seat }: KeptSession): SeatAnswer {
  if (mayRunIn(state) && seat !== null) {
    const until = new Date(seat.leaseExpiresAt);
    return { state, mayRun: true, until, whyNot: null, detail: null, whatToDo: null, endedBy: null };
  }
  const learned = state === 'activating' || state === 'loggingOut' ? null : reason;
  const { code, detail, remedy } = learned ?? stateWords[state] ?? stateWords.signedOut ?? leaseEnded;
  return {
    state,
    mayRun: false,
    until: null,
    whyNot: code,
    detail,
    whatToDo: remedy,
    endedBy: learned?.endedBy ?? null,
  };
}
