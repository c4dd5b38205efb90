/** Makes a new link for a person who has not used theirs, or who forgot the password. */
import { Button, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { client, taken } from '../api/client';
import type { Member } from '../api/schema';
import { Actions } from '../shell/actions';
import { ProblemAlert } from '../shell/problem-alert';
import { InvitationLink } from './invitation-link';

export function NewLink({ member, onClose }: { member: Member; onClose: () => void }) {
  const make = useMutation({
    mutationFn: () => {
      const path = { id: member.organizationId, memberId: member.id };
      return taken(client.POST('/v1/organizations/{id}/members/{memberId}/invitation', { params: { path } }));
    },
  });
  if (make.data !== undefined) {
    return (
      <>
        <InvitationLink email={member.email} invitation={make.data} />
        <Actions>
          <Button onClick={onClose}>Done</Button>
        </Actions>
      </>
    );
  }
  return (
    <>
      <Text>
        Whoever has the link chooses a new password. Earlier links of this person end
        {member.state === 'active' ? '; the present password works until the new link is used' : ''}.
      </Text>
      <ProblemAlert error={make.error} />
      <Actions>
        <Button variant="default" onClick={onClose} data-autofocus>
          Cancel
        </Button>
        <Button loading={make.isPending} onClick={() => make.mutate()}>
          Make a new link
        </Button>
      </Actions>
    </>
  );
}
