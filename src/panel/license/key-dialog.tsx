/** The dialog in which the license key is replaced without a device being deactivated. */
import { Button } from '@mantine/core';
import { useState } from 'react';
import { Dialog } from '../shell/dialog';
import { KeyReplacement } from './key-replacement';

export function KeyDialog({ licenseId }: { licenseId: string }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button variant="default" size="xs" onClick={() => setOpen(true)}>
        Replace the license key
      </Button>
      <Dialog title="Replace the license key?" isOpen={isOpen} onClose={() => setOpen(false)}>
        {isOpen ? <KeyReplacement licenseId={licenseId} leave="Cancel" onClose={() => setOpen(false)} /> : null}
      </Dialog>
    </>
  );
}
