/** Gives a person another role. */
import { NativeSelect } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { client, taken } from '../api/client';
import { fieldErrors, formError } from '../api/field-errors';
import type { Member } from '../api/schema';
import { sessionQuery, useSession } from '../session/use-session';
import { Form } from '../shell/form';
import { Note } from '../shell/note';
import { useDraft } from '../shell/use-draft';
import { membersKey } from './people.queries';
import { roleChoices } from './role-words';

const fields = ['role'] as const;

export function RoleChange({ member, onClose }: { member: Member; onClose: () => void }) {
  const {
    id: ownId,
    may: { lookAfterPeople },
  } = useSession();
  const { fields: typed, change: choose, forget } = useDraft(`role of ${member.id}`, { role: member.role });
  const { role } = typed;
  const queries = useQueryClient();
  const change = useMutation({
    mutationFn: () => {
      const path = { id: member.organizationId, memberId: member.id };
      return taken(client.PATCH('/v1/organizations/{id}/members/{memberId}', { params: { path }, body: { role } }));
    },
    onSuccess: () => {
      forget();
      onClose();
    },
    onSettled: () => {
      void queries.invalidateQueries({ queryKey: membersKey(member.organizationId) });
      // It may have been one's own.
      void queries.invalidateQueries({ queryKey: sessionQuery.queryKey });
    },
  });
  return (
    <Form
      error={formError(change.error, fields)}
      confirm="Give this role"
      isPending={change.isPending}
      onSubmit={() => change.mutate()}
      onCancel={() => {
        forget();
        onClose();
      }}
    >
      <NativeSelect
        label="Role"
        data-autofocus
        data={roleChoices(lookAfterPeople)}
        value={role}
        error={fieldErrors(change.error, fields).role}
        onChange={(event) => choose({ role: event.currentTarget.value as Member['role'] })}
      />
      {member.id === ownId ? (
        <Note tone="warn" title="This is you">
          <p>What a lesser role may not do, only somebody else can let you do again.</p>
        </Note>
      ) : null}
    </Form>
  );
}
