/**
 * Keeps its place in a history that gets newer rows in front of it because somebody asked for them: where the two parts meet is in the middle
 * then. The buttons that ask go when the newest is there, and leave the focus to the list.
 */
import type { Virtualizer } from '@tanstack/react-virtual';
import { type RefObject, useEffect, useRef } from 'react';
import type { Transition } from '../api/schema';

/** @param rows those that are there, the newest first @param hasNewer whether others can be asked for */
export function useSeam(
  rows: readonly Transition[] | undefined,
  list: Virtualizer<HTMLDivElement, Element>,
  box: RefObject<HTMLDivElement | null>,
  hasNewer: boolean,
): void {
  const before = useRef<{ newest: number | undefined; hadNewer: boolean }>({ newest: undefined, hadNewer: false });
  useEffect(() => {
    const { newest, hadNewer } = before.current;
    if (rows === undefined) {
      before.current = { newest: undefined, hadNewer };
      return;
    }
    before.current = { newest: rows[0]?.sequence, hadNewer: hasNewer };
    if (!hadNewer) return;
    const seam = rows.findIndex(({ sequence }) => sequence === newest);
    if (seam > 0) list.scrollToIndex(seam, { align: 'center' });
    if (!hasNewer && document.activeElement === document.body) box.current?.focus({ preventScroll: true });
  }, [rows, hasNewer, list, box]);
}
