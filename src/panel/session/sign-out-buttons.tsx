/** Signing out: in this browser, or in every one. */
import { Button, Group } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { client, taken } from '../api/client';
import { ProblemAlert } from '../shell/problem-alert';

/** A new page, so that nothing of this person's answers stays in memory. */
const leave = (): void => location.assign('/sign-in');

export function SignOutButtons() {
  const here = useMutation({ mutationFn: () => taken(client.DELETE('/v1/session')), onSuccess: leave });
  const everywhere = useMutation({ mutationFn: () => taken(client.DELETE('/v1/sessions')), onSuccess: leave });
  return (
    <>
      <Group mt="md" gap="sm">
        <Button variant="default" loading={here.isPending} onClick={() => here.mutate()}>
          Sign out
        </Button>
        <Button variant="default" loading={everywhere.isPending} onClick={() => everywhere.mutate()}>
          Sign out everywhere
        </Button>
      </Group>
      <div className="section-problem">
        <ProblemAlert error={here.error ?? everywhere.error} />
      </div>
    </>
  );
}
