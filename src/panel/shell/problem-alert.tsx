/** A refusal in the server's own words: what, why, and what to do about it; how long to wait in ours, since the server says it in a header. Nothing where there is no error. */
import { Button, Group, List } from '@mantine/core';
import { type Problem, problemIn } from '../api/problem';
import { spanInWords } from '../time/words';
import { Note } from './note';

/** What to do about a refusal; null where there is nothing to do. */
export function remedyInWords({ remedy, retryAfterSeconds }: Problem): string | null {
  return retryAfterSeconds === undefined ? remedy : `Try again in ${spanInWords(retryAfterSeconds * 1_000)}.`;
}

/**
 * @param error whatever was thrown; null or undefined shows nothing
 * @param onRetry offers “Try again”
 */
export function ProblemAlert({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  if (error === null || error === undefined) return null;
  const problem = problemIn(error);
  const { title, detail, issues = [] } = problem;
  const remedy = remedyInWords(problem);
  const isSaid = detail.replace(/\.$/, '') === title;
  return (
    <Note tone="bad" role="alert" title={title}>
      {isSaid ? null : <p>{detail}</p>}
      {issues.length < 2 ? null : (
        <List size="sm" mt={4}>
          {issues.map(({ path, message }) => (
            <List.Item key={path + message}>{path === '' ? message : `${path}: ${message}`}</List.Item>
          ))}
        </List>
      )}
      {remedy === null ? null : <p>{remedy}</p>}
      {onRetry === undefined ? null : (
        <Group mt="xs">
          <Button size="xs" variant="default" onClick={onRetry}>
            Try again
          </Button>
        </Group>
      )}
    </Note>
  );
}
