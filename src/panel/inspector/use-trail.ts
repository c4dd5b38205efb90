/**
 * The history of a subject, live: rows that come by the stream are gathered and put in front together, so that a thousand of them in a
 * second are drawn a few times. Rows that were missed while the stream was away are asked for. Where the list begins at a moment and does
 * not go up to the newest, those of the stream have no place in it, and are left to be asked for.
 */
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Transition } from '../api/schema';
import type { HistoryFilter } from '../license/license.queries';
import type { SubjectRef } from './inspections.queries';
import { belongs, endsBeforeNow, olderPart, type TrailPart, withNewer } from './trail';
import { readTrail, trailQuery } from './trail.queries';

/** So often the list is drawn anew at most. */
const gatherMillis = 200;
/** Where more pages than this were missed, the list begins anew. */
const missedPagesMax = 5;

/**
 * @param moment the sequence that the list begins around; undefined: it begins with the newest
 * @param isHeld new rows wait, so that nothing moves under whoever reads
 */
export function useTrail(
  licenseId: string,
  subject: SubjectRef,
  filter: HistoryFilter,
  moment: number | undefined,
  isHeld: boolean,
) {
  const queries = useQueryClient();
  const options = trailQuery(licenseId, subject, filter, moment);
  const query = useInfiniteQuery(options);
  const waiting = useRef<Transition[]>([]);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  /** While newer rows are asked for: what comes by the stream meanwhile may be next to them. */
  const joining = useRef<Promise<unknown>>(undefined);
  const isBehind = useRef(false);
  const [waitingCount, setWaitingCount] = useState(0);
  const now = useRef({ options, subject, filter, isHeld });
  useEffect(() => {
    now.current = { options, subject, filter, isHeld };
  });

  const show = useCallback((): void => {
    const { options: asked, subject: whose, filter: wanted } = now.current;
    const state = queries.getQueryState(asked.queryKey);
    // An answer that is on its way is put beside the parts that were there when it was asked for, and would take the place of these rows.
    if (state?.data === undefined || state.fetchStatus === 'fetching') return;
    const rows = waiting.current.filter((row) => belongs(row, whose, wanted));
    waiting.current = [];
    setWaitingCount(0);
    queries.setQueryData(asked.queryKey, (trail) => trail && withNewer(trail, rows));
  }, [queries]);
  const hasNoPlace = useCallback((): boolean => {
    const trail = queries.getQueryData(now.current.options.queryKey);
    return trail !== undefined && endsBeforeNow(trail) && joining.current === undefined;
  }, [queries]);
  const gather = useCallback((): void => {
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      if (hasNoPlace()) waiting.current = [];
      if (now.current.isHeld) setWaitingCount(waiting.current.length);
      else show();
    }, gatherMillis);
  }, [hasNoPlace, show]);
  useEffect(() => () => clearTimeout(timer.current), []);

  /** Takes a row that the stream tells. */
  const take = useCallback(
    (row: Transition): void => {
      if (!belongs(row, now.current.subject, now.current.filter) || hasNoPlace()) return;
      waiting.current.push(row);
      gather();
    },
    [hasNoPlace, gather],
  );

  /** Asks for what is newer than what is known. */
  const catchUp = useCallback(async (): Promise<void> => {
    await joining.current;
    const { options: asked, subject: whose, filter: wanted } = now.current;
    const trail = queries.getQueryData(asked.queryKey);
    isBehind.current = trail === undefined;
    if (trail === undefined || endsBeforeNow(trail)) return;
    const known = trail.pages[0]?.items[0]?.sequence ?? 0;
    let part: TrailPart | null = { way: 'older' };
    for (let count = 0; count < missedPagesMax; count += 1) {
      const page = await readTrail(licenseId, whose, wanted, part);
      waiting.current.push(...page.items.filter(({ sequence }) => sequence > known));
      part = olderPart(page);
      if (part === null || (page.items.at(-1)?.sequence ?? 0) <= known) {
        gather();
        return;
      }
    }
    waiting.current = [];
    await queries.resetQueries({ queryKey: asked.queryKey });
  }, [gather, licenseId, queries]);

  const isThere = query.data !== undefined;
  const { isFetching } = query;
  useEffect(() => {
    if (!isHeld && isThere && !isFetching && waiting.current.length > 0) gather();
    // Where that fails, the stream is lost as well, and asks again when it is back.
    if (isThere && isBehind.current) void catchUp().catch(() => undefined);
  }, [isHeld, isThere, isFetching, gather, catchUp]);

  const { fetchPreviousPage } = query;
  /** Asks for the rows that are next to the newest ones of the list. */
  const showNewer = useCallback(async (): Promise<void> => {
    if (joining.current !== undefined) return;
    const joined = fetchPreviousPage();
    joining.current = joined;
    await joined;
    joining.current = undefined;
    gather();
  }, [fetchPreviousPage, gather]);

  return { query, waitingCount, show, showNewer, take, catchUp };
}
