/** An address that the panel does not know. */
import { Text } from '@mantine/core';
import { Page } from './page';
import { TextLink } from './text-link';

export function NotFoundPage() {
  return (
    <Page title="There is no such page">
      <Text>
        The address may be mistyped, or what it named is gone.{' '}
        <TextLink to="/licenses" underline="always">
          Go to the licenses
        </TextLink>
        .
      </Text>
    </Page>
  );
}
