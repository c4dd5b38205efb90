/** What a refusal must look like, and the codes the contract knows. Expects, and never sends anything. */
import { type Answer } from './server.js';

/** A problem document; what else it carries depends on its code. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  instance: string;
  code: string;
  remedy: string | null;
  [extension: string]: unknown;
}

/** Every code of the contract with its HTTP status, in the order in which causes are looked at. */
export const statusOfCode: Readonly<Record<string, number>> = {
  legacyLicenseManager: 410,
  tooLarge: 413,
  unsupportedMediaType: 415,
  tooManyRequests: 429,
  overloaded: 503,
  unauthenticated: 401,
  forbidden: 403,
  invalidRequest: 400,
  notFound: 404,
  idempotencyKeyReused: 422,
  versionRequired: 428,
  versionMismatch: 412,
  supportAndUpgradeRequired: 403,
  ticketNotApplicable: 409,
  emailInUse: 409,
  seatsInUse: 409,
  deviceNotActive: 409,
  licenseSuspended: 403,
  licenseExpired: 403,
  licenseRevoked: 403,
  noSeatAvailable: 409,
  remoteDeactivationDisabled: 409,
  remoteDeactivationEnabling: 409,
  devicePredatesRemoteDeactivation: 409,
  eventNotAllowed: 409,
};

/** Expects a problem document with this status and code, and returns it. */
export function expectProblem(answer: Answer<unknown>, status: number, code: string): Problem {
  const problem = answer.body as Problem;
  if (answer.status !== status || problem?.code !== code) {
    throw new Error(`expected ${status} ${code}, got ${answer.status} ${answer.text.slice(0, 600)}`);
  }
  expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json\b/);
  expect(problem).toMatchObject({
    type: expect.stringMatching(new RegExp(`/problems/${kebab(code)}$`)),
    title: expect.stringMatching(/\S/),
    status,
    detail: expect.stringMatching(/\S/),
    instance: expect.stringMatching(/^\//),
    code,
  });
  expect(problem.remedy === null || /\S/.test(problem.remedy)).toBe(true);
  return problem;
}

/** The code as its page writes it. */
export function kebab(code: string): string {
  return code.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
