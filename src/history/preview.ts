/** What a dry run says besides its answer: that it was one, and the rows that it would have written. */
import type { Decided } from '../coordinator/result.js';
import { presentTransition } from './transition.presenter.js';
import type { Transition } from './transition.schemas.js';

/** What a command needs to know of its request. */
export interface Wish {
  readonly requestId: string;
  readonly dryRun: boolean;
}

/** Members to be added to the answer: none in earnest. */
export function previewOf(decided: Decided, { dryRun }: Wish): { dryRun?: true; transitions?: Transition[] } {
  return dryRun ? { dryRun: true, transitions: decided.steps.map(presentTransition) } : {};
}
