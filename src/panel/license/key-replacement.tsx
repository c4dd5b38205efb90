/** Replaces the license key and shows the new one, once. */
import { Button, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { client, taken } from '../api/client';
import { Actions } from '../shell/actions';
import { Note } from '../shell/note';
import { ProblemAlert } from '../shell/problem-alert';
import { SecretOnce } from '../shell/secret-once';
import { licenseKey } from './license.queries';

/** @param leave the words on the button that leaves the key as it is */
export function KeyReplacement({
  licenseId,
  leave,
  onClose,
}: {
  licenseId: string;
  leave: string;
  onClose: () => void;
}) {
  const queries = useQueryClient();
  const replace = useMutation({
    mutationFn: () => taken(client.POST('/v1/licenses/{id}/key', { params: { path: { id: licenseId } } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: licenseKey(licenseId) }),
  });
  if (replace.isSuccess) {
    return (
      <>
        <Note tone="plain" role="status" title="The new license key">
          <Text size="sm" mb="xs">
            It is shown this once. The old key is unknown from now on; active devices go on.
          </Text>
          <SecretOnce secret={replace.data.key} what="license key" />
        </Note>
        <Actions>
          <Button variant="default" onClick={onClose}>
            Close
          </Button>
        </Actions>
      </>
    );
  }
  return (
    <>
      <Text>
        The old key is unknown from that moment on: no device can log in with it any more. Active devices go on. Give
        the new key to whoever logs in on a device.
      </Text>
      <ProblemAlert error={replace.error} />
      <Actions>
        <Button variant="default" onClick={onClose}>
          {leave}
        </Button>
        <Button loading={replace.isPending} onClick={() => replace.mutate()}>
          Replace the license key
        </Button>
      </Actions>
    </>
  );
}
