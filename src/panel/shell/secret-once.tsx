/** A secret that the server shows once: selectable, with a button that copies it and says so. */
import { Button, Group } from '@mantine/core';
import { useState } from 'react';

/** @param what its name in the button's label, such as “license key” */
export function SecretOnce({ secret, what }: { secret: string; what: string }) {
  const [copied, setCopied] = useState<'no' | 'yes' | 'refused'>('no');
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(secret);
      setCopied('yes');
    } catch {
      // Without https browsers lend no clipboard: it can be selected and copied by hand.
      setCopied('refused');
    }
  };
  return (
    <div>
      <code className="secret">{secret}</code>
      <Group mt="xs" gap="sm">
        <Button variant="default" size="xs" onClick={() => void copy()}>
          Copy the {what}
        </Button>
        <span role="status">
          {copied === 'yes' ? 'Copied.' : copied === 'refused' ? 'The browser refused: select it and copy it.' : ''}
        </span>
      </Group>
    </div>
  );
}
