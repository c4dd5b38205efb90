/** Makes an organization, and goes to its page. */
import { TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { client, taken } from '../api/client';
import { fieldErrors, formError } from '../api/field-errors';
import { useRepeatKey } from '../api/use-repeat-key';
import { Dialog } from '../shell/dialog';
import { Form } from '../shell/form';
import { useDraft } from '../shell/use-draft';

const fields = ['name'] as const;

export function NewOrganizationDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  return (
    <Dialog title="Add an organization" isOpen={isOpen} onClose={onClose}>
      <Making onClose={onClose} />
    </Dialog>
  );
}

function Making({ onClose }: { onClose: () => void }) {
  const { fields: typed, change, forget } = useDraft('organization', { name: '' });
  const { name } = typed;
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
      forget();
      void queries.invalidateQueries({ queryKey: ['organizations'] });
      void navigate({ to: '/organizations/$organizationId', params: { organizationId: id } });
    },
  });
  return (
    <Form
      error={formError(make.error, fields)}
      confirm="Add it"
      isPending={make.isPending}
      onSubmit={() => make.mutate()}
      onCancel={() => {
        forget();
        onClose();
      }}
    >
      <TextInput
        label="Name"
        data-autofocus
        autoComplete="off"
        value={name}
        error={fieldErrors(make.error, fields).name}
        onChange={(event) => change({ name: event.currentTarget.value })}
      />
    </Form>
  );
}
