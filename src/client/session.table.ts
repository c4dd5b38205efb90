/**
 * How a session goes on: for each state and event the next state, or null where it stays. What is not in it is refused. Written by
 * `npm run client:generate` from `machines/client-session/`, and compared with it by a test: change the machine instead.
 */
export const initialState = 'signedOut';

export const sessionTable = {
  signedOut: { mayRun: false, on: { activate: { to: 'activating' }, logOut: { to: null }, restore: { to: null } } },
  activating: {
    mayRun: false,
    on: {
      activate: { to: null },
      confirm: { to: 'active' },
      refuse: { to: 'signedOut' },
      missAnswer: { to: 'signedOut' },
      restore: { to: 'signedOut' },
    },
  },
  active: {
    mayRun: true,
    on: {
      activate: { to: null },
      confirm: { to: null },
      hold: { to: 'onHold' },
      end: { to: 'ended' },
      deactivate: { to: 'deactivated' },
      expire: { to: 'ended' },
      logOut: { to: 'loggingOut' },
      missAnswer: { to: 'offline' },
      distrustClock: { to: 'clockBehind' },
      trustClock: { to: null },
      restore: { to: 'offline' },
    },
  },
  offline: {
    mayRun: true,
    on: {
      activate: { to: null },
      confirm: { to: 'active' },
      hold: { to: 'onHold' },
      end: { to: 'ended' },
      deactivate: { to: 'deactivated' },
      expire: { to: 'ended' },
      logOut: { to: 'loggingOut' },
      missAnswer: { to: null },
      distrustClock: { to: 'clockBehind' },
      trustClock: { to: null },
      restore: { to: null },
    },
  },
  clockBehind: {
    mayRun: false,
    on: {
      activate: { to: null },
      confirm: { to: 'active' },
      hold: { to: 'onHold' },
      end: { to: 'ended' },
      deactivate: { to: 'deactivated' },
      expire: { to: 'ended' },
      logOut: { to: 'loggingOut' },
      missAnswer: { to: null },
      distrustClock: { to: null },
      trustClock: { to: 'offline' },
      restore: { to: null },
    },
  },
  onHold: {
    mayRun: false,
    on: {
      activate: { to: null },
      confirm: { to: 'active' },
      hold: { to: null },
      end: { to: 'ended' },
      deactivate: { to: 'deactivated' },
      logOut: { to: 'loggingOut' },
      missAnswer: { to: null },
      restore: { to: null },
    },
  },
  loggingOut: {
    mayRun: false,
    on: {
      activate: { to: 'activating' },
      logOut: { to: null },
      release: { to: 'signedOut' },
      missAnswer: { to: null },
      restore: { to: null },
    },
  },
  ended: {
    mayRun: false,
    on: {
      activate: { to: 'activating' },
      confirm: { to: 'active' },
      hold: { to: 'onHold' },
      logOut: { to: null },
      end: { to: null },
      deactivate: { to: 'deactivated' },
      missAnswer: { to: null },
      restore: { to: null },
    },
  },
  deactivated: {
    mayRun: false,
    on: {
      activate: { to: 'activating', guard: 'personAsks' },
      logOut: { to: null },
      deactivate: { to: null },
      missAnswer: { to: null },
      restore: { to: null },
    },
  },
} as const;
