/** What can happen to the session of client software: what people ask for, what the server answers, and what the clock says. */

export type ClientSessionEvent =
  | {
      type: 'activate';
      /** Whether a person asks for it now, and not the software by itself. */
      byPerson: boolean;
    }
  | { type: 'logOut' }
  | { type: 'confirm' }
  | { type: 'refuse' }
  | { type: 'hold' }
  | { type: 'end' }
  | { type: 'deactivate' }
  | { type: 'release' }
  | { type: 'missAnswer' }
  | { type: 'expire' }
  | { type: 'distrustClock' }
  | { type: 'trustClock' }
  | { type: 'restore' };

export const clientSessionEvents = {
  activate: 'The software, or a person in front of it, asks for a seat.',
  logOut: 'The software gives its seat back.',
  confirm: 'The server confirms the seat, with a lease that is good.',
  refuse: 'The server refuses the activation.',
  hold: 'The server refuses the check-in because of the license, which can be mended without this device.',
  end: 'The server says that the seat is gone: logged out, expired, activated elsewhere, or the license revoked.',
  deactivate: 'The server says that the owner or support freed the seat.',
  release: 'The server has taken the log-out, or there is nothing to give back any more.',
  missAnswer: 'No answer came, or none that can be believed.',
  expire: 'Time passes: the lease has ended.',
  distrustClock: 'The clock of this machine stands before a moment that was seen already, or tells no time.',
  trustClock: 'The clock of this machine is right again.',
  restore: 'The software starts again, with what it has kept.',
} as const satisfies Record<ClientSessionEvent['type'], string>;
