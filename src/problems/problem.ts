/**
 * Every way in which the server says no: one closed list of codes, and one table that gives each its HTTP status, its title and
 * its remedy. It is the only place where the status of a refusal is written; it decides nothing.
 */

/** What the table knows of a code. */
interface ProblemKind {
  readonly status: number;
  readonly title: string;
  /** What a person can do about it: the sentence in the refusal and in `Device.remoteDeactivation.remedy` (R13). */
  readonly remedy: string | null;
  /** A paragraph for the page at `/problems/<kebab-code>`. */
  readonly explanation: string;
}

/** In the order in which the contract checks them. */
const kinds = {
  legacyLicenseManager: {
    status: 410,
    title: 'The old license manager is gone',
    remedy: 'Use the Licenses panel instead.',
    explanation:
      'The old license manager no longer deactivates devices. Everything it did is done in the Licenses panel, whose address is in the member "panel" of the answer.',
  },
  tooLarge: {
    status: 413,
    title: 'The request is too large',
    remedy: 'Send less: a body has at most 64 kB, and all headers together at most 16 kB.',
    explanation:
      'The body or the headers of the request are larger than the server accepts. Nothing of it was processed.',
  },
  unsupportedMediaType: {
    status: 415,
    title: 'The body is not JSON',
    remedy: 'Send the body as JSON, with the content type application/json.',
    explanation:
      'Bodies are JSON, in UTF-8, and are announced as application/json. A request without a body needs no content type.',
  },
  tooManyRequests: {
    status: 429,
    title: 'Too many failed credentials or open streams',
    remedy:
      'Wait as long as the header Retry-After says. Check the credential before trying again, or close streams that are open.',
    explanation:
      'Too many requests with wrong credentials came from this network address within a minute: further wrong ones are answered like this until it is over, and a correct credential is never refused for this reason. Or ten wrong passwords for one e-mail address came from there within a quarter of an hour: then none is looked at until it is over, which stops neither that person elsewhere nor a browser in which they have signed in before. Or the credential keeps as many streams open as it may.',
  },
  overloaded: {
    status: 503,
    title: 'The server cannot take this now',
    remedy: 'Wait as long as the header Retry-After says, and send the same request again.',
    explanation:
      'The server has more to do than it can finish in time, or cannot reach or write its database. The member "outcome" is "none" where the request had no effect, and "unknown" where that cannot be told. Sending the same request again is harmless in both cases.',
  },
  unauthenticated: {
    status: 401,
    title: 'No valid credential',
    remedy: 'Sign in, or send a valid license key, device token or access token in the header Authorization.',
    explanation:
      'The request carries no credential, or one that is unknown or has ended: a license key, a token, the session of a browser, or what somebody wanted to sign in with. A license key that was replaced is unknown from that moment on, and so is a device token once its device has activated again.',
  },
  forbidden: {
    status: 403,
    title: 'This credential may not do this',
    remedy: 'Ask somebody whose role allows it.',
    explanation:
      'The credential is valid, but its kind or its role may never do what was asked. The description of the interface says for each request who may send it. Or a browser that is signed in was made to send the request by a page of another site: then whoever wants it does it on a page of this server.',
  },
  invalidRequest: {
    status: 400,
    title: 'The request is not valid',
    remedy: 'Correct what the list of issues names, and send the request again.',
    explanation:
      'The request is not what the description of the interface says. The member "issues" names each fault by its path. Fields and query parameters that are not known are refused too, so that a typing error is not taken for a wish.',
  },
  notFound: {
    status: 404,
    title: 'There is no such thing',
    remedy: 'Check the address and the ids in the request.',
    explanation:
      'There is nothing at this address or with this id, or it is not yours to see. What belongs to another organization looks as if it did not exist.',
  },
  idempotencyKeyReused: {
    status: 422,
    title: 'The idempotency key belongs to another request',
    remedy: 'Use a new Idempotency-Key for a new request.',
    explanation:
      'The same Idempotency-Key was sent within the last 24 hours with another body. A key stands for one request and its repetitions.',
  },
  versionRequired: {
    status: 428,
    title: 'The version is missing',
    remedy: 'Read it first, and send its ETag in the header If-Match.',
    explanation:
      'This change is only made to a version that you have seen, so that nobody overwrites what somebody else has just changed. Send the ETag of what you read in If-Match, or * for any version.',
  },
  versionMismatch: {
    status: 412,
    title: 'It has changed in the meantime',
    remedy: 'Read it again, and decide anew.',
    explanation:
      'The version in If-Match is not the present one: somebody else has changed it since it was read. Nothing was changed.',
  },
  supportAndUpgradeRequired: {
    status: 403,
    title: 'Support & Upgrade is needed for this topic',
    remedy: 'Renew Support & Upgrade for this license, or choose the topic device deactivation, which is always open.',
    explanation:
      'Tickets about device deactivation can be opened with or without Support & Upgrade. Every other topic needs it, and for this license it has ended or was never there.',
  },
  ticketNotApplicable: {
    status: 409,
    title: 'The ticket does not cover this',
    remedy: 'Use a ticket that is about this license, has the topic device deactivation, and is not closed.',
    explanation:
      'What support does against the setting of a license needs a ticket of its owner: about the same license, with the topic deviceDeactivation, and not closed.',
  },
  emailInUse: {
    status: 409,
    title: 'The e-mail address is taken',
    remedy: 'Use another e-mail address.',
    explanation: 'A person belongs to one organization and is known by one e-mail address. This one is already known.',
  },
  seatsInUse: {
    status: 409,
    title: 'More devices are active than seats would remain',
    remedy: 'Log out or deactivate devices first, or keep more seats.',
    explanation:
      'A license cannot have fewer seats than it has active devices. The members "devices" and "deviceCount" say which and how many there are.',
  },
  deviceNotActive: {
    status: 409,
    title: 'The device is not active',
    remedy: 'The device holds no seat now: log in again on the device itself to use it.',
    explanation:
      'Only an active device checks in, logs out or is deactivated. This one was never activated, or was ended: the members "state" and "endedBy" say by whom and when. A device gets a seat again only when a person logs in on it.',
  },
  licenseSuspended: {
    status: 403,
    title: 'The license is suspended',
    remedy: 'Ask the vendor why the license is suspended, and to reinstate it.',
    explanation:
      'The vendor has suspended the license. Devices cannot activate or check in on it until it is reinstated; logging out is possible.',
  },
  licenseExpired: {
    status: 403,
    title: 'The license has ended',
    remedy: 'Renew the license.',
    explanation:
      'The validity of the license has ended. Devices cannot activate or check in on it until it is renewed; logging out is possible.',
  },
  licenseRevoked: {
    status: 403,
    title: 'The license was revoked',
    remedy: 'Ask the vendor for another license: a revoked one does not come back.',
    explanation:
      'The vendor has revoked the license for good. Devices cannot activate or check in on it; logging out is possible.',
  },
  noSeatAvailable: {
    status: 409,
    title: 'All seats are occupied',
    remedy: 'Log out on another device, or deactivate one in the Licenses panel.',
    explanation:
      'As many devices are active as the license has seats ("seats", "activeDevices"). A seat is free when a device logs out, is deactivated, or has not connected for its check-in period: the first of them at "nextSeatFreeAt" if it does not connect before.',
  },
  remoteDeactivationDisabled: {
    status: 409,
    title: 'Remote deactivation is disabled',
    remedy: 'Enable remote deactivation for this license, or open a support ticket about device deactivation.',
    explanation:
      'The owner can deactivate devices remotely only while this is enabled for the license. Enabling it needs every device that is active at that moment to leave its seat first.',
  },
  remoteDeactivationEnabling: {
    status: 409,
    title: 'Remote deactivation is still being enabled',
    remedy:
      'Log out on the blocking devices, wait until they have expired, or open a support ticket about device deactivation.',
    explanation:
      'Remote deactivation is enabled as soon as the last device that was active when it was requested has logged out, expired or been deactivated by support. "blockingDevices" names them.',
  },
  devicePredatesRemoteDeactivation: {
    status: 409,
    title: 'The device was active before remote deactivation was enabled',
    remedy: 'Log out on the device and in again, or open a support ticket about device deactivation.',
    explanation:
      'Only a device that was activated since remote deactivation was last enabled can be deactivated remotely. This one was already active then.',
  },
  eventNotAllowed: {
    status: 409,
    title: 'This is not possible in the present state',
    remedy: 'Look at its present state: what was asked for cannot be done from there.',
    explanation:
      'What was asked for ("event") is not possible from the present state ("state"). The description of the interface says which steps there are.',
  },
  internalError: {
    status: 500,
    title: 'Something went wrong in the server',
    remedy: 'Try again later; if it happens again, give the operator the value of the header x-request-id.',
    explanation:
      'A fault of the server, not of the request. It is in the log of the server under the request id that the header x-request-id gives.',
  },
} as const satisfies Record<string, ProblemKind>;

