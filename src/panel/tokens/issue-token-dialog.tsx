/** Issues an access token. It is shown once, and the dialog closes by its button only then. */
import { Button } from '@mantine/core';
import { useState } from 'react';
import { Actions } from '../shell/actions';
import { Dialog } from '../shell/dialog';
import { Note } from '../shell/note';
import { SecretOnce } from '../shell/secret-once';
import { IssueTokenForm } from './issue-token-form';

export function IssueTokenDialog({
  organizationId,
  isOpen,
  onClose,
}: {
  organizationId: string | null;
  isOpen: boolean;
  onClose: () => void;
}) {
  const [issued, setIssued] = useState<{ name: string; token: string } | null>(null);
  const close = (): void => {
    setIssued(null);
    onClose();
  };
  return (
    <Dialog
      title={issued === null ? 'Issue an access token' : 'The token is issued'}
      isOpen={isOpen}
      onClose={close}
      isInsistent={issued !== null}
    >
      {issued === null ? (
        <IssueTokenForm organizationId={organizationId} onIssued={setIssued} onCancel={close} />
      ) : (
        <>
          <Note tone="good" role="status" title={`The token ${issued.name}`}>
            <p>It is shown this once only.</p>
          </Note>
          <SecretOnce secret={issued.token} what="access token" />
          <Actions>
            <Button onClick={close}>I have the token</Button>
          </Actions>
        </>
      )}
    </Dialog>
  );
}
