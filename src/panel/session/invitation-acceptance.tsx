/** Chooses the password of whom an invitation is for, and signs in. */
import { Button, PasswordInput, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { client, taken } from '../api/client';
import { fieldErrors, formError } from '../api/field-errors';
import { queryClient } from '../api/query-client';
import { useTakeSession } from './use-session';
import { WayInProblem } from './way-in-problem';

const fields = ['password'] as const;

export function InvitationAcceptance({
  secret,
  invited: { email, organization },
}: {
  secret: string;
  invited: { email: string; organization: { name: string } };
}) {
  const [password, setPassword] = useState('');
  const navigate = useNavigate();
  const takeSession = useTakeSession();
  const accept = useMutation({
    mutationFn: () => taken(client.POST('/v1/invitations', { body: { secret, password } })),
    onSuccess: (session) => {
      // Answers that were kept for somebody else are not for who has just signed in.
      queryClient.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'session' });
      takeSession(session);
      void navigate({ to: '/licenses' });
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    accept.mutate();
  };
  return (
    <form className="form" onSubmit={submit} noValidate>
      <Text>
        You are invited to <strong>{organization.name}</strong>. Choose the password that you will sign in with.
      </Text>
      <TextInput label="E-mail" type="email" name="email" autoComplete="username" readOnly value={email} />
      <PasswordInput
        label="Password"
        description="A long one: several words are easy to remember."
        name="password"
        autoComplete="new-password"
        value={password}
        error={fieldErrors(accept.error, fields).password}
        onChange={(event) => setPassword(event.currentTarget.value)}
      />
      <WayInProblem error={formError(accept.error, fields)} />
      <Button type="submit" fullWidth loading={accept.isPending}>
        Set the password and sign in
      </Button>
    </form>
  );
}
