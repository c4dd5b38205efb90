/** Why a way in is refused, to a person who has no session yet: what the server says of this way, without what it says to programs. */
import { isProblem, problemIn } from '../api/problem';
import { Note } from '../shell/note';
import { ProblemAlert, remedyInWords } from '../shell/problem-alert';

/** @param onRetry offers “Try again”, where another try can help */
export function WayInProblem({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  if (!isProblem(error, 'unauthenticated', 'tooManyRequests')) return <ProblemAlert error={error} onRetry={onRetry} />;
  const problem = problemIn(error);
  return (
    <Note tone="bad" role="alert" title={problem.detail}>
      {problem.code === 'tooManyRequests' ? <p>{remedyInWords(problem)}</p> : null}
    </Note>
  );
}
