/** Access tokens, for programs that talk to the API. */
import { Text } from '@mantine/core';
import { ForRole } from '../session/for-role';
import { useSession } from '../session/use-session';
import { Page } from '../shell/page';
import { TokensSection } from './tokens-section';

export function TokensPage() {
  return (
    <ForRole needs="issueToken" title="Tokens">
      <Tokens />
    </ForRole>
  );
}

function Tokens() {
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
