/** Where refusals are explained on this server: a page for each code, and the list of all. */
import { kebabOf, type ProblemCode } from './problem.js';

/** The list of all refusals. */
export const addressOfProblems = '/problems';

/** The page of a refusal; the `type` of its documents is the same in full. */
export function addressOfProblem(code: ProblemCode): string {
  return `${addressOfProblems}/${kebabOf(code)}`;
}
