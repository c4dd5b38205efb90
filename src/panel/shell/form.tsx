/** A form in a dialog: its fields, what a refusal says about none of them, and the buttons that leave it or send it. */
import { Button } from '@mantine/core';
import type { FormEvent, ReactNode } from 'react';
import { Actions } from './actions';
import { ProblemAlert } from './problem-alert';

/**
 * @param error what stands above the buttons; null: nothing
 * @param confirm the words on the button that sends it
 * @param isDangerous that button looks like what cannot be taken back
 * @param startsAtCancel the focus is on “Cancel” first, where there is nothing to fill in
 */
export function Form({
  error,
  confirm,
  isPending,
  isDangerous = false,
  startsAtCancel = false,
  onSubmit,
  onCancel,
  children,
}: {
  error: unknown;
  confirm: string;
  isPending: boolean;
  isDangerous?: boolean;
  startsAtCancel?: boolean;
  onSubmit: () => void;
  onCancel: () => void;
  children: ReactNode;
}) {
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    onSubmit();
  };
  return (
    <form className="form" onSubmit={submit} noValidate>
      {children}
      <ProblemAlert error={error} />
      <Actions>
        <Button variant="default" onClick={onCancel} data-autofocus={startsAtCancel || undefined}>
          Cancel
        </Button>
        <Button type="submit" color={isDangerous ? 'danger' : undefined} loading={isPending}>
          {confirm}
        </Button>
      </Actions>
    </form>
  );
}
