/** The history of a subject at the side of its chart: only the rows that can be seen are drawn, however many there are. */
import { Button } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type Ref, useCallback, useEffect, useImperativeHandle, useMemo, useRef, useState } from 'react';
import type { Transition } from '../api/schema';
import { HistoryFilters } from '../license/history-filters';
import type { HistoryFilter } from '../license/license.queries';
import { isInHistories, sentenceOf } from '../license/sentences';
import { useDeviceNames } from '../license/use-device-names';
import { Empty } from '../shell/empty';
import { Loading } from '../shell/loading';
import { ProblemAlert } from '../shell/problem-alert';
import { ProblemLink } from '../shell/problem-link';
import { TextLink } from '../shell/text-link';
import { Moment } from '../time/moment';
import type { SubjectRef } from './inspections.queries';
import { NewerEvents } from './newer-events';
import { useSeam } from './use-seam';
import { useShownRow } from './use-shown-row';
import { useTrail } from './use-trail';

const rowHeight = 56;
/** So many rows before the end, the next ones are asked for. */
const rowsAhead = 40;
/** Further down than this somebody reads, and nothing may move. */
const readingFrom = 24;

/** What the page hands on from the stream. */
export interface HistoryHandle {
  take: (row: Transition) => void;
  catchUp: () => Promise<void>;
}

/** @param events those that can be filtered by @param asked the one that the address asks for @param shown the row whose moment is shown */
export function SubjectHistory({
  licenseId,
  subject,
  name,
  events,
  asked,
  shown,
  handle,
}: {
  licenseId: string;
  subject: SubjectRef;
  name: string;
  events: readonly string[];
  asked: string | undefined;
  shown: number | undefined;
  handle: Ref<HistoryHandle>;
}) {
  const [filter, setFilter] = useState<HistoryFilter>({});
  useEffect(() => {
    if (asked !== undefined && isInHistories(asked)) setFilter({ event: [asked] });
  }, [asked]);
  const [isReading, setReading] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const [moment, setMoment] = useState(shown);
  const beginAround = useCallback((sequence: number | undefined): void => {
    setMoment(sequence);
    setReading(false);
  }, []);
  const trail = useTrail(licenseId, subject, filter, moment, isReading);
  const { query, waitingCount, show, showNewer, take, catchUp } = trail;
  useImperativeHandle(handle, () => ({ take, catchUp }), [take, catchUp]);
  const rows = useMemo(() => query.data?.pages.flatMap(({ items }) => items), [query.data]);
  const count = rows?.length ?? 0;
  const list = useVirtualizer({
    count,
    getScrollElement: () => box.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => rows?.[index]?.sequence ?? index,
    overscan: 10,
    // Another list begins at its top, and not where the one before was scrolled to.
    enabled: rows !== undefined,
  });
  const drawn = list.getVirtualItems();
  const last = drawn.at(-1)?.index ?? 0;
  const { hasNextPage, hasPreviousPage, isFetchingNextPage, isFetchingPreviousPage, fetchNextPage, error } = query;
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && !isFetchingPreviousPage && error === null && last >= count - rowsAhead)
      void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, isFetchingPreviousPage, fetchNextPage, error, last, count]);
  const deviceOf = useDeviceNames(
    licenseId,
    subject.machine === 'license'
      ? drawn.flatMap(({ index }) => {
          const row = rows?.[index];
          return row?.machine === 'device' ? [row.subjectId] : [];
        })
      : [],
  );
  useShownRow(shown, rows, list, query, moment !== undefined, beginAround);
  useSeam(rows, list, box, hasPreviousPage);
  const showNewest = (): void => {
    show();
    box.current?.scrollTo({ top: 0 });
    setReading(false);
  };
  return (
    <>
      <HistoryFilters
        filter={filter}
        events={events}
        actors={(rows ?? []).slice(0, 200).map(({ actor }) => actor)}
        onChange={(change) => {
          setFilter((before) => ({ ...before, ...change }));
          setReading(false);
        }}
      />
      {error === null ? null : <ProblemAlert error={error} onRetry={() => void query.refetch()} />}
      {waitingCount === 0 ? null : (
        <Button size="compact-sm" variant="light" fullWidth mb="xs" onClick={showNewest}>
          Show {waitingCount === 1 ? 'one new event' : `${waitingCount} new events`}
        </Button>
      )}
      {hasPreviousPage ? (
        <NewerEvents
          isLoading={isFetchingPreviousPage}
          onMore={() => void showNewer()}
          onNewest={() => beginAround(undefined)}
        />
      ) : null}
      {rows === undefined ? (
        error === null ? (
          <Loading what="The history is loaded" lines={5} />
        ) : null
      ) : count === 0 ? (
        <Empty title="Nothing in the history is like this" />
      ) : (
        <div
          ref={box}
          className="trail"
          role="region"
          aria-label="Events"
          // It scrolls, so whoever has no mouse has to get there.
          tabIndex={0}
          onScroll={({ currentTarget }) => setReading(currentTarget.scrollTop > readingFrom)}
        >
          <ol className="trail-rows" aria-label="History" style={{ height: list.getTotalSize() }}>
            {drawn.map(({ index, start, key }) => {
              const row = rows[index];
              return row === undefined ? null : (
                <li
                  key={key}
                  ref={list.measureElement}
                  data-index={index}
                  data-sequence={row.sequence}
                  data-outcome={row.outcome}
                  data-shown={row.sequence === shown || undefined}
                  className="trail-row"
                  style={{ transform: `translateY(${start}px)` }}
                  aria-setsize={hasNextPage || hasPreviousPage ? -1 : count}
                  aria-posinset={index + 1}
                >
                  <TrailRow
                    row={row}
                    subject={subject}
                    device={
                      row.machine !== 'device' ? '' : subject.machine === 'device' ? name : deviceOf(row.subjectId)
                    }
                    isShown={row.sequence === shown}
                  />
                </li>
              );
            })}
          </ol>
        </div>
      )}
    </>
  );
}

function TrailRow({
  row,
  subject,
  device,
  isShown,
}: {
  row: Transition;
  subject: SubjectRef;
  device: string;
  isShown: boolean;
}) {
  const { machine, subjectId, sequence, at, checkIns, count, from, to, reason } = row;
  const whose: SubjectRef = subjectId === null ? subject : { machine, id: subjectId };
  return (
    <>
      <TextLink
        to="/inspector/$machineId/$subjectId"
        params={{ machineId: whose.machine, subjectId: whose.id }}
        search={{ sequence }}
        resetScroll={false}
        aria-current={isShown ? 'true' : undefined}
      >
        {sentenceOf(row, device)}
        {count > 1 ? ` (${count} times)` : ''}
      </TextLink>
      <div className="soft">
        {checkIns > 0 ? `${checkIns === 1 ? 'One check-in' : `${checkIns} check-ins`} before. ` : ''}
        {from === null || from === to ? '' : `${from} → ${to}. `}
        <Moment at={at} /> · {sequence}
        {reason === null ? null : (
          <>
            {' · '}
            <ProblemLink code={reason} size="xs">
              What this means
            </ProblemLink>
          </>
        )}
      </div>
    </>
  );
}
