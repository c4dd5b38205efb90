/** Asks once before support frees the seat of a device on a ticket: names the device, wants a reason, says both dates. */
import { List, Textarea } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { client, taken } from '../api/client';
import { fieldErrors, formError } from '../api/field-errors';
import type { Device, Ticket } from '../api/schema';
import { nameOf } from '../license/device-words';
import { licenseKey } from '../license/license.queries';
import { Dialog } from '../shell/dialog';
import { Form } from '../shell/form';
import { useDraft } from '../shell/use-draft';
import { Countdown } from '../time/countdown';
import { Moment } from '../time/moment';
import { ticketKey } from './tickets.queries';

const fields = ['reason'] as const;

/** @param device null: the dialog is closed */
export function ForcedDeactivationDialog({
  ticket,
  device,
  onClose,
}: {
  ticket: Ticket;
  device: Device | null;
  onClose: () => void;
}) {
  // What is shown stays while the dialog closes.
  const [last, setLast] = useState<Device | null>(null);
  if (device !== null && device !== last) setLast(device);
  return (
    <Dialog
      title={last === null ? '' : `Deactivate ${nameOf(last)} by force?`}
      isOpen={device !== null}
      onClose={onClose}
    >
      {last === null ? null : <Forcing key={last.id} ticket={ticket} device={last} onClose={onClose} />}
    </Dialog>
  );
}

function Forcing({ ticket, device, onClose }: { ticket: Ticket; device: Device; onClose: () => void }) {
  const { id, leaseExpiresAt } = device;
  const { fields: typed, change, forget } = useDraft(id, { reason: '' });
  const { reason } = typed;
  const queries = useQueryClient();
  const force = useMutation({
    mutationFn: () =>
      taken(
        client.POST('/v1/devices/{id}/forced-deactivation', {
          params: { path: { id } },
          body: { ticketId: ticket.id, reason: reason.trim() },
        }),
      ),
    onSuccess: () => {
      forget();
      notifications.show({ message: `${nameOf(device)} is deactivated. Its seat is free.` });
      onClose();
    },
    onSettled: () => {
      void queries.invalidateQueries({ queryKey: licenseKey(ticket.licenseId) });
      void queries.invalidateQueries({ queryKey: ticketKey(ticket.id) });
    },
  });
  return (
    <Form
      error={formError(force.error, fields)}
      confirm="Force deactivation"
      isPending={force.isPending}
      isDangerous
      onSubmit={() => force.mutate()}
      onCancel={() => {
        forget();
        onClose();
      }}
    >
      <List spacing="xs">
        <List.Item>The seat is free now, for any other device.</List.Item>
        <List.Item>
          {leaseExpiresAt === null ? (
            'The device has to log in again to run.'
          ) : (
            <>
              The device can run offline until its lease ends, on <Moment at={leaseExpiresAt} /> at the latest (
              <Countdown until={leaseExpiresAt} after="left" passed="already over" />
              ).
            </>
          )}
        </List.Item>
      </List>
      <Textarea
        label="Reason"
        description="It stands in the history and is shown on the device."
        autosize
        minRows={2}
        maxLength={500}
        data-autofocus
        value={reason}
        error={fieldErrors(force.error, fields).reason}
        onChange={(event) => change({ reason: event.currentTarget.value })}
      />
    </Form>
  );
}
