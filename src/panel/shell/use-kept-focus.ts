/**
 * Keeps the focus in a dialog. A button that works is disabled for that time, and what was answered may make room for something else:
 * the browser would then leave the focus nowhere. It goes back to where it was as soon as it can, else to the dialog's title.
 */
import { type RefObject, useEffect, useRef } from 'react';

/** Returns a reference for something in the dialog. */
export function useKeptFocus(): RefObject<HTMLDivElement | null> {
  const inside = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const dialog = inside.current?.closest('[role="dialog"]');
    if (!dialog) return;
    let last: EventTarget | null = null;
    const remember = ({ target }: Event): void => void (last = target);
    const keep = (): void => {
      if (document.activeElement !== null && document.activeElement !== document.body) return;
      if (last instanceof HTMLElement && last.isConnected) {
        if (!last.matches(':disabled')) last.focus();
        return;
      }
      const title = dialog.querySelector('h2');
      title?.setAttribute('tabindex', '-1');
      title?.focus();
    };
    const changes = new MutationObserver(keep);
    changes.observe(dialog, { subtree: true, childList: true, attributeFilter: ['disabled'] });
    dialog.addEventListener('focusin', remember);
    return () => {
      changes.disconnect();
      dialog.removeEventListener('focusin', remember);
    };
  }, []);
  return inside;
}
