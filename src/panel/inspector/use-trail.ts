/**
 * The history of a subject, live: rows that come by the stream are gathered and put in front together, so that a thousand of them in a
 * second are drawn a few times. Rows that were missed while the stream was away are asked for.
 */
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Transition } from '../api/schema';
import type { HistoryFilter } from '../license/license.queries';
import { readTrail, type SubjectRef, trailQuery } from './inspections.queries';
import { belongs, withNewer } from './trail';

/** So often the list is drawn anew at most. */
const gatherMillis = 200;
/** Where more pages than this were missed, the list begins anew. */
const missedPagesMax = 5;

/** @param isHeld new rows wait, so that nothing moves under whoever reads */
export function useTrail(licenseId: string, subject: SubjectRef, filter: HistoryFilter, isHeld: boolean) {
  const queries = useQueryClient();
  const options = trailQuery(licenseId, subject, filter);
  const query = useInfiniteQuery(options);
  const waiting = useRef<Transition[]>([]);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [waitingCount, setWaitingCount] = useState(0);
  const now = useRef({ options, subject, filter, isHeld });
  useEffect(() => {
    now.current = { options, subject, filter, isHeld };
  });

  const show = useCallback((): void => {
    const rows = waiting.current;
    waiting.current = [];
    setWaitingCount(0);
    queries.setQueryData(now.current.options.queryKey, (trail) => trail && withNewer(trail, rows));
  }, [queries]);
  const gather = useCallback((): void => {
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      if (now.current.isHeld) setWaitingCount(waiting.current.length);
      else show();
    }, gatherMillis);
  }, [show]);
  useEffect(() => () => clearTimeout(timer.current), []);
  useEffect(() => {
    if (!isHeld && waiting.current.length > 0) gather();
  }, [isHeld, gather]);

  /** Takes a row that the stream tells. */
  const take = useCallback(
    (row: Transition): void => {
      if (!belongs(row, now.current.subject, now.current.filter)) return;
      waiting.current.push(row);
      gather();
    },
    [gather],
  );

  /** Asks for what is newer than what is known. */
  const catchUp = useCallback(async (): Promise<void> => {
    const { options: asked, subject: whose, filter: wanted } = now.current;
    const known = queries.getQueryData(asked.queryKey)?.pages[0]?.items[0]?.sequence;
    if (known === undefined) return;
    let cursor: string | undefined;
    for (let count = 0; count < missedPagesMax; count += 1) {
      const page = await readTrail(licenseId, whose, wanted, cursor);
      waiting.current.push(...page.items.filter(({ sequence }) => sequence > known));
      if (page.nextCursor === null || (page.items.at(-1)?.sequence ?? 0) <= known) {
        gather();
        return;
      }
      cursor = page.nextCursor;
    }
    waiting.current = [];
    await queries.resetQueries({ queryKey: asked.queryKey });
  }, [gather, licenseId, queries]);

  return { query, waitingCount, show, take, catchUp };
}