/** The closed list of what a refusal can be; programs switch on it. */
export type ProblemCode = keyof typeof kinds;

/** Every code, in the order in which the contract checks them. */
export const problemCodes = Object.freeze(Object.keys(kinds)) as readonly ProblemCode[];

/** Title, HTTP status, remedy and explanation of a code. */
export function problemKind(code: ProblemCode): ProblemKind {
  return kinds[code];
}

/** What a person can do about it: the same sentence in the refusal and where the action is offered (R13). */
export function remedyOf(code: ProblemCode): string | null {
  return kinds[code].remedy;
}

/** The members of a problem document that come from the table and the request, and that no extra may replace. */
type FixedMember = 'type' | 'title' | 'status' | 'detail' | 'instance' | 'code' | 'remedy';

/** What a refusal carries beyond the fixed members, such as `blockingDevices`. */
export type ProblemExtras = Readonly<Record<string, unknown>> & { readonly [Member in FixedMember]?: never };

/** One fault of an invalid request: the path of the field, dot separated, '' for the whole. */
export interface ProblemIssue {
  readonly path: string;
  readonly message: string;
}

/** A refusal on its way out of the shell. Nothing secret belongs into it: it is sent as it is. */
export class ProblemError extends Error {
  /**
   * @param code which refusal it is
   * @param detail a sentence about this very case, for people
   * @param extras further members of the document, as the contract lists them for the code
   * @param retryAfterSeconds when to try again, for `tooManyRequests` and `overloaded`
   * @param remedy what helps in this very case, where the sentence of the code would mislead
   */
  constructor(
    readonly code: ProblemCode,
    readonly detail: string = kinds[code].title + '.',
    readonly extras: ProblemExtras = {},
    readonly retryAfterSeconds: number = code === 'tooManyRequests' ? 60 : 1,
    readonly remedy: string | null = kinds[code].remedy,
  ) {
    super(`${code}: ${detail}`);
    this.name = 'ProblemError';
  }
}

