/** Asks before disabling: what it ends, and what enabling again will need. */
import { Button, Text } from '@mantine/core';
import { Actions } from '../shell/actions';
import { Dialog } from '../shell/dialog';
import { ProblemAlert } from '../shell/problem-alert';

export function DisableDialog({
  isOpen,
  error,
  isPending,
  onDisable,
  onClose,
}: {
  isOpen: boolean;
  error: unknown;
  isPending: boolean;
  onDisable: () => void;
  onClose: () => void;
}) {
  return (
    <Dialog title="Disable remote device deactivation?" isOpen={isOpen} onClose={onClose}>
      <Text>
        No device can be deactivated remotely any more. To enable it again, the devices that are active then have to log
        out first.
      </Text>
      <ProblemAlert error={error} />
      <Actions>
        <Button variant="default" onClick={onClose} data-autofocus>
          Keep enabled
        </Button>
        <Button color="danger" loading={isPending} onClick={onDisable}>
          Disable
        </Button>
      </Actions>
    </Dialog>
  );
}
