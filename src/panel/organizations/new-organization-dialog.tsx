/** Makes an organization, and goes to its page. */
import { TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { client, taken } from '../api/client';
import { fieldErrors, formError } from '../api/field-errors';
import { useRepeatKey } from '../api/use-repeat-key';
import { Dialog } from '../shell/dialog';
import { Form } from '../shell/form';

const fields = ['name'] as const;

export function NewOrganizationDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const [name, setName] = useState('');
  const queries = useQueryClient();
  const navigate = useNavigate();
  const { headerFor, succeeded } = useRepeatKey();
  const make = useMutation({
    mutationFn: () => {
      const body = { name: name.trim() };
      return taken(client.POST('/v1/organizations', { params: { header: headerFor(body) }, body }));
    },
    onSuccess: ({ id }) => {
      succeeded();
      void queries.invalidateQueries({ queryKey: ['organizations'] });
      void navigate({ to: '/organizations/$organizationId', params: { organizationId: id } });
    },
  });
  return (
    <Dialog title="Add an organization" isOpen={isOpen} onClose={onClose}>
      <Form
        error={formError(make.error, fields)}
        confirm="Add it"
        isPending={make.isPending}
        onSubmit={() => make.mutate()}
        onCancel={onClose}
      >
        <TextInput
          label="Name"
          data-autofocus
          autoComplete="off"
          value={name}
          error={fieldErrors(make.error, fields).name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
      </Form>
    </Dialog>
  );
}
