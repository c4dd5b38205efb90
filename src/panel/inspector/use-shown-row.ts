/** Brings the row whose moment is shown into sight, once for each moment: from there on the list is where its reader scrolls it. */
import type { Virtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import type { Transition } from '../api/schema';

/** Where a moment is further back than so many rows, it is not looked for in the list. */
const rowsMax = 5_000;

interface Older {
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  error: unknown;
  fetchNextPage: () => Promise<unknown>;
}

/** @param shown the sequence of the moment, undefined for now @param rows those that are there, the newest first */
export function useShownRow(
  shown: number | undefined,
  rows: readonly Transition[] | undefined,
  list: Virtualizer<HTMLDivElement, Element>,
  { hasNextPage, isFetchingNextPage, error, fetchNextPage }: Older,
): void {
  const found = useRef<number>(undefined);
  useEffect(() => {
    if (shown === undefined) found.current = undefined;
    if (shown === undefined || rows === undefined || found.current === shown) return;
    // What the moment is of may be another's row; then the last one before it.
    const index = rows.findIndex(({ sequence }) => sequence <= shown);
    if (index >= 0) {
      found.current = shown;
      const { startIndex = 0, endIndex = -1 } = list.range ?? {};
      if (index < startIndex || index > endIndex) list.scrollToIndex(index, { align: 'center' });
    } else if (hasNextPage && !isFetchingNextPage && error === null && rows.length < rowsMax) {
      void fetchNextPage();
    }
  }, [shown, rows, list, hasNextPage, isFetchingNextPage, error, fetchNextPage]);
}
