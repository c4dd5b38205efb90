/** An address that the panel does not know. */
import { Anchor, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Page } from './page';

export function NotFoundPage() {
  return (
    <Page title="There is no such page">
      <Text>
        The address may be mistyped, or what it named is gone.{' '}
        <Anchor component={Link} to="/licenses">
          Go to the licenses
        </Anchor>
        .
      </Text>
    </Page>
  );
}
