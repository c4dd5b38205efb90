/** The way in. A one-time link (`#link=…`) is used by a button only, so that a program that looks at the link does not use it up. */
import { Button, Paper, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { client, taken } from '../api/client';
import { isProblem } from '../api/problem';
import { queryClient } from '../api/query-client';
import { BareFrame } from '../shell/bare-frame';
import { Page } from '../shell/page';
import { SignInForm } from './sign-in-form';
import { useTakeSession } from './use-session';
import { WayInProblem } from './way-in-problem';

/** The secret behind `#link=`, taken out of the address so that it is in no history. */
function takeLink(): string | null {
  const link = new URLSearchParams(location.hash.slice(1)).get('link');
  if (link !== null) history.replaceState(history.state, '', location.pathname + location.search);
  return link === '' ? null : link;
}

export function SignInPage() {
  const [link, setLink] = useState(takeLink);
  useEffect(() => {
    // Where this page is open already, a link that is opened in its place changes nothing but what is behind the `#`.
    const look = (): void => setLink((before) => takeLink() ?? before);
    addEventListener('hashchange', look);
    return () => removeEventListener('hashchange', look);
  }, []);
  const { next } = useSearch({ from: '/sign-in' });
  const navigate = useNavigate();
  const goOn = (): void => {
    // Answers that were kept for somebody else are not for who has just signed in.
    queryClient.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'session' });
    void navigate({ href: isOwn(next) ? next : '/licenses' });
  };
  return (
    <BareFrame>
      <Page title="Sign in">
        <Paper withBorder p="lg" radius="lg">
          {link === null ? (
            <SignInForm onSignedIn={goOn} />
          ) : (
            <LinkSignIn key={link} link={link} onSignedIn={goOn} onOtherWay={() => setLink(null)} />
          )}
        </Paper>
      </Page>
    </BareFrame>
  );
}

/** Whether an address to go on to is a page of this panel, and no other site's. */
function isOwn(next: string | undefined): next is string {
  return next !== undefined && new URL(next, location.href).origin === location.origin && /^\/(?![/\\])/.test(next);
}

function LinkSignIn({
  link,
  onSignedIn,
  onOtherWay,
}: {
  link: string;
  onSignedIn: () => void;
  onOtherWay: () => void;
}) {
  const takeSession = useTakeSession();
  const signIn = useMutation({
    mutationFn: () => taken(client.POST('/v1/session', { body: { link } })),
    onSuccess: (session) => {
      takeSession(session);
      onSignedIn();
    },
  });
  const isOver = isProblem(signIn.error, 'unauthenticated');
  return (
    <Stack gap="md">
      <Text>This link signs you in as the operator of this server. It works once.</Text>
      <WayInProblem error={signIn.error} />
      {isOver ? null : (
        <Button loading={signIn.isPending} onClick={() => signIn.mutate()}>
          Sign in with this link
        </Button>
      )}
      <Button variant={isOver ? 'filled' : 'subtle'} onClick={onOtherWay}>
        Sign in another way
      </Button>
    </Stack>
  );
}
