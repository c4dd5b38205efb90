/** A statechart, drawn by the server: to be zoomed, and moved by dragging, by scrolling, or with the arrow keys. */
import { Button, Group } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, type PointerEvent, useLayoutEffect, useRef, useState } from 'react';
import 'virtual:chart.css';
import type { Machine } from '../api/schema';
import { Loading } from '../shell/loading';
import { ProblemAlert } from '../shell/problem-alert';
import { type Counts, writeCounts } from './chart-counts';
import { type Hits, writeHits } from './chart-hits';
import { chartQuery } from './machines.queries';

const zoomStep = 1.25;
const zoomMin = 0.3;
const zoomMax = 4;
/** The smallest at which the smallest words of a chart can be read. */
const zoomReadable = 0.75;

interface Shown {
  name: string;
  /** The states and transitions that stand out. */
  lit: readonly string[];
  /** Whether that is only imagined. */
  isImagined?: boolean;
  /** How many are in each state, where that is shown. */
  counts?: Counts;
  /** How often tests have taken each transition, where that is shown. */
  hits?: Hits;
}

export function Chart({ id, ...shown }: Shown & { id: Machine['id'] }) {
  const { data: svg, error, refetch } = useQuery(chartQuery(id));
  if (svg !== undefined) return <Drawn key={id} svg={svg} {...shown} />;
  if (error !== null) return <ProblemAlert error={error} onRetry={() => void refetch()} />;
  return <Loading what="The chart is drawn" lines={8} />;
}

function Drawn({ svg, name, lit, isImagined = false, counts, hits }: Shown & { svg: string }) {
  const frame = useRef<HTMLDivElement>(null);
  const [zoom, setZoom] = useState(1);
  const change = (factor: number): void => setZoom((now) => Math.min(zoomMax, Math.max(zoomMin, now * factor)));
  const fitToFrame = (): void => {
    if (frame.current !== null) setZoom(zoomToFit(frame.current));
  };
  useLayoutEffect(() => {
    // The panel has the rules itself, in its own colour scheme; those of the picture its policy refuses.
    const bare = svg.replace(/<style>[^<]*<\/style>/, '');
    const chart = new DOMParser().parseFromString(bare, 'image/svg+xml').documentElement;
    frame.current?.replaceChildren(document.importNode(chart, true));
    if (frame.current === null) return;
    // Where there is little room, a part that can be read says more than the whole.
    const first = Math.max(zoomReadable, zoomToFit(frame.current));
    scale(frame.current, first);
    setZoom(first);
    bringIntoSight(frame.current, '.chart-state');
  }, [svg]);
  useLayoutEffect(() => {
    if (frame.current !== null) scale(frame.current, zoom);
  }, [svg, zoom]);
  useLayoutEffect(() => {
    for (const part of frame.current?.querySelectorAll<SVGElement>('g[data-state], g[data-transition]') ?? []) {
      part.toggleAttribute('data-lit', lit.includes(part.dataset.state ?? part.dataset.transition ?? ''));
    }
    if (frame.current !== null) bringIntoSight(frame.current, '.chart-state[data-lit]');
  }, [svg, lit]);
  useLayoutEffect(() => {
    if (counts !== undefined && frame.current !== null) writeCounts(frame.current, counts);
  }, [svg, counts]);
  useLayoutEffect(() => {
    if (frame.current !== null) writeHits(frame.current, hits);
  }, [svg, hits]);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === '+' || event.key === '=') change(zoomStep);
    else if (event.key === '-') change(1 / zoomStep);
    else if (event.key === '0') fitToFrame();
  };
  return (
    <>
      <Group gap="xs" mb="sm">
        <Button size="compact-sm" variant="default" onClick={() => change(zoomStep)}>
          Zoom in
        </Button>
        <Button size="compact-sm" variant="default" onClick={() => change(1 / zoomStep)}>
          Zoom out
        </Button>
        <Button size="compact-sm" variant="default" onClick={fitToFrame}>
          Fit
        </Button>
      </Group>
      <div
        ref={frame}
        className="chart-frame"
        data-imagined={isImagined || undefined}
        role="group"
        aria-label={`Chart: ${name}`}
        // It scrolls, so whoever has no mouse has to get there.
        tabIndex={0}
        onKeyDown={onKeyDown}
        onPointerDown={beginDrag}
        onPointerMove={drag}
      />
    </>
  );
}

/** No larger than the room that there is, and no larger than it was drawn. */
function zoomToFit(frame: HTMLElement): number {
  const drawn = frame.querySelector('svg')?.viewBox.baseVal;
  return drawn === undefined ? 1 : Math.min(1, Math.max(zoomMin, frame.clientWidth / drawn.width));
}

function scale(frame: HTMLElement, zoom: number): void {
  const chart = frame.querySelector('svg');
  if (chart === null) return;
  chart.setAttribute('width', String(chart.viewBox.baseVal.width * zoom));
  chart.setAttribute('height', String(chart.viewBox.baseVal.height * zoom));
}

/** Moves the chart, and not the page, until the first of these states can be seen. */
function bringIntoSight(frame: HTMLElement, states: string): void {
  const state = frame.querySelector(states)?.getBoundingClientRect();
  if (state === undefined) return;
  const seen = frame.getBoundingClientRect();
  const isSeen =
    state.left >= seen.left && state.right <= seen.right && state.top >= seen.top && state.bottom <= seen.bottom;
  if (isSeen) return;
  frame.scrollBy(
    (state.left + state.right - seen.left - seen.right) / 2,
    (state.top + state.bottom - seen.top - seen.bottom) / 2,
  );
}

function beginDrag({ currentTarget, pointerId, pointerType, button }: PointerEvent<HTMLElement>): void {
  // Fingers scroll by themselves.
  if (pointerType === 'mouse' && button === 0) currentTarget.setPointerCapture(pointerId);
}

function drag({ currentTarget, pointerId, movementX, movementY }: PointerEvent<HTMLElement>): void {
  if (currentTarget.hasPointerCapture(pointerId)) currentTarget.scrollBy(-movementX, -movementY);
}
