/** Changes one's own password. */
import { Button, Group, PasswordInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { client, taken } from '../api/client';
import { fieldErrors, formError } from '../api/field-errors';
import { ProblemAlert } from '../shell/problem-alert';

const fields = ['currentPassword', 'password'] as const;

/** @param email whose it is, for password managers */
export function PasswordForm({ email }: { email: string }) {
  const [currentPassword, setCurrentPassword] = useState('');
  const [password, setPassword] = useState('');
  const change = useMutation({
    mutationFn: () => taken(client.PUT('/v1/session/password', { body: { currentPassword, password } })),
    onSuccess: () => {
      setCurrentPassword('');
      setPassword('');
      notifications.show({ message: 'The password is changed. Your other browsers are signed out.' });
    },
  });
  const errors = fieldErrors(change.error, fields);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    change.mutate();
  };
  return (
    <form className="form" onSubmit={submit} noValidate style={{ maxWidth: '26rem' }}>
      <input type="email" name="email" autoComplete="username" value={email} readOnly hidden />
      <PasswordInput
        label="Present password"
        autoComplete="current-password"
        value={currentPassword}
        error={errors.currentPassword}
        onChange={(event) => setCurrentPassword(event.currentTarget.value)}
      />
      <PasswordInput
        label="New password"
        description="Your other browsers are signed out."
        autoComplete="new-password"
        value={password}
        error={errors.password}
        onChange={(event) => setPassword(event.currentTarget.value)}
      />
      <ProblemAlert error={formError(change.error, fields)} />
      <Group>
        <Button type="submit" loading={change.isPending}>
          Change the password
        </Button>
      </Group>
    </form>
  );
}
