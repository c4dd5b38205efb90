/** Asks before an access token is ended. */
import { Button, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { client, taken } from '../api/client';
import type { AccessToken } from '../api/schema';
import { Actions } from '../shell/actions';
import { Dialog } from '../shell/dialog';
import { ProblemAlert } from '../shell/problem-alert';
import { tokensQuery } from './tokens.queries';

/** @param token null: the dialog is closed */
export function EndTokenDialog({ token, onClose }: { token: AccessToken | null; onClose: () => void }) {
  // What is shown stays while the dialog closes.
  const [last, setLast] = useState<AccessToken | null>(null);
  if (token !== null && token !== last) setLast(token);
  return (
    <Dialog title={`End the token ${last?.name ?? ''}?`} isOpen={token !== null} onClose={onClose}>
      {last === null ? null : <Ending key={last.id} token={last} onClose={onClose} />}
    </Dialog>
  );
}

function Ending({ token: { id, name }, onClose }: { token: AccessToken; onClose: () => void }) {
  const queries = useQueryClient();
  const end = useMutation({
    mutationFn: () => taken(client.DELETE('/v1/tokens/{id}', { params: { path: { id } } })),
    onSuccess: () => {
      notifications.show({ message: `The token ${name} has ended.` });
      onClose();
    },
    onSettled: () => queries.invalidateQueries({ queryKey: tokensQuery.queryKey }),
  });
  return (
    <>
      <Text>Programs that use it are refused from now on, and browsers that are signed in with it are signed out.</Text>
      <ProblemAlert error={end.error} />
      <Actions>
        <Button variant="default" onClick={onClose} data-autofocus>
          Keep the token
        </Button>
        <Button color="danger" loading={end.isPending} onClick={() => end.mutate()}>
          End it now
        </Button>
      </Actions>
    </>
  );
}
