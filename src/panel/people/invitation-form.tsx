/** Whom to invite, in which role, and how they get their password. */
import { NativeSelect, PasswordInput, Radio, Stack, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { client, taken } from '../api/client';
import { fieldErrors, formError } from '../api/field-errors';
import type { Invitation, Member } from '../api/schema';
import { useSession } from '../session/use-session';
import { Form } from '../shell/form';
import { useDraft } from '../shell/use-draft';
import { membersKey } from './people.queries';
import { roleChoices } from './role-words';

const fields = ['email', 'role', 'password'] as const;
const byCode = { emailInUse: 'email' } as const;

export function InvitationForm({
  organizationId,
  onMade,
  onCancel,
}: {
  organizationId: string;
  onMade: (made: { email: string; invitation: Invitation | null }) => void;
  onCancel: () => void;
}) {
  const choices = roleChoices(useSession().may.lookAfterPeople);
  const {
    fields: typed,
    change,
    forget,
  } = useDraft(organizationId, { email: '', role: 'reader' as Member['role'], way: 'link' });
  const { email, role, way } = typed;
  // No page remembers a password.
  const [password, setPassword] = useState('');
  const queries = useQueryClient();
  const invite = useMutation({
    mutationFn: () => {
      const body = { email: email.trim(), role, ...(way === 'password' ? { password } : {}) };
      return taken(client.POST('/v1/organizations/{id}/members', { params: { path: { id: organizationId } }, body }));
    },
    onSuccess: (made) => {
      forget();
      onMade(made);
    },
    onSettled: () => queries.invalidateQueries({ queryKey: membersKey(organizationId) }),
  });
  const errors = fieldErrors(invite.error, fields, byCode);
  return (
    <Form
      error={formError(invite.error, fields, byCode)}
      confirm={way === 'password' ? 'Add the person' : 'Make the link'}
      isPending={invite.isPending}
      onSubmit={() => invite.mutate()}
      onCancel={() => {
        forget();
        onCancel();
      }}
    >
      <TextInput
        label="E-mail"
        type="email"
        autoComplete="off"
        data-autofocus
        value={email}
        error={errors.email}
        onChange={(event) => change({ email: event.currentTarget.value })}
      />
      <NativeSelect
        label="Role"
        data={choices}
        value={role}
        error={errors.role}
        onChange={(event) => change({ role: event.currentTarget.value as Member['role'] })}
      />
      <Radio.Group label="Password" value={way} onChange={(chosen) => change({ way: chosen })}>
        <Stack gap="xs" mt="xs">
          <Radio value="link" label="They choose it, with a link that you send them" />
          <Radio value="password" label="You choose a first one for them" />
        </Stack>
      </Radio.Group>
      {way === 'password' ? (
        <PasswordInput
          label="First password"
          autoComplete="new-password"
          value={password}
          error={errors.password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
      ) : null}
    </Form>
  );
}
