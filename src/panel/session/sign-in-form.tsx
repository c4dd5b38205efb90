/** Signing in, by e-mail and password or by an access token. What was typed stays where it is refused. */
import { Button, PasswordInput, Stack, Tabs, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { client, taken } from '../api/client';
import { fieldErrors, formError } from '../api/field-errors';
import type { Session } from '../api/schema';
import { useTakeSession } from './use-session';
import { WayInProblem } from './way-in-problem';

type Way = 'password' | 'token';
type Credentials = { email: string; password: string } | { token: string };

const fields = ['email', 'password', 'token'] as const;

/** @param email what the field begins with @param way the tab that is open first */
export function SignInForm({
  email: firstEmail = '',
  way: firstWay = 'password',
  onSignedIn,
}: {
  email?: string;
  way?: Way;
  onSignedIn: (session: Session) => void;
}) {
  const [way, setWay] = useState<Way>(firstWay);
  const [email, setEmail] = useState(firstEmail);
  const [password, setPassword] = useState('');
  const [token, setToken] = useState('');
  const takeSession = useTakeSession();
  const signIn = useMutation({
    mutationFn: (credentials: Credentials) => taken(client.POST('/v1/session', { body: credentials })),
    onSuccess: (session) => {
      takeSession(session);
      onSignedIn(session);
    },
  });
  const errors = fieldErrors(signIn.error, fields);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    signIn.mutate(way === 'password' ? { email: email.trim(), password } : { token: token.trim() });
  };
  const change = (next: string | null): void => {
    signIn.reset();
    setWay(next === 'token' ? 'token' : 'password');
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <Tabs value={way} onChange={change}>
          <Tabs.List grow aria-label="How to sign in">
            <Tabs.Tab value="password">Password</Tabs.Tab>
            <Tabs.Tab value="token">Access token</Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="password" pt="md">
            <Stack gap="sm">
              <TextInput
                label="E-mail"
                type="email"
                name="email"
                autoComplete="username"
                value={email}
                error={errors.email}
                onChange={(event) => setEmail(event.currentTarget.value)}
              />
              <PasswordInput
                label="Password"
                name="password"
                autoComplete="current-password"
                value={password}
                error={errors.password}
                onChange={(event) => setPassword(event.currentTarget.value)}
              />
            </Stack>
          </Tabs.Panel>
          <Tabs.Panel value="token" pt="md">
            <PasswordInput
              label="Access token"
              description="As the vendor or your organization issued it, such as ska_…"
              name="token"
              autoComplete="off"
              value={token}
              error={errors.token}
              onChange={(event) => setToken(event.currentTarget.value)}
            />
          </Tabs.Panel>
        </Tabs>
        <WayInProblem error={formError(signIn.error, fields)} />
        <Button type="submit" loading={signIn.isPending} fullWidth>
          Sign in
        </Button>
      </Stack>
    </form>
  );
}
