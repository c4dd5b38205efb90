/** Adds a person to an organization, by a link that they choose their password with or with a first password. */
import { Button, Text } from '@mantine/core';
import { useState } from 'react';
import type { Invitation } from '../api/schema';
import { Actions } from '../shell/actions';
import { Dialog } from '../shell/dialog';
import { Note } from '../shell/note';
import { InvitationForm } from './invitation-form';
import { InvitationLink } from './invitation-link';

interface Made {
  email: string;
  invitation: Invitation | null;
}

export function InvitationDialog({
  organizationId,
  isOpen,
  onClose,
}: {
  organizationId: string;
  isOpen: boolean;
  onClose: () => void;
}) {
  const [made, setMade] = useState<Made | null>(null);
  const close = (): void => {
    setMade(null);
    onClose();
  };
  return (
    <Dialog
      title={made === null ? 'Invite a person' : 'They are added'}
      isOpen={isOpen}
      onClose={close}
      isInsistent={made !== null}
    >
      {made === null ? (
        <InvitationForm organizationId={organizationId} onMade={setMade} onCancel={close} />
      ) : (
        <>
          {made.invitation === null ? (
            <Note tone="good" role="status" title={`${made.email} can sign in now`}>
              <Text size="sm">With the password that you chose. Ask them to change it on the page “Account”.</Text>
            </Note>
          ) : (
            <InvitationLink email={made.email} invitation={made.invitation} />
          )}
          <Actions>
            <Button onClick={close}>Done</Button>
          </Actions>
        </>
      )}
    </Dialog>
  );
}
