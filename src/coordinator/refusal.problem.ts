/** The one place where what the coordinator answers becomes a refusal on its way out (R13). It decides nothing. */
import { ProblemError, type ProblemExtras } from '../problems/problem.js';
import type { Decided, Result } from './result.js';

/** A decision that was accepted. */
export type Accepted = Decided & { readonly outcome: Exclude<Decided['outcome'], { kind: 'refused' }> };

/** Whether a result is an accepted decision. */
export function isAccepted(result: Result): result is Accepted {
  return result.kind === 'decided' && result.outcome.kind !== 'refused';
}

/**
 * The accepted decision in a result.
 *
 * @param extras members of the problem document that need look-ups, for a refusal
 * @throws ProblemError for everything else
 */
export function acceptedOf(result: Result, extras: ProblemExtras = {}): Accepted {
  const problem = refusalProblem(result, extras);
  if (problem !== null) throw problem;
  return result as Accepted;
}

/** The refusal that a result is; null for an accepted decision. @param extras members that need look-ups */
export function refusalProblem(result: Result, extras: ProblemExtras = {}): ProblemError | null {
  switch (result.kind) {
    case 'notFound':
      return new ProblemError('notFound');
    case 'busy':
      return new ProblemError('overloaded');
    case 'proofRejected':
      return new ProblemError('unauthenticated');
    case 'versionRequired':
      return new ProblemError('versionRequired');
    case 'versionMismatch':
      return new ProblemError('versionMismatch');
    case 'decided': {
      const { outcome } = result;
      if (outcome.kind !== 'refused') return null;
      const { reason, state, event } = outcome;
      const own = reason === 'eventNotAllowed' ? { state, event } : {};
      return new ProblemError(reason, undefined, { ...own, ...extras });
    }
  }
}
