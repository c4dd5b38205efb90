import { readFileSync } from 'node:fs';
import {
  invalidRequest,
  kebabOf,
  problemCodes,
  problemDocument,
  ProblemError,
  problemKind,
  remedyOf,
  type ProblemCode,
} from '../../src/problems/problem.js';
import { problemIndex, problemPage } from '../../src/problems/problem.pages.js';

/** Copied by hand from the contract, in its order. */
const contract: [ProblemCode, number][] = [
  ['legacyLicenseManager', 410],
  ['tooLarge', 413],
  ['unsupportedMediaType', 415],
  ['tooManyRequests', 429],
  ['overloaded', 503],
  ['unauthenticated', 401],
  ['forbidden', 403],
  ['invalidRequest', 400],
  ['notFound', 404],
  ['idempotencyKeyReused', 422],
  ['versionRequired', 428],
  ['versionMismatch', 412],
  ['supportAndUpgradeRequired', 403],
  ['ticketNotApplicable', 409],
  ['emailInUse', 409],
  ['seatsInUse', 409],
  ['deviceNotActive', 409],
  ['licenseSuspended', 403],
  ['licenseExpired', 403],
  ['licenseRevoked', 403],
  ['noSeatAvailable', 409],
  ['remoteDeactivationDisabled', 409],
  ['remoteDeactivationEnabling', 409],
  ['devicePredatesRemoteDeactivation', 409],
  ['eventNotAllowed', 409],
  ['internalError', 500],
];

it('knows the codes of the contract, in its order, with their statuses', () => {
  expect(problemCodes.map((code) => [code, problemKind(code).status])).toEqual(contract);
});

it('builds the document of the contract, with the path without the query', () => {
  const problem = new ProblemError('noSeatAvailable', 'All 2 seats are occupied.', { seats: 2, activeDevices: 2 });
  expect(problemDocument(problem, 'https://seats.example', '/v1/devices?dryRun=true')).toEqual({
    type: 'https://seats.example/problems/no-seat-available',
    title: 'All seats are occupied',
    status: 409,
    detail: 'All 2 seats are occupied.',
    instance: '/v1/devices',
    code: 'noSeatAvailable',
    remedy: remedyOf('noSeatAvailable'),
    seats: 2,
    activeDevices: 2,
  });
});

it('says of an overload that nothing was done, unless told otherwise', () => {
  const outcome = (problem: ProblemError) => problemDocument(problem, '', '/')['outcome'];
  expect(outcome(new ProblemError('overloaded'))).toBe('none');
  expect(outcome(new ProblemError('overloaded', 'Unknown.', { outcome: 'unknown' }))).toBe('unknown');
  expect(outcome(new ProblemError('notFound'))).toBeUndefined();
});

it('names the first fault of an invalid request in its detail', () => {
  const problem = invalidRequest([{ path: 'seats', message: 'must be at least 1' }]);
  expect([problem.code, problem.detail, problem.extras]).toEqual([
    'invalidRequest',
    'seats: must be at least 1.',
    { issues: [{ path: 'seats', message: 'must be at least 1' }] },
  ]);
});

it('has a page for every code, with its explanation and its remedy, and links it from the index', () => {
  const index = problemIndex();
  for (const code of problemCodes) {
    expect(kebabOf(code)).toMatch(/^[a-z]+(-[a-z]+)*$/);
    const html = problemPage(code);
    expect(html).toMatch(/^<!doctype html>\n<html lang="en">/);
    expect(html).toContain(`<code>${code}</code>`);
    expect(html).not.toMatch(/<script|style=|src=/);
    expect(index).toContain(`href="/problems/${kebabOf(code)}"`);
  }
});

it('ends every remedy and explanation as a sentence', () => {
  for (const code of problemCodes) {
    const { remedy, explanation } = problemKind(code);
    expect(remedy).toMatch(/^[A-Z].*\.$/);
    expect(explanation).toMatch(/^[A-Z].*\.$/);
  }
});

it('is the only file of the shell that writes the status of a refusal', () => {
  for (const file of ['problem.reply', 'problem.filter', 'problem.pages', 'problem.mapping']) {
    const source = readFileSync(`src/problems/${file}.ts`, 'utf8').replace('status >= 400', '');
    expect(source).not.toMatch(/\b[45]\d\d\b/);
  }
});
