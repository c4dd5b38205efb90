/**
 * The session of client software, as the client kit lives it: whether the software may run, with the server and without. It never
 * asks the server nor looks at a clock: answers and time arrive as events. A “no” of the server ends a session before its lease
 * does; silence never does. What stands in the tag `mayRun` is the answer to the first question of every application.
 */
import { setup } from 'xstate';
import { connectAction, type StateMeta } from '../decision.js';
import type { StateTag } from '../tags.js';
import type { ClientSessionEvent } from './client-session.events.js';

const meta: StateMeta = { refusal: 'eventNotAllowed' };

/** What the server can say of a session that is kept, wherever it finds it. */
const answers = {
  end: { description: 'The seat is gone: to run it has to be activated again.', target: 'ended' },
  deactivate: { description: 'Somebody freed the seat: a person has to ask for one again.', target: 'deactivated' },
  expire: { description: 'No lease is left to run with.', target: 'ended' },
  logOut: {
    description: 'The software stops running at once; the server is told until it knows.',
    target: 'loggingOut',
  },
} as const;

const held = {
  description: 'The software may not run until the license is in order again.',
  target: 'onHold',
} as const;
const confirmed = { description: 'The server is there, and the seat is held.', target: 'active' } as const;
const asked = { description: 'The server is asked for a seat.', target: 'activating' } as const;
const nothingToGiveBack = { description: 'No seat is held, so there is nothing to give back.' } as const;
const heldAlready = { description: 'The seat is held already.' } as const;
const goesOn = { description: 'It stays as it was kept.' } as const;

export const clientSessionMachine = setup({
  types: {
    events: {} as ClientSessionEvent,
    meta: {} as StateMeta,
    tags: {} as StateTag,
  },
  guards: {
    personAsks: ({ event }) => event.type === 'activate' && event.byPerson,
  },
  actions: {
    /** The dates of the lease move; they are kept beside the state. */
    connect: () => undefined,
  },
}).createMachine({
  id: 'clientSession',
  description: 'The session of client software: whether it may run here and now, with the server and without.',
  initial: 'signedOut',
  states: {
    signedOut: {
      description: 'No seat was asked for, or it was given back, or the server refused to give one.',
      meta,
      on: {
        activate: asked,
        logOut: nothingToGiveBack,
        restore: goesOn,
      },
    },
    activating: {
      description: 'The server is being asked for a seat.',
      meta,
      on: {
        activate: { description: 'The server is being asked already.' },
        confirm: confirmed,
        refuse: { description: 'There is no seat for this device now.', target: 'signedOut' },
        missAnswer: {
          description: 'Whether a seat was given is not known; asking again is harmless.',
          target: 'signedOut',
        },
        restore: { description: 'The answer was lost; asking again is harmless.', target: 'signedOut' },
      },
    },
    active: {
      description: 'The server was there at the last connection, and the seat is held. The software may run.',
      tags: 'mayRun',
      meta,
      on: {
        activate: heldAlready,
        confirm: { description: 'The lease is renewed.', actions: [connectAction] },
        hold: held,
        ...answers,
        missAnswer: { description: 'The lease decides until the server answers again.', target: 'offline' },
        distrustClock: { description: 'The lease cannot be judged by this clock.', target: 'clockBehind' },
        trustClock: { description: 'The clock is right.' },
        restore: { description: 'The lease decides until the server answers.', target: 'offline' },
      },
    },
    offline: {
      description: 'The server does not answer; the lease is good. The software may run until it ends.',
      tags: 'mayRun',
      meta,
      on: {
        activate: heldAlready,
        confirm: confirmed,
        hold: held,
        ...answers,
        missAnswer: { description: 'The lease still decides.' },
        distrustClock: { description: 'The lease cannot be judged by this clock.', target: 'clockBehind' },
        trustClock: { description: 'The clock is right.' },
        restore: goesOn,
      },
    },
    clockBehind: {
      description:
        'The clock of this machine was turned back or tells no time, so the lease cannot be judged: the software may not run until it can.',
      meta,
      on: {
        activate: heldAlready,
        confirm: confirmed,
        hold: held,
        ...answers,
        missAnswer: { description: 'Without the server the clock has to be set right first.' },
        distrustClock: { description: 'It is known already.' },
        trustClock: { description: 'The lease can be judged again.', target: 'offline' },
        restore: goesOn,
      },
    },
    onHold: {
      description:
        'The license is suspended or has ended. The software may not run, with or without a lease; the session goes on by itself once the license is in order.',
      meta,
      on: {
        activate: heldAlready,
        confirm: confirmed,
        hold: { description: 'The license is still not in order.' },
        end: answers.end,
        deactivate: answers.deactivate,
        logOut: answers.logOut,
        missAnswer: { description: 'The last word of the server holds.' },
        restore: goesOn,
      },
    },
    loggingOut: {
      description: 'The seat is to be given back; the server does not know it yet. The software may not run.',
      meta,
      on: {
        activate: asked,
        logOut: { description: 'The server is being told already.' },
        release: { description: 'The server knows; nothing is kept.', target: 'signedOut' },
        missAnswer: { description: 'The server is told again later.' },
        restore: goesOn,
      },
    },
    ended: {
      description: 'The seat is gone, as the server has said, or the lease ended before it was heard of again.',
      meta,
      on: {
        activate: asked,
        confirm: { description: 'The seat was held all the time, and the server is there again.', target: 'active' },
        hold: held,
        logOut: nothingToGiveBack,
        end: { description: 'It is known already.' },
        deactivate: {
          description: 'Meanwhile somebody has freed it: a person has to ask for one again.',
          target: 'deactivated',
        },
        missAnswer: { description: 'Nothing is lost by it.' },
        restore: goesOn,
      },
    },
    deactivated: {
      description: 'The owner or support freed the seat of this device. The software never asks for another by itself.',
      meta,
      on: {
        activate: { description: 'A person asks for a seat again.', guard: 'personAsks', target: 'activating' },
        logOut: nothingToGiveBack,
        deactivate: { description: 'It is known already.' },
        missAnswer: { description: 'Nothing is lost by it.' },
        restore: goesOn,
      },
    },
  },
});

/** The states of a session. */
export const clientSessionStates = [
  'signedOut',
  'activating',
  'active',
  'offline',
  'clockBehind',
  'onHold',
  'loggingOut',
  'ended',
  'deactivated',
] as const;
export type ClientSessionState = (typeof clientSessionStates)[number];
