/** A dialog over the page. The focus goes into it and comes back to where it was; Escape closes it, and what was typed is kept. */
import { Modal, Stack } from '@mantine/core';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { Drafts, type DraftsKept } from './use-draft';
import { useKeptFocus } from './use-kept-focus';

/** Above everything else: it may come while another dialog is open. */
const insistentLevel = 400;

/** After so long it is gone, and the focus is back where it can go back to. */
const closedMillis = 250;

/** Puts a lost focus back to where it was, else to the heading of the part of the page that it was in. */
function keepFocus(opener: Element | null, section: Element | null): void {
  if (document.activeElement !== document.body && document.activeElement !== null) return;
  if (opener instanceof HTMLElement && opener !== document.body && opener.isConnected) {
    opener.focus({ preventScroll: true });
    return;
  }
  const place = section?.querySelector('h2') ?? document.querySelector('h1');
  if (place instanceof HTMLElement) place.focus({ preventScroll: true });
}

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
  /** It has to be answered: no button closes it, nor does Escape. */
  isInsistent?: boolean;
}) {
  const section = useRef<Element | null>(null);
  const [drafts] = useState<DraftsKept>(() => new Map());
  useEffect(() => {
    if (!isOpen) return;
    const opener = document.activeElement;
    section.current = opener?.closest('section') ?? null;
    // What opened it may be gone by then, such as a button in the row of a device that is active no more.
    return () => void setTimeout(() => keepFocus(opener, section.current), closedMillis);
  }, [isOpen]);
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={title}
      closeOnClickOutside={false}
      closeOnEscape={!isInsistent}
      withCloseButton={!isInsistent}
      zIndex={isInsistent ? insistentLevel : undefined}
      closeButtonProps={{ 'aria-label': 'Close' }}
      styles={{ title: { fontSize: '1.125rem', fontWeight: 650, lineHeight: 1.3, overflowWrap: 'anywhere' } }}
      // The dialog's own header is no banner of the page.
      attributes={{ header: { role: 'presentation' } }}
      transitionProps={{ duration: 120 }}
    >
      <Drafts value={drafts}>
        <DialogBody>{children}</DialogBody>
      </Drafts>
    </Modal>
  );
}

/** What is in the dialog while it is open. */
function DialogBody({ children }: { children: ReactNode }) {
  const inside = useKeptFocus();
  return (
    <Stack gap="md" ref={inside}>
      {children}
    </Stack>
  );
}
