/** Issues a license to an organization. Its key is shown once, and the dialog closes by its button only then. */
import { Button, Text } from '@mantine/core';
import { useState } from 'react';
import type { Organization } from '../api/schema';
import { Actions } from '../shell/actions';
import { Dialog } from '../shell/dialog';
import { Note } from '../shell/note';
import { SecretOnce } from '../shell/secret-once';
import { IssueLicenseForm } from './issue-license-form';

export function IssueLicenseDialog({
  organization,
  isOpen,
  onClose,
}: {
  organization: Organization;
  isOpen: boolean;
  onClose: () => void;
}) {
  const [issued, setIssued] = useState<{ product: string; key: string } | null>(null);
  const close = (): void => {
    setIssued(null);
    onClose();
  };
  return (
    <Dialog
      title={issued === null ? `Issue a license to ${organization.name}` : 'The license is issued'}
      isOpen={isOpen}
      onClose={close}
      isInsistent={issued !== null}
    >
      {issued === null ? (
        <IssueLicenseForm organizationId={organization.id} onIssued={setIssued} onCancel={close} />
      ) : (
        <>
          <Note tone="good" role="status" title={`${issued.product} is issued`}>
            <p>This is its license key. It is shown this once only.</p>
          </Note>
          <SecretOnce secret={issued.key} what="license key" />
          <Text size="sm">A lost key can be replaced on the page of the license.</Text>
          <Actions>
            <Button onClick={close}>I have the key</Button>
          </Actions>
        </>
      )}
    </Dialog>
  );
}
