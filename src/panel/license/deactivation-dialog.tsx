/** Asks once before a device is deactivated, says both dates, and afterwards offers to replace the key that a thief would still hold. */
import { Button, List, Text, Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { client, taken } from '../api/client';
import { fieldErrors, formError } from '../api/field-errors';
import type { Device } from '../api/schema';
import { Actions } from '../shell/actions';
import { Dialog } from '../shell/dialog';
import { Note } from '../shell/note';
import { ProblemAlert } from '../shell/problem-alert';
import { useDraft } from '../shell/use-draft';
import { Countdown } from '../time/countdown';
import { Moment } from '../time/moment';
import { nameOf } from './device-words';
import { licenseKey } from './license.queries';
import { KeyReplacement } from './key-replacement';

const fields = ['reason'] as const;

/** @param device null: the dialog is closed */
export function DeactivationDialog({ device, onClose }: { device: Device | null; onClose: () => void }) {
  // What is shown stays while the dialog closes.
  const [last, setLast] = useState<Device | null>(null);
  const [isDone, setDone] = useState(false);
  if (device !== null && device !== last) {
    setLast(device);
    setDone(false);
  }
  const title = last === null ? '' : isDone ? 'Device deactivated' : `Deactivate ${nameOf(last)}?`;
  return (
    <Dialog title={title} isOpen={device !== null} onClose={onClose}>
      {last === null ? null : (
        <Deactivation key={last.id} device={last} onDone={() => setDone(true)} onClose={onClose} />
      )}
    </Dialog>
  );
}

function Deactivation({ device, onDone, onClose }: { device: Device; onDone: () => void; onClose: () => void }) {
  const { id, licenseId, leaseExpiresAt } = device;
  const { fields: typed, change, forget } = useDraft(id, { reason: '' });
  const { reason } = typed;
  const queries = useQueryClient();
  const deactivate = useMutation({
    mutationFn: () => {
      const body = reason.trim() === '' ? {} : { reason: reason.trim() };
      return taken(client.POST('/v1/devices/{id}/remote-deactivation', { params: { path: { id } }, body }));
    },
    onSuccess: () => {
      forget();
      onDone();
    },
    onSettled: () => queries.invalidateQueries({ queryKey: licenseKey(licenseId) }),
  });
  if (deactivate.isSuccess) {
    return (
      <>
        <Note tone="good" role="status" title={`${nameOf(device)} is deactivated`}>
          <p>Its seat is free.</p>
        </Note>
        <Text>
          Lost or stolen? <strong>Replace the license key</strong>, or it can take a free seat again.
        </Text>
        <KeyReplacement licenseId={licenseId} leave="Close" onClose={onClose} />
      </>
    );
  }
  return (
    <>
      <List spacing="xs">
        <List.Item>The seat is free now, for any other device.</List.Item>
        <List.Item>
          {leaseExpiresAt === null ? (
            'The device has to log in again to run.'
          ) : (
            <>
              The device is told at its next connection. Offline it can run until <Moment at={leaseExpiresAt} /> at the
              latest (<Countdown until={leaseExpiresAt} after="left" passed="already over" />
              ): no vendor can stop an offline device earlier.
            </>
          )}
        </List.Item>
      </List>
      <Textarea
        label="Reason"
        description="Optional; it stands in the history and is shown on the device."
        placeholder="Stolen on the train"
        autosize
        minRows={2}
        maxLength={500}
        value={reason}
        error={fieldErrors(deactivate.error, fields).reason}
        onChange={(event) => change({ reason: event.currentTarget.value })}
      />
      <ProblemAlert error={formError(deactivate.error, fields)} />
      <Actions>
        <Button
          variant="default"
          data-autofocus
          onClick={() => {
            forget();
            onClose();
          }}
        >
          Cancel
        </Button>
        <Button color="danger" loading={deactivate.isPending} onClick={() => deactivate.mutate()}>
          Deactivate device
        </Button>
      </Actions>
    </>
  );
}
