/** Asks before support enables remote deactivation on a ticket. */
import { Button, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { client, taken } from '../api/client';
import type { Ticket } from '../api/schema';
import { licenseKey } from '../license/license.queries';
import { Actions } from '../shell/actions';
import { Dialog } from '../shell/dialog';
import { ProblemAlert } from '../shell/problem-alert';
import { ticketKey } from './tickets.queries';

export function ForcedEnablingDialog({
  ticket: { id: ticketId, licenseId },
  isOpen,
  onClose,
}: {
  ticket: Ticket;
  isOpen: boolean;
  onClose: () => void;
}) {
  const queries = useQueryClient();
  const enable = useMutation({
    mutationFn: () =>
      taken(
        client.POST('/v1/licenses/{id}/remote-deactivation/forced', {
          params: { path: { id: licenseId } },
          body: { ticketId },
        }),
      ),
    onSuccess: () => onClose(),
    onSettled: () => {
      void queries.invalidateQueries({ queryKey: licenseKey(licenseId) });
      void queries.invalidateQueries({ queryKey: ticketKey(ticketId) });
    },
  });
  const close = (): void => {
    enable.reset();
    onClose();
  };
  return (
    <Dialog title="Enable remote deactivation?" isOpen={isOpen} onClose={close}>
      <Text>
        It is enabled at once, on this ticket, without waiting for any device. The ticket becomes resolved, and both
        stand in the history.
      </Text>
      <ProblemAlert error={enable.error} />
      <Actions>
        <Button variant="default" onClick={close} data-autofocus>
          Cancel
        </Button>
        <Button loading={enable.isPending} onClick={() => enable.mutate()}>
          Enable it now
        </Button>
      </Actions>
    </Dialog>
  );
}
