/** Asks before disabling: what it ends, and what enabling again will need. */
import { Button, Group, Text } from '@mantine/core';
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
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose} data-autofocus>
          Keep enabled
        </Button>
        <Button color="danger" loading={isPending} onClick={onDisable}>
          Disable
        </Button>
      </Group>
    </Dialog>
  );
}
