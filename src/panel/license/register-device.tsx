/** Makes a device known, with a name, before somebody logs in on it. */
import { Button, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { client, taken } from '../api/client';
import { fieldErrors, formError } from '../api/field-errors';
import { Dialog } from '../shell/dialog';
import { Form } from '../shell/form';
import { useDraft } from '../shell/use-draft';
import { nameOf } from './device-words';
import { licenseKey } from './license.queries';

const fields = ['fingerprint', 'name'] as const;

export function RegisterDevice({ licenseId }: { licenseId: string }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button variant="default" size="xs" onClick={() => setOpen(true)}>
        Register a device
      </Button>
      <Dialog title="Register a device" isOpen={isOpen} onClose={() => setOpen(false)}>
        <Registering licenseId={licenseId} onClose={() => setOpen(false)} />
      </Dialog>
    </>
  );
}

function Registering({ licenseId, onClose }: { licenseId: string; onClose: () => void }) {
  const { fields: typed, change, forget } = useDraft(licenseId, { fingerprint: '', name: '' });
  const { fingerprint, name } = typed;
  const queries = useQueryClient();
  const register = useMutation({
    mutationFn: () => {
      const body = { fingerprint: fingerprint.trim(), ...(name.trim() === '' ? {} : { name: name.trim() }) };
      return taken(client.POST('/v1/licenses/{id}/devices', { params: { path: { id: licenseId } }, body }));
    },
    onSuccess: (device) => {
      notifications.show({ message: `${nameOf(device)} is known to this license.` });
      void queries.invalidateQueries({ queryKey: licenseKey(licenseId) });
      forget();
      onClose();
    },
  });
  const errors = fieldErrors(register.error, fields);
  return (
    <Form
      error={formError(register.error, fields)}
      confirm="Register"
      isPending={register.isPending}
      onSubmit={() => register.mutate()}
      onCancel={() => {
        forget();
        onClose();
      }}
    >
      <Text size="sm">It takes no seat until somebody logs in on it. The client software shows its fingerprint.</Text>
      <TextInput
        label="Fingerprint"
        value={fingerprint}
        error={errors.fingerprint}
        maxLength={255}
        data-autofocus
        onChange={(event) => change({ fingerprint: event.currentTarget.value })}
      />
      <TextInput
        label="Name"
        description="Optional"
        value={name}
        error={errors.name}
        maxLength={100}
        onChange={(event) => change({ name: event.currentTarget.value })}
      />
    </Form>
  );
}
