/** A dialog over the page. The focus goes into it and comes back to where it was; Escape closes it. */
import { Modal, Stack } from '@mantine/core';
import type { ReactNode } from 'react';

export function Dialog({
  title,
  isOpen,
  onClose,
  children,
  isInsistent = false,
}: {
  title: string;
  isOpen: boolean;
  onClose: () => void;
  children: ReactNode;
  /** It has to be answered: no button closes it, nor does Escape or a click beside it. */
  isInsistent?: boolean;
}) {
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={title}
      closeOnClickOutside={false}
      closeOnEscape={!isInsistent}
      withCloseButton={!isInsistent}
      closeButtonProps={{ 'aria-label': 'Close' }}
      transitionProps={{ duration: 120 }}
    >
      <Stack gap="md">{children}</Stack>
    </Modal>
  );
}
