/** Access tokens, for programs that talk to the API. */
import { Text } from '@mantine/core';
import { useSession } from '../session/use-session';
import { Page } from '../shell/page';
import { TokensSection } from './tokens-section';

export function TokensPage() {
  const { organization, kind } = useSession();
  return (
    <Page title="Tokens">
      <Text c="dimmed" mb="md">
        Access tokens are for programs that talk to the API. Each does what its role may do.
      </Text>
      <TokensSection organizationId={kind === 'member' ? (organization?.id ?? null) : null} title="Access tokens" />
    </Page>
  );
}
