/** Asks before a license is suspended, reinstated, renewed or revoked, and says what that means. */
import { Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { client, taken } from '../api/client';
import { fieldErrors, formError } from '../api/field-errors';
import type { License } from '../api/schema';
import { licenseKey, licenseQuery } from '../license/license.queries';
import { Dialog } from '../shell/dialog';
import { Form } from '../shell/form';
import { useDraft } from '../shell/use-draft';
import { MomentInput } from '../time/moment-input';

export type LifeEvent = 'suspend' | 'reinstate' | 'renew' | 'revoke';

interface Words {
  title: string;
  text: ReactNode;
  confirm: string;
  done: string;
}

const words: Record<LifeEvent, Words> = {
  suspend: {
    title: 'Suspend this license?',
    text: 'No device can activate or check in until it is reinstated. Devices keep their seats and can log out.',
    confirm: 'Suspend the license',
    done: 'The license is suspended.',
  },
  reinstate: {
    title: 'Reinstate this license?',
    text: 'Devices can activate and check in again, unless its validity has ended meanwhile.',
    confirm: 'Reinstate the license',
    done: 'The license is reinstated.',
  },
  renew: {
    title: 'Renew this license',
    text: 'It is valid until then. A license that has ended works again.',
    confirm: 'Renew the license',
    done: 'The license is renewed.',
  },
  revoke: {
    title: 'Revoke this license for good?',
    text: (
      <>
        <strong>This cannot be taken back.</strong> No device can activate or check in on it any more, and it can be
        neither reinstated nor renewed.
      </>
    ),
    confirm: 'Revoke it for good',
    done: 'The license is revoked.',
  },
};

const fields = ['validUntil'] as const;

/** @param event null: the dialog is closed */
export function LifeDialog({
  license,
  event,
  onClose,
}: {
  license: License;
  event: LifeEvent | null;
  onClose: () => void;
}) {
  // What is shown stays while the dialog closes.
  const [last, setLast] = useState<LifeEvent>('suspend');
  if (event !== null && event !== last) setLast(event);
  return (
    <Dialog title={words[last].title} isOpen={event !== null} onClose={onClose}>
      <Asking key={last} license={license} event={last} onClose={onClose} />
    </Dialog>
  );
}

function Asking({ license, event, onClose }: { license: License; event: LifeEvent; onClose: () => void }) {
  const { fields: typed, change, forget } = useDraft(event, { validUntil: license.validUntil });
  const { validUntil } = typed;
  const queries = useQueryClient();
  const path = { id: license.id };
  const send = useMutation({
    mutationFn: (): Promise<License> =>
      event === 'renew'
        ? taken(client.POST('/v1/licenses/{id}/renew', { params: { path }, body: { validUntil } }))
        : taken(client.POST(`/v1/licenses/{id}/${event}`, { params: { path } })),
    onSuccess: (changed) => {
      forget();
      queries.setQueryData(licenseQuery(license.id).queryKey, changed);
      notifications.show({ message: words[event].done });
      onClose();
    },
    onSettled: () => queries.invalidateQueries({ queryKey: licenseKey(license.id) }),
  });
  return (
    <Form
      error={formError(send.error, fields)}
      confirm={words[event].confirm}
      isPending={send.isPending}
      isDangerous={event === 'revoke'}
      startsAtCancel
      onSubmit={() => send.mutate()}
      onCancel={() => {
        forget();
        onClose();
      }}
    >
      <Text>{words[event].text}</Text>
      {event === 'renew' ? (
        <MomentInput
          label="Valid until"
          description="Empty: without end."
          value={validUntil}
          error={fieldErrors(send.error, fields).validUntil}
          onChange={(time) => change({ validUntil: time })}
        />
      ) : null}
    </Form>
  );
}