/** A request that is not what the contract says, with its faults. */
export function invalidRequest(issues: readonly ProblemIssue[]): ProblemError {
  const [first] = issues;
  const subject = first === undefined || first.path === '' ? 'The request' : first.path;
  const detail = first === undefined ? undefined : `${subject}: ${first.message}.`;
  return new ProblemError('invalidRequest', detail, { issues });
}

/** The document of RFC 9457 that a refusal is sent as. */
export interface ProblemDocument {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly instance: string;
  readonly code: ProblemCode;
  readonly remedy: string | null;
  readonly [extra: string]: unknown;
}

const paths = new Map(
  problemCodes.map((code) => [code, code.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)]),
);

/** The code as it stands in an address: `noSeatAvailable` is `no-seat-available`. */
export function kebabOf(code: ProblemCode): string {
  return paths.get(code) ?? code;
}

/**
 * The document of a refusal.
 *
 * @param publicUrl the server's address without a slash at the end
 * @param target the request's target; `instance` is its path without the query
 */
export function problemDocument(problem: ProblemError, publicUrl: string, target: string): ProblemDocument {
  const { status, title } = kinds[problem.code];
  const queryStart = target.indexOf('?');
  return {
    type: `${publicUrl}/problems/${kebabOf(problem.code)}`,
    title,
    status,
    detail: problem.detail,
    instance: queryStart < 0 ? target : target.slice(0, queryStart),
    code: problem.code,
    remedy: problem.remedy,
    ...(problem.code === 'overloaded' ? { outcome: 'none' } : null),
    ...problem.extras,
  };
}
