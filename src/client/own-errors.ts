/** The words of what only a client meets: what is wrong, and what a person can do. */
import type { LeaseFault, OwnError } from './errors.js';

type Of<Code extends OwnError['code']> = Extract<OwnError, { code: Code }>;

const tryLater = 'Check the connection to the internet; it is tried again by itself.';

export function noAnswer(cause: Of<'noAnswer'>['cause']): OwnError {
  const details = {
    network: 'The license server cannot be reached.',
    timeout: 'The license server did not answer in time.',
    cut: 'The connection to the license server was lost.',
  };
  return { code: 'noAnswer', isAnswer: false, cause, detail: details[cause], remedy: tryLater };
}

export function notSeatkeeper(found: Of<'notSeatkeeper'>['found'], status: number): OwnError {
  const said = {
    redirect: [
      'The address of the license server leads elsewhere.',
      'Ask the vendor for the address of the license server.',
    ],
    page: [
      'Something between this machine and the license server has answered with a page.',
      'Open a page in the browser: the network may want you to sign in first.',
    ],
    unreadable: ['What has answered is no license server.', 'Ask the vendor for the address of the license server.'],
    anotherServer: [
      'The license server that answered is not the one that gave this device its seat.',
      'Ask the vendor for the address of the license server.',
    ],
  } as const;
  const [detail, remedy] = said[found];
  return { code: 'notSeatkeeper', isAnswer: false, found, status, detail, remedy };
}

export function leaseNotGood(fault: LeaseFault): OwnError {
  const said: Record<LeaseFault, readonly [string, string]> = {
    malformed: ['The lease cannot be read.', 'Connect to the internet: the server gives another.'],
    forged: ['The lease was not signed by the license server.', 'Connect to the internet: the server gives another.'],
    foreign: ['The lease is not of this license on this server.', 'Log in on this device.'],
    otherFingerprint: ['The lease is of another device.', 'Log in on this device.'],
    outdated: ['The answer of the license server is an old one.', tryLater],
    unsupported: [
      'Leases cannot be verified on this machine: it does not know Ed25519.',
      'Update the browser or the system.',
    ],
  };
  const [detail, remedy] = said[fault];
  return { code: 'leaseNotGood', isAnswer: false, fault, detail, remedy };
}

export function storeFailed(operation: Of<'storeFailed'>['operation'], error: unknown): OwnError {
  const reason = error instanceof Error ? error.message : String(error);
  return {
    code: 'storeFailed',
    isAnswer: false,
    operation,
    reason,
    detail:
      operation === 'read' ? 'What was kept of the seat cannot be read.' : 'The seat cannot be kept on this machine.',
    remedy:
      operation === 'read'
        ? 'Make the file readable, or log in again.'
        : 'Make room, or make the folder writable; until then the software has to connect at each start.',
  };
}

const simple = {
  licenseKeyMalformed: ['The license key has characters that no license key has.', 'Enter the license key again.'],
  personMustAsk: [
    'This device was deactivated, so its seat is asked for by a person only.',
    'Log in again to use a seat.',
  ],
  notActivated: ['This device holds no seat.', 'Log in to use a seat.'],
  closed: ['The session was closed.', null],
} as const;

export function ownError(code: keyof typeof simple): OwnError {
  const [detail, remedy] = simple[code];
  return { code, isAnswer: false, detail, remedy };
}
