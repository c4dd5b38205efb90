/** What is shown where a page fails by itself: a fault of the panel, or a part of it that could not be loaded. */
import { Button, Group } from '@mantine/core';
import { Page } from './page';
import { ProblemAlert } from './problem-alert';

export function FailedPage({ error }: { error: unknown }) {
  return (
    <Page title="This page failed">
      <ProblemAlert error={error} />
      <Group mt="md">
        <Button onClick={() => location.reload()}>Load the page again</Button>
      </Group>
    </Page>
  );
}
