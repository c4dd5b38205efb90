/** A refusal in the server's own words: what, why, and what to do about it. Nothing where there is no error. */
import { Button, Group, List } from '@mantine/core';
import { problemIn } from '../api/problem';
import { Note } from './note';

/**
 * @param error whatever was thrown; null or undefined shows nothing
 * @param onRetry offers “Try again”
 */
export function ProblemAlert({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  if (error === null || error === undefined) return null;
  const { title, detail, remedy, issues = [] } = problemIn(error);
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
