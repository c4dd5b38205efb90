/** Brings the row whose moment is shown into sight, once for each moment: from there on the list is where its reader scrolls it. */
import type { Virtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import type { Transition } from '../api/schema';

interface Ends {
  hasNextPage: boolean;
  hasPreviousPage: boolean;
}

/**
 * @param shown the sequence of the moment, undefined for now
 * @param rows those that are there, the newest first
 * @param isAround whether the list began at a moment: whoever narrows it down then, does so around that one
 * @param beginAround has the list begin anew at a moment that is in none of its parts; undefined: with the newest
 */
export function useShownRow(
  shown: number | undefined,
  rows: readonly Transition[] | undefined,
  list: Virtualizer<HTMLDivElement, Element>,
  { hasNextPage, hasPreviousPage }: Ends,
  isAround: boolean,
  beginAround: (moment: number | undefined) => void,
): void {
  const found = useRef<number>(undefined);
  const isThere = rows !== undefined;
  useEffect(() => {
    if (!isThere && isAround) found.current = undefined;
  }, [isThere, isAround]);
  useEffect(() => {
    if (rows === undefined) return;
    if (shown === undefined) {
      // What is live has the newest rows beside it.
      if (hasPreviousPage) beginAround(undefined);
      found.current = undefined;
      return;
    }
    if (found.current === shown) return;
    // What the moment is of may be another's row; then the last one before it.
    const index = rows.findIndex(({ sequence }) => sequence <= shown);
    const isBefore = index < 0 && hasNextPage;
    const isAfter = hasPreviousPage && shown > (rows[0]?.sequence ?? 0);
    if (isBefore || isAfter) {
      beginAround(shown);
      return;
    }
    found.current = shown;
    const { startIndex = 0, endIndex = -1 } = list.range ?? {};
    if (index >= 0 && (index < startIndex || index > endIndex)) list.scrollToIndex(index, { align: 'center' });
  }, [shown, rows, list, hasNextPage, hasPreviousPage, beginAround]);
}
