/** Makes a device known, with a name, before somebody logs in on it. */
import { Button, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { client, taken } from '../api/client';
import { fieldErrors, formError } from '../api/field-errors';
import { Dialog } from '../shell/dialog';
import { Form } from '../shell/form';
import { nameOf } from './device-words';
import { licenseKey } from './license.queries';

const fields = ['fingerprint', 'name'] as const;

export function RegisterDevice({ licenseId }: { licenseId: string }) {
  const [isOpen, setOpen] = useState(false);
  const [fingerprint, setFingerprint] = useState('');
  const [name, setName] = useState('');
  const queries = useQueryClient();
  const register = useMutation({
    mutationFn: () => {
      const body = { fingerprint: fingerprint.trim(), ...(name.trim() === '' ? {} : { name: name.trim() }) };
      return taken(client.POST('/v1/licenses/{id}/devices', { params: { path: { id: licenseId } }, body }));
    },
    onSuccess: (device) => {
      notifications.show({ message: `${nameOf(device)} is known to this license.` });
      void queries.invalidateQueries({ queryKey: licenseKey(licenseId) });
      setOpen(false);
      setFingerprint('');
      setName('');
    },
  });
  const errors = fieldErrors(register.error, fields);
  return (
    <>
      <Button variant="default" size="xs" onClick={() => setOpen(true)}>
        Register a device
      </Button>
      <Dialog title="Register a device" isOpen={isOpen} onClose={() => setOpen(false)}>
        <Form
          error={formError(register.error, fields)}
          confirm="Register"
          isPending={register.isPending}
          onSubmit={() => register.mutate()}
          onCancel={() => setOpen(false)}
        >
          <Text size="sm">
            It takes no seat until somebody logs in on it. The client software shows its fingerprint.
          </Text>
          <TextInput
            label="Fingerprint"
            value={fingerprint}
            error={errors.fingerprint}
            maxLength={255}
            data-autofocus
            onChange={(event) => setFingerprint(event.currentTarget.value)}
          />
          <TextInput
            label="Name"
            description="Optional"
            value={name}
            error={errors.name}
            maxLength={100}
            onChange={(event) => setName(event.currentTarget.value)}
          />
        </Form>
      </Dialog>
    </>
  );
}
