/**
 * What can go wrong, as a closed union: one member for each code of the server, and one for each failure that only a client meets.
 * Switch on `code`; `isAnswer` tells whether the server has said no, or whether nothing that can be believed was said.
 */
import type { components } from './contract.js';

type Schemas = components['schemas'];
type EndedBy = Schemas['Device']['endedBy'];

/** Every code of a problem document. */
export type ProblemCode = Schemas['Problem']['code'];

/** What a refusal carries besides, by its code; for all others nothing. */
interface Carried {
  deviceNotActive: { readonly state: Schemas['Device']['state']; readonly endedBy: EndedBy };
  noSeatAvailable: {
    readonly seats: number;
    readonly activeDevices: number;
    /** When a seat is free at the earliest (RFC 3339), where nobody logs out before; null where that is not known. */
    readonly nextSeatFreeAt: string | null;
  };
  invalidRequest: { readonly issues: readonly { readonly path: string; readonly message: string }[] };
  tooManyRequests: { readonly retryAfterSeconds: number | null };
  overloaded: {
    readonly retryAfterSeconds: number | null;
    /** Whether the request was carried out: `unknown` where the answer to it was lost. Sending it again is harmless. */
    readonly outcome: 'none' | 'unknown';
  };
}

interface Sentences {
  /** What is wrong, for people. */
  readonly detail: string;
  /** What a person can do about it; null where nothing is to be done but to wait. */
  readonly remedy: string | null;
}

/** The server has answered no, with a problem document (RFC 9457). */
export type Refusal = {
  [Code in ProblemCode]: Sentences & {
    readonly code: Code;
    /** It was the server that said so. */
    readonly isAnswer: true;
    readonly status: number;
    /** The page of the server that explains the code. */
    readonly type: string;
  } & (Code extends keyof Carried ? Carried[Code] : unknown);
}[ProblemCode];

/** Nothing that can be believed was said, or the client itself cannot go on. None of these ends a session before its lease does. */
export type OwnError = Sentences & { readonly isAnswer: false } & (
    | {
        readonly code: 'noAnswer';
        /** `network`: no connection; `timeout`: none in time; `cut`: the answer ended before it was whole. */
        readonly cause: 'network' | 'timeout' | 'cut';
      }
    | {
        readonly code: 'notSeatkeeper';
        /**
         * `redirect`: the address leads elsewhere, which is not followed; `page`: an HTML page, as of a captive portal; `unreadable`: no
         * answer of Seatkeeper's; `anotherServer`: one of Seatkeeper's that does not have the keys of the lease.
         */
        readonly found: 'redirect' | 'page' | 'unreadable' | 'anotherServer';
        readonly status: number;
      }
    | { readonly code: 'leaseNotGood'; readonly fault: LeaseFault }
    | { readonly code: 'licenseKeyMalformed' }
    | { readonly code: 'personMustAsk' }
    | { readonly code: 'notActivated' }
    | { readonly code: 'storeFailed'; readonly operation: 'read' | 'write'; readonly reason: string }
    | { readonly code: 'closed' }
  );

/**
 * Why a lease does not count: `malformed` and `forged` (not signed by a key of the server), `foreign` (of another server, license or
 * device), `otherFingerprint`, `outdated` (given before a moment that was seen already, as an answer that is played again),
 * `unsupported` (Ed25519 cannot be verified here). One that has ended, or was given later than it is now, is no fault of the lease:
 * the session is `ended` or `clockBehind` then.
 */
export type LeaseFault = 'malformed' | 'forged' | 'foreign' | 'otherFingerprint' | 'outdated' | 'unsupported';

export type SeatError = Refusal | OwnError;

/** Every code of an error. */
export type SeatErrorCode = SeatError['code'];

/** Every code of the server, so that an answer with another one is told apart. */
const known: { readonly [Code in ProblemCode]: true } = {
  legacyLicenseManager: true,
  tooLarge: true,
  unsupportedMediaType: true,
  tooManyRequests: true,
  overloaded: true,
  unauthenticated: true,
  forbidden: true,
  invalidRequest: true,
  notFound: true,
  idempotencyKeyReused: true,
  versionRequired: true,
  versionMismatch: true,
  supportAndUpgradeRequired: true,
  ticketNotApplicable: true,
  emailInUse: true,
  seatsInUse: true,
  deviceNotActive: true,
  licenseSuspended: true,
  licenseExpired: true,
  licenseRevoked: true,
  noSeatAvailable: true,
  remoteDeactivationDisabled: true,
  remoteDeactivationEnabling: true,
  devicePredatesRemoteDeactivation: true,
  eventNotAllowed: true,
  internalError: true,
};

/**
 * The refusal in the body of an answer; null where it is no problem document of Seatkeeper's.
 *
 * @param status of the answer, which the document has to repeat
 * @param retryAfter the header of that name
 */
export function refusalIn(body: unknown, status: number, retryAfter: string | null): Refusal | null {
  if (typeof body !== 'object' || body === null) return null;
  const problem = body as Record<string, unknown>;
  const { code, detail, remedy, type } = problem;
  if (typeof code !== 'string' || !Object.hasOwn(known, code) || problem['status'] !== status) return null;
  if (typeof detail !== 'string' || typeof type !== 'string') return null;
  return {
    ...problem,
    code,
    detail,
    type,
    status,
    remedy: typeof remedy === 'string' ? remedy : null,
    isAnswer: true,
    ...(code === 'tooManyRequests' || code === 'overloaded' ? { retryAfterSeconds: secondsOf(retryAfter) } : {}),
  } as unknown as Refusal;
}

/** Whole seconds of a `Retry-After`; null where it says none. */
function secondsOf(retryAfter: string | null): number | null {
  return retryAfter !== null && /^\d{1,6}$/.test(retryAfter) ? Number(retryAfter) : null;
}
