/** Asks before a person is removed. */
import { Button, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { client, taken } from '../api/client';
import type { Member } from '../api/schema';
import { useSession } from '../session/use-session';
import { Actions } from '../shell/actions';
import { ProblemAlert } from '../shell/problem-alert';
import { membersKey } from './people.queries';

export function Removal({ member, onClose }: { member: Member; onClose: () => void }) {
  const queries = useQueryClient();
  const isSelf = member.id === useSession().id;
  const remove = useMutation({
    mutationFn: () => {
      const path = { id: member.organizationId, memberId: member.id };
      return taken(client.DELETE('/v1/organizations/{id}/members/{memberId}', { params: { path } }));
    },
    onSuccess: () => {
      notifications.show({ message: `${member.email} is removed.` });
      onClose();
    },
    onSettled: () => queries.invalidateQueries({ queryKey: membersKey(member.organizationId) }),
  });
  return (
    <>
      <Text>
        {isSelf
          ? 'This is you: you are signed out everywhere at once, and only somebody else can let you in again.'
          : 'They are signed out everywhere at once.'}{' '}
        What was done stays in the history.
      </Text>
      <ProblemAlert error={remove.error} />
      <Actions>
        <Button variant="default" onClick={onClose} data-autofocus>
          Keep the person
        </Button>
        <Button color="danger" loading={remove.isPending} onClick={() => remove.mutate()}>
          Remove the person
        </Button>
      </Actions>
    </>
  );
}
