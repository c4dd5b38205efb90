/** Accepting an invitation: the secret is behind the `#` of the address, and is taken out of it so that it is in no history. */
import { Paper } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { client, taken } from '../api/client';
import { BareFrame } from '../shell/bare-frame';
import { Empty } from '../shell/empty';
import { Loading } from '../shell/loading';
import { Page } from '../shell/page';
import { TextLink } from '../shell/text-link';
import { InvitationAcceptance } from './invitation-acceptance';
import { WayInProblem } from './way-in-problem';

function takeSecret(): string | null {
  const secret = location.hash.slice(1);
  if (secret !== '') history.replaceState(history.state, '', location.pathname);
  return secret === '' ? null : secret;
}

export function InvitationPage() {
  const [secret] = useState(takeSecret);
  return (
    <BareFrame>
      <Page title="Invitation">
        <Paper withBorder p="lg" radius="lg">
          {secret === null ? (
            <Empty title="This address has no invitation in it">
              <p>Open the whole link that you were sent.</p>
            </Empty>
          ) : (
            <Invited secret={secret} />
          )}
        </Paper>
      </Page>
    </BareFrame>
  );
}

function Invited({ secret }: { secret: string }) {
  const {
    data: invited,
    error,
    refetch,
  } = useQuery({
    queryKey: ['invitation', secret],
    queryFn: () => taken(client.POST('/v1/invitations/look', { body: { secret } })),
    // It is asked once: using the link ends it.
    staleTime: Infinity,
  });
  if (invited !== undefined) return <InvitationAcceptance secret={secret} invited={invited} />;
  if (error === null) return <Loading what="The invitation is looked at" />;
  return (
    <>
      <WayInProblem error={error} onRetry={() => void refetch()} />
      <p>
        Have you chosen a password already? <TextLink to="/sign-in">Sign in</TextLink>
      </p>
    </>
  );
}
