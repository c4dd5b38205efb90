/** Gives a person another role. */
import { Button, Group, NativeSelect } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { client, taken } from '../api/client';
import { fieldErrors, formError } from '../api/field-errors';
import type { Member } from '../api/schema';
import { sessionQuery, useSession } from '../session/use-session';
import { ProblemAlert } from '../shell/problem-alert';
import { membersKey } from './people.queries';
import { roleChoices } from './role-words';

const fields = ['role'] as const;

export function RoleChange({ member, onClose }: { member: Member; onClose: () => void }) {
  const { lookAfterPeople } = useSession().may;
  const [role, setRole] = useState(member.role);
  const queries = useQueryClient();
  const change = useMutation({
    mutationFn: () => {
      const path = { id: member.organizationId, memberId: member.id };
      return taken(client.PATCH('/v1/organizations/{id}/members/{memberId}', { params: { path }, body: { role } }));
    },
    onSuccess: onClose,
    onSettled: () => {
      void queries.invalidateQueries({ queryKey: membersKey(member.organizationId) });
      // It may have been one's own.
      void queries.invalidateQueries({ queryKey: sessionQuery.queryKey });
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    change.mutate();
  };
  return (
    <form className="form" onSubmit={submit} noValidate>
      <NativeSelect
        label="Role"
        data-autofocus
        data={roleChoices(lookAfterPeople)}
        value={role}
        error={fieldErrors(change.error, fields).role}
        onChange={(event) => setRole(event.currentTarget.value as Member['role'])}
      />
      <ProblemAlert error={formError(change.error, fields)} />
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button type="submit" loading={change.isPending}>
          Give this role
        </Button>
      </Group>
    </form>
  );
}
