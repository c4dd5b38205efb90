/** Replaces the license key and shows the new one, once. */
import { Button, Group, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { client, taken } from '../api/client';
import { Note } from '../shell/note';
import { ProblemAlert } from '../shell/problem-alert';
import { SecretOnce } from '../shell/secret-once';
import { licenseKey } from './license.queries';

export function KeyReplacement({ licenseId }: { licenseId: string }) {
  const queries = useQueryClient();
  const replace = useMutation({
    mutationFn: () => taken(client.POST('/v1/licenses/{id}/key', { params: { path: { id: licenseId } } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: licenseKey(licenseId) }),
  });
  if (replace.isSuccess) {
    return (
      <Note tone="plain" role="status" title="The new license key">
        <Text size="sm" mb="xs">
          It is shown this once. The old key is unknown from now on; active devices go on.
        </Text>
        <SecretOnce secret={replace.data.key} what="license key" />
      </Note>
    );
  }
  return (
    <>
      <Text size="sm" c="dimmed">
        The old key is unknown from that moment on: no device can log in with it any more. Active devices go on. Give
        the new key to whoever logs in on a device.
      </Text>
      <ProblemAlert error={replace.error} />
      <Group>
        <Button loading={replace.isPending} onClick={() => replace.mutate()}>
          Replace the license key
        </Button>
      </Group>
    </>
  );
}
